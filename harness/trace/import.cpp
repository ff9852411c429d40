#include "harness/trace/import.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "harness/trace/event_fields.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

using model::Event;
using model::Phase;

const std::string* column(const ImportRow& row, std::string_view name) {
    if (name.starts_with('#')) {
        const auto place = number_in(name.substr(1));
        if (place && *place > 0 && *place <= row.size()) return &row[*place - 1].second;
    }
    const auto found = std::ranges::find(row, name, &ImportRow::value_type::first);
    return found == row.end() ? nullptr : &found->second;
}

bool matches(const ImportRow& row, const ImportMatch& match) {
    return std::ranges::all_of(match.columns, [&](const ImportMatch::Column& one) {
        const std::string* const text = column(row, one.name);
        return text != nullptr && *text == one.value;
    });
}

bool any_matches(const ImportRow& row, const std::vector<ImportMatch>& list) {
    return std::ranges::any_of(list, [&](const ImportMatch& one) { return matches(row, one); });
}

/// Decimal, or hexadecimal behind 0x; nothing else.
std::optional<std::uint64_t> whole_number(std::string_view text) {
    const bool    hex = text.starts_with("0x") || text.starts_with("0X");
    std::uint64_t number{};
    if (hex) text.remove_prefix(2);
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
    const bool all = error == std::errc() && end == text.data() + text.size();
    return all ? std::optional(number) : std::nullopt;
}

/// A number with a fraction, in 100 ns.
std::optional<std::uint64_t> time_in(std::string_view text, std::uint64_t unit_100ns) {
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto        whole = whole_number(text.substr(0, point));
    if (!whole) return {};
    std::uint64_t time = *whole * unit_100ns;
    for (std::size_t at = point + 1; at < text.size() && unit_100ns > 1; ++at) {
        if (text[at] < '0' || text[at] > '9') return {};
        unit_100ns /= 10;
        time += static_cast<std::uint64_t>(text[at] - '0') * unit_100ns;
    }
    return time;
}

Complaint set_field(Event& event, std::string_view name, std::uint64_t value) {
    Complaint bad;
    visit_fields(event, [&](std::string_view field, auto& number, std::uint64_t) {
        if (field != name) return;
        using Number = std::remove_reference_t<decltype(number)>;
        number       = static_cast<Number>(value);
        if (number != value)
            bad = LineFault{cited(name) + " is " + std::to_string(value),
                            "expected at most " +
                                std::to_string(std::numeric_limits<Number>::max())};
    });
    return bad;
}

}  // namespace

Importer::Importer(const ImportTable& by, TraceSink& to) : table(by), sink(to) {
    sink.begin(table.head);
}

Complaint Importer::skip_if_lost(const ImportRow& row) {
    const std::string* const text = table.hole.empty() ? nullptr : column(row, table.hole);
    if (text == nullptr || text->empty()) return {};
    const auto lost = whole_number(*text);
    if (!lost)
        return LineFault{"column " + cited(table.hole) + " is " + cited(*text),
                         "expected how many events were lost"};
    if (*lost == 0) return {};
    objects.forget();
    threads.forget();
    sink.hole(*lost);
    return {};
}

Complaint Importer::row(const ImportRow& row) {
    if (auto bad = skip_if_lost(row)) return bad;
    const auto call = std::ranges::find_if(
        table.calls, [&](const ImportTable::OfCall& one) { return matches(row, one.when); });
    const bool is_call = call != table.calls.end();
    if (any_matches(row, table.passed) || (!is_call && table.passes_others)) {
        ++left_out;
        return {};
    }
    if (!is_call)
        return LineFault{"the row is no call that the table has",
                         "expected one; or 'pass others' in the table"};
    Event event{.call = call->call, .module = table.module, .oid = call->oid};
    if (any_matches(row, table.returns)) event.phase = Phase::leave;
    if (auto bad = fill(row, event)) return bad;
    sink.event(event);
    return {};
}

Complaint Importer::fill(const ImportRow& row, Event& event) {
    object = parent = thread = 0;
    for (const ImportTable::Field& field : table.fields) {
        const std::string* const text = column(row, field.column);
        if (text == nullptr)
            return LineFault{"there is no column " + cited(field.column),
                             "expected it, for the event's '" + field.name + "'"};
        if (text->empty()) continue;
        if (auto bad = take(field, *text, event)) return bad;
    }
    if (event.phase == Phase::enter) objects.name(event, object, parent);
    threads.place(event, thread);
    const Event* const call = threads.ended();
    if (call == nullptr) return {};
    const bool pends = event.status == model::status::pending;
    if (event.call == model::Call::FilterOidRequest && !pends) objects.finished(call->object);
    if (object != 0) event.object = call->object;
    if (object != 0) event.parent = call->parent;
    return {};
}

Complaint Importer::take(const ImportTable::Field& field, const std::string& text, Event& event) {
    constexpr std::uint64_t ms = 10'000, second = 10'000'000;
    const auto named = [&] { return names.try_emplace(text, names.size() + 1).first->second; };
    if (field.kind == ImportKind::name) return set_field(event, field.name, named());
    std::optional<std::uint64_t> value;
    if (field.kind == ImportKind::ms || field.kind == ImportKind::seconds) {
        value = time_in(text, field.kind == ImportKind::ms ? ms : second);
    } else {
        value = whole_number(text);
    }
    if (field.kind == ImportKind::thread && !value) value = named();
    if (!value)
        return LineFault{"column " + cited(field.column) + " is " + cited(text),
                         "expected a number, decimal or behind 0x"};
    if (field.kind == ImportKind::filetime) {
        if (!first_filetime) first_filetime = value;
        value = *value - std::min(*value, *first_filetime);
    }
    if (field.kind == ImportKind::thread) {
        thread = *value;
    } else if (field.kind == ImportKind::address) {
        (field.name == "parent" ? parent : object) = *value;
    } else {
        return set_field(event, field.name, *value);
    }
    return {};
}

}  // namespace interlock::harness
