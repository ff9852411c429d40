#include "harness/trace/import.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "harness/trace/event_fields.hpp"
#include "harness/trace/json_line.hpp"
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
            bad = LineFault{quoted(name) + " is " + std::to_string(value),
                            "expected at most " +
                                std::to_string(std::numeric_limits<Number>::max())};
    });
    return bad;
}

std::string text_of(const JsonValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    return {};
}

/// One record of CSV (RFC 4180) off the front of `rest`.
std::vector<std::string> cells_of(std::string_view& rest, std::size_t& lines) {
    std::vector<std::string> cells(1);
    bool                     quoted = false;
    std::size_t              at     = 0;
    for (; at < rest.size(); ++at) {
        const char letter = rest[at];
        if (letter == '\n') ++lines;
        if (letter == '"') {
            const bool doubled = quoted && at + 1 < rest.size() && rest[at + 1] == '"';
            if (doubled) cells.back() += rest[at++];
            else quoted = !quoted;
        } else if (!quoted && letter == ',') {
            cells.emplace_back();
        } else if (!quoted && letter == '\n') {
            break;
        } else if (quoted || letter != '\r') {
            cells.back() += letter;
        }
    }
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return cells;
}

std::string trimmed(std::string_view text) {
    const std::size_t from = std::min(text.find_first_not_of(" \t"), text.size());
    const std::size_t to   = text.find_last_not_of(" \t");
    return std::string(text.substr(from, to == text.npos ? 0 : to + 1 - from));
}

std::optional<InputError> import_csv(std::string_view rest, const std::string& file,
                                     Importer& importer) {
    std::size_t next  = 1;
    const auto  names = cells_of(rest, next);
    while (!rest.empty()) {
        const std::size_t line  = next;
        const auto        cells = cells_of(rest, next);
        ImportRow         row;
        for (std::size_t at = 0; at < cells.size(); ++at)
            row.emplace_back(at < names.size() ? trimmed(names[at]) : "", trimmed(cells[at]));
        if (row.size() == 1 && row[0].second.empty()) continue;
        if (const auto bad = importer.row(row))
            return InputError{file, line, bad->wrong, bad->expected};
    }
    return {};
}

/// An array may stand around the objects.
std::string_view object_in(std::string_view line) {
    while (!line.empty() && std::string_view("[, \t").find(line.front()) != line.npos)
        line.remove_prefix(1);
    while (!line.empty() && std::string_view("], \t\r").find(line.back()) != line.npos)
        line.remove_suffix(1);
    return line;
}

std::optional<InputError> import_json(std::string_view rest, const std::string& file,
                                      Importer& importer) {
    std::vector<JsonField> fields;
    for (std::size_t line = 1; !rest.empty(); ++line) {
        const std::size_t      end    = std::min(rest.find('\n'), rest.size());
        const std::string_view object = object_in(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (object.empty()) continue;
        if (const auto bad = parse_json_line(object, fields))
            return InputError{file, line, "the line is no flat JSON object", "expected " + *bad};
        ImportRow row;
        for (const JsonField& field : fields)
            row.emplace_back(field.name, text_of(field.value));
        if (const auto bad = importer.row(row))
            return InputError{file, line, bad->wrong, bad->expected};
    }
    return {};
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
        return LineFault{"column " + quoted(table.hole) + " is " + quoted(*text),
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
            return LineFault{"there is no column " + quoted(field.column),
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
        return LineFault{"column " + quoted(field.column) + " is " + quoted(text),
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

std::optional<InputError> import_rows(std::string_view rows, const std::string& file,
                                      const ImportTable& table, TraceSink& sink) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (rows.starts_with(byte_order_mark)) rows.remove_prefix(byte_order_mark.size());
    if (rows.empty()) return InputError{file, 0, "there is nothing", "expected CSV or JSON lines"};
    Importer importer(table, sink);
    const bool json = rows.starts_with('{') || rows.starts_with('[');
    return json ? import_json(rows, file, importer) : import_csv(rows, file, importer);
}

}  // namespace interlock::harness
