#include "harness/trace/import_table.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "harness/scenario/words.hpp"
#include "harness/trace/event_fields.hpp"
#include "model/oids.hpp"

namespace interlock::harness {
namespace {

constexpr std::array<std::string_view, 7> kinds{"number", "address", "thread",  "name",
                                                "ms",     "seconds", "filetime"};

/// The words of a line; what stands in double quotes is one.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    for (std::size_t at = 0;;) {
        at = line.find_first_not_of(" \t", at);
        if (at == line.npos || line[at] == '#') {
            const bool column = at != line.npos && at + 1 < line.size() && !words.empty() &&
                                line[at + 1] >= '0' && line[at + 1] <= '9';
            if (!column) return words;
        }
        const bool  quoted = line[at] == '"';
        std::size_t end    = quoted ? line.find('"', at + 1) : line.find_first_of(" \t", at);
        end                = std::min(end, line.size());
        words.emplace_back(line.substr(at + quoted, end - at - quoted));
        at = end + quoted;
    }
}

using Line = std::span<const std::string>;

Complaint take_match(Line columns, ImportMatch& into) {
    if (columns.empty() || columns.size() % 2 != 0)
        return LineFault{"a column is without its value", "expected pairs: a column and its value"};
    for (std::size_t at = 0; at < columns.size(); at += 2)
        into.columns.push_back({columns[at], columns[at + 1]});
    return {};
}

bool find_oid(std::string_view name, model::Oid& oid) {
    for (const model::OidInfo& row : model::oid::page::table)
        if (row.name == name) oid = row.value;
    return oid != 0;
}

Complaint take_call(Line words, ImportTable& into) {
    ImportTable::OfCall one;
    if (words.empty() || !model::find_call(words[0], one.call))
        return LineFault{cited(words.empty() ? "" : words[0]) + " is no call",
                         "expected one of model/call.hpp, such as 'FilterPause'"};
    const bool has_oid = words.size() > 1 && words[1].starts_with("OID_");
    if (has_oid && !find_oid(words[1], one.oid))
        return LineFault{cited(words[1]) + " is no OID of the switch", "expected 'OID_SWITCH_…'"};
    if (auto bad = take_match(words.subspan(has_oid ? 2 : 1), one.when)) return bad;
    into.calls.push_back(std::move(one));
    return {};
}

bool is_field(std::string_view name) {
    bool         found = false;
    model::Event any;
    visit_fields(any, [&](std::string_view field, auto&, std::uint64_t) {
        found = found || field == name;
    });
    return found;
}

Complaint take_field(Line words, ImportTable& into) {
    if (words.size() < 2 || words.size() > 3)
        return LineFault{"a field needs its column", "expected 'field port SourcePortId number'"};
    if (!is_field(words[0]))
        return LineFault{cited(words[0]) + " is no field of an event",
                         "expected one of model/event.hpp"};
    ImportTable::Field field{words[0], words[1]};
    if (words.size() == 3) {
        const auto kind = place_in(kinds, words[2]);
        if (!kind)
            return LineFault{cited(words[2]) + " is no kind of value",
                             "expected number, address, thread, name, ms, seconds or filetime"};
        field.kind = static_cast<ImportKind>(*kind);
    }
    into.fields.push_back(std::move(field));
    return {};
}

Complaint take_phase(Line words, ImportTable& into) {
    if (words.empty() || words[0] != "leave")
        return LineFault{"which rows are returns is not said",
                         "expected 'phase leave Column value'"};
    return take_match(words.subspan(1), into.returns.emplace_back());
}

Complaint take_pass(Line words, ImportTable& into) {
    if (words.size() == 1 && words[0] == "others") {
        into.passes_others = true;
        return {};
    }
    return take_match(words, into.passed.emplace_back());
}

Complaint take_head(std::string_view verb, std::string_view word, ImportTable& into) {
    if (verb == "ndis") {
        if (word != "6.30" && word != "6.40")
            return LineFault{cited(word) + " is no version", "expected 6.30 or 6.40"};
        into.head.ndis = word == "6.30" ? 630 : 640;
    } else if (verb == "clock") {
        into.head.clock = word;
    } else if (verb == "name") {
        into.head.extensions.emplace_back(word);
    } else if (verb == "unseen") {
        into.head.unseen.emplace_back(word);
    } else {
        into.hole = word;
    }
    return {};
}

Complaint take_module(std::string_view word, ImportTable& into) {
    const auto number = number_in(word);
    const bool host   = word == "host";
    if (!host && (!number || *number >= model::modules_max))
        return LineFault{cited(word) + " is no module", "expected 0 to 7, or host"};
    into.module = host ? model::host_module : static_cast<model::ModuleId>(*number);
    return {};
}

Complaint take_line(Line words, ImportTable& into) {
    constexpr std::array<std::string_view, 5> heads{"ndis", "clock", "name", "unseen", "hole"};
    const std::string_view verb = words[0];
    const Line             rest = words.subspan(1);
    if (verb == "call") return take_call(rest, into);
    if (verb == "field") return take_field(rest, into);
    if (verb == "phase") return take_phase(rest, into);
    if (verb == "pass") return take_pass(rest, into);
    const bool head = place_in(heads, verb).has_value();
    if (!head && verb != "module")
        return LineFault{cited(verb) + " says nothing",
                         "expected call, field, phase, pass, hole, module, ndis, clock, name or "
                         "unseen"};
    if (rest.size() != 1) return LineFault{cited(verb) + " takes one word", "expected just that"};
    return head ? take_head(verb, rest[0], into) : take_module(rest[0], into);
}

}  // namespace

std::variant<ImportTable, InputError> parse_import_table(std::string_view text,
                                                         const std::string& file) {
    constexpr std::string_view first = "interlock import 1";
    ImportTable                table;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t      end  = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (number == 1 && line != first)
            return InputError{file, 1, "the first line is " + cited(line),
                              "expected '" + std::string(first) + "'"};
        const auto words = words_of(line);
        if (number == 1 || words.empty()) continue;
        if (auto bad = take_line(words, table))
            return InputError{file, number, bad->wrong, bad->expected};
    }
    if (table.calls.empty())
        return InputError{file, 0, "the table has no call", "expected 'call <name> <column> …'"};
    return table;
}

}  // namespace interlock::harness
