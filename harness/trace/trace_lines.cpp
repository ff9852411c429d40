#include "harness/trace/trace_lines.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "harness/trace/call_names.hpp"
#include "harness/trace/event_fields.hpp"
#include "harness/trace/event_line.hpp"

namespace interlock::harness {
namespace {

using model::Event;
using Fields = std::vector<JsonField>;

std::span<const std::string_view> field_names() {
    static const auto names = [] {
        std::array<std::string_view, numbers_of_an_event + 2> all{"call", "phase"};
        std::size_t                                           next = 2;
        Event                                                 event;
        visit_fields(event, [&](const char* name, auto&, std::uint64_t) { all[next++] = name; });
        return all;
    }();
    return names;
}

// --- Writing -----------------------------------------------------------------------------------

void add_number(std::string& text, std::uint64_t number) {
    std::array<char, 20> digits;
    const auto           end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    text.append(digits.begin(), end);
}

}  // namespace

void add_event_line(std::string& text, const Event& event) {
    text += "{\"call\":\"";
    text += model::name(event.call);
    text += event.phase == model::Phase::leave ? "\",\"phase\":\"leave\"" : "\"";
    visit_fields(event, [&](const char* name, auto value, std::uint64_t left_out) {
        if (value == left_out) return;
        text += ",\"";
        text += name;
        text += "\":";
        add_number(text, value);
    });
    text += "}\n";
}

namespace {

void add_names(std::string& text, std::string_view field, std::span<const std::string> names) {
    text += field;
    char before = '[';
    for (const std::string& name : names) {
        text += std::exchange(before, ',');
        add_json_string(text, name);
    }
    text += before == '[' ? "[]" : "]";
}

void add_order(std::string& text, const model::PartialOrder& order) {
    std::vector<std::string> certain;
    if (order.by_cpu) certain.emplace_back("cpu");
    if (order.by_object) certain.emplace_back("object");
    add_names(text, ",\"order\":", certain);
    text += ",\"skew_100ns\":";
    add_number(text, order.skew_100ns);
}

}  // namespace

void add_head_line(std::string& text, const TraceHead& head) {
    text += "{\"interlock\":\"trace\",\"version\":1,\"ndis\":";
    add_number(text, head.ndis);
    text += head.whole ? ",\"whole\":true" : ",\"whole\":false";
    add_names(text, ",\"extensions\":", head.extensions);
    if (!head.clock.empty()) {
        text += ",\"clock\":";
        add_json_string(text, head.clock);
    }
    if (!head.unseen.empty()) add_names(text, ",\"unseen\":", head.unseen);
    if (head.order) add_order(text, *head.order);
    text += "}\n";
}

void add_hole_line(std::string& text, std::uint64_t lost) {
    text += "{\"hole\":";
    add_number(text, lost);
    text += "}\n";
}

void add_end_line(std::string& text, std::uint64_t events) {
    text += "{\"end\":";
    add_number(text, events);
    text += "}\n";
}

std::string to_json_lines(const Trace& trace) {
    return written(trace, as_lines);
}

namespace {

// --- Reading -----------------------------------------------------------------------------------

/// The value of a field, or nothing if it is of another type.
template <typename Type>
const Type* value_of(const JsonField& field) {
    return std::get_if<Type>(&field.value);
}

Complaint wrong_value(const JsonField& field, std::string expected) {
    return LineFault{"the value of " + cited(field.name) + " cannot be", std::move(expected)};
}

template <typename Number>
Complaint number_of_field(const JsonField& field, Number& into) {
    constexpr std::uint64_t max   = std::numeric_limits<Number>::max();
    const auto*             value = value_of<std::uint64_t>(field);
    if (value == nullptr || *value > max) {
        return wrong_value(field, "expected a whole number of at most " + std::to_string(max));
    }
    into = static_cast<Number>(*value);
    return {};
}

template <typename Type>
Complaint take_value(const JsonField& field, std::string_view expected, Type& into) {
    const Type* value = value_of<Type>(field);
    if (value == nullptr) return wrong_value(field, std::string(expected));
    into = *value;
    return {};
}

Complaint take_call(const JsonField& field, model::Call& into) {
    std::string call;
    if (auto bad = take_value(field, "expected a call, such as \"FilterAttach\"", call)) return bad;
    if (model::find_call(call, into)) return {};
    return LineFault{cited(call) + " is no call",
                     hint(call, call_names(), "expected a call, such as 'FilterAttach'")};
}

Complaint take_phase(const JsonField& field, model::Phase& into) {
    const auto* phase = value_of<std::string>(field);
    const bool  known = phase != nullptr && (*phase == "enter" || *phase == "leave");
    if (!known) return wrong_value(field, "expected \"enter\" or \"leave\"");
    into = *phase == "enter" ? model::Phase::enter : model::Phase::leave;
    return {};
}

Complaint take_event_field(const JsonField& field, Event& into) {
    if (field.name == "call") return take_call(field, into.call);
    if (field.name == "phase") return take_phase(field, into.phase);

    bool      known = false;
    Complaint bad;
    visit_fields(into, [&](std::string_view name, auto& number, std::uint64_t) {
        if (name != field.name) return;
        known = true;
        bad   = number_of_field(field, number);
    });
    if (known) return bad;
    return LineFault{cited(field.name) + " is no field of an event",
                     hint(field.name, field_names(), "expected one of model/event.hpp")};
}

Complaint take_order(const JsonField& field, TraceHead& into) {
    constexpr std::string_view expected = "expected a list of \"cpu\" and \"object\"";
    std::vector<std::string>   certain;
    if (auto bad = take_value(field, expected, certain)) return bad;
    auto& order = into.order ? *into.order : into.order.emplace();
    for (const std::string& one : certain) {
        if (one != "cpu" && one != "object") return wrong_value(field, std::string(expected));
        (one == "cpu" ? order.by_cpu : order.by_object) = true;
    }
    return {};
}

Complaint take_head_field(const JsonField& field, TraceHead& into) {
    if (field.name == "ndis") return number_of_field(field, into.ndis);
    if (field.name == "whole") return take_value(field, "expected true or false", into.whole);
    if (field.name == "extensions") {
        return take_value(field, "expected a list of names", into.extensions);
    }
    if (field.name == "clock") return take_value(field, "expected what clock it is", into.clock);
    if (field.name == "unseen") return take_value(field, "expected a list of calls", into.unseen);
    if (field.name == "order") return take_order(field, into);
    if (field.name == "skew_100ns")
        return number_of_field(field,
                               (into.order ? *into.order : into.order.emplace()).skew_100ns);
    return LineFault{cited(field.name) + " is no field of the first line",
                     "expected 'ndis', 'whole', 'extensions', 'clock', 'unseen', 'order' and "
                     "'skew_100ns'"};
}

Complaint stands_once(const Fields& fields) {
    for (std::size_t place = 0; place < fields.size(); ++place) {
        for (std::size_t before = 0; before < place; ++before) {
            if (fields[before].name != fields[place].name) continue;
            return LineFault{cited(fields[place].name) + " stands twice", "expected it once"};
        }
    }
    return {};
}

}  // namespace

Complaint TraceLines::first_line(std::string_view line) {
    const std::string expected = "expected {\"interlock\":\"trace\",\"version\":1,…}";
    if (parse_json_line(line, fields) || fields.empty() || fields[0].name != "interlock") {
        return LineFault{line.empty() ? "there is no trace" : "the first line is " + cited(line),
                         expected};
    }
    const auto* kind = value_of<std::string>(fields[0]);
    if (kind == nullptr || *kind != "trace") return wrong_value(fields[0], "expected \"trace\"");
    std::uint64_t version = 0;
    if (fields.size() < 2 || fields[1].name != "version") {
        return LineFault{"the first line lacks its version", expected};
    }
    if (auto bad = number_of_field(fields[1], version)) return bad;
    if (version != 1) {
        return LineFault{"this is version " + std::to_string(version),
                         "expected version 1; take the release of interlock that wrote the file"};
    }
    if (auto bad = stands_once(fields)) return bad;
    TraceHead head;
    for (const JsonField& field : std::span(fields).subspan(2)) {
        if (auto bad = take_head_field(field, head)) return bad;
    }
    sink.begin(head);
    begun = true;
    return {};
}

Complaint TraceLines::event() {
    Event next;
    for (const JsonField& field : fields) {
        if (auto bad = take_event_field(field, next)) return bad;
    }
    if (fields.empty() || fields[0].name != "call") {
        return LineFault{"the event does not begin with its call",
                         "expected {\"call\":\"FilterAttach\",…}"};
    }
    sink.event(next);
    ++events;
    return {};
}

Complaint TraceLines::end() {
    std::uint64_t told = 0;
    if (auto bad = number_of_field(fields[0], told)) return bad;
    if (told != events) {
        return LineFault{"the trace has " + std::to_string(events) + " events",
                         "expected " + std::to_string(told) + ", as its last line says"};
    }
    ended = true;
    return {};
}

Complaint TraceLines::hole() {
    std::uint64_t lost = 0;
    if (auto bad = number_of_field(fields[0], lost)) return bad;
    sink.hole(lost);
    return {};
}

Complaint TraceLines::line(std::string_view text) {
    if (!begun) return first_line(text);
    if (ended) return LineFault{"there is something behind the last line", "expected nothing"};
    if (Event next; read_event_line(text, next)) {
        sink.event(next);
        ++events;
        return {};
    }
    if (auto bad = parse_json_line(text, fields)) {
        return LineFault{"the line is no JSON object of the form of a trace", "expected " + *bad};
    }
    if (auto bad = stands_once(fields)) return bad;
    const std::string_view alone = fields.size() == 1 ? fields[0].name : std::string_view();
    return alone == "end" ? end() : alone == "hole" ? hole() : event();
}

Complaint TraceLines::end_of_file() const {
    if (ended) return {};
    return LineFault{
        "the trace ends after " + std::to_string(events) + " events, without its last line",
        "expected {\"end\":<number of events>}; the run was cut short, or the file was"};
}

}  // namespace interlock::harness
