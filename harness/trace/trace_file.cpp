#include "harness/trace/trace_file.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>
#include <sstream>

#include "harness/scenario/words.hpp"
#include "harness/trace/json_line.hpp"
#include "harness/trace/story_file.hpp"

namespace interlock::harness {
namespace {

using model::Event;
using Fields = std::vector<JsonField>;

/// Every numeric field of an event with its name, in the order in which they are written, and the
/// value at which it is left out.
template <typename AnyEvent, typename Visitor>
void visit_fields(AnyEvent& event, Visitor visit) {
    visit("step", event.step, 0);
    visit("module", event.module, model::host_module);
    visit("task", event.task, 0);
    visit("cpu", event.cpu, 0);
    visit("irql", event.irql, 0);
    visit("locks", event.locks, 0);
    visit("object", event.object, 0);
    visit("parent", event.parent, 0);
    visit("port", event.port, 0);
    visit("nic", event.nic, 0);
    visit("other_port", event.other_port, 0);
    visit("other_nic", event.other_nic, 0);
    visit("count", event.count, 0);
    visit("place", event.place, 0);
    visit("oid", event.oid, 0);
    visit("status", event.status, 0);
    visit("flags", event.flags, 0);
    visit("detail", event.detail, 0);
    visit("digest", event.digest, 0);
    visit("time_100ns", event.time_100ns, 0);
}

constexpr std::size_t numbers_of_an_event = 20;

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

std::span<const std::string_view> call_names() {
    static const auto names = [] {
        std::array<std::string_view, model::call_count> all;
        for (std::size_t call = 0; call < all.size(); ++call)
            all[call] = model::name(static_cast<model::Call>(call));
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

void add_event(std::string& text, const Event& event) {
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

void add_head(std::string& text, const TraceHead& head) {
    text += "{\"interlock\":\"trace\",\"version\":1,\"ndis\":";
    add_number(text, head.ndis);
    text += head.whole ? ",\"whole\":true" : ",\"whole\":false";
    text += ",\"extensions\":[";
    for (std::size_t place = 0; place < head.extensions.size(); ++place) {
        if (place > 0) text += ',';
        add_json_string(text, head.extensions[place]);
    }
    text += "]}\n";
}

// --- Reading -----------------------------------------------------------------------------------

/// The value of a field, or nothing if it is of another type.
template <typename Type>
const Type* value_of(const JsonField& field) {
    return std::get_if<Type>(&field.value);
}

Complaint wrong_value(const JsonField& field, std::string expected) {
    return LineFault{"the value of " + quoted(field.name) + " cannot be", std::move(expected)};
}

template <typename Number>
Complaint take_number(const JsonField& field, Number& into) {
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
    return LineFault{quoted(call) + " is no call",
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
        bad   = take_number(field, number);
    });
    if (known) return bad;
    return LineFault{quoted(field.name) + " is no field of an event",
                     hint(field.name, field_names(), "expected one of model/event.hpp")};
}

Complaint take_head_field(const JsonField& field, TraceHead& into) {
    if (field.name == "ndis") return take_number(field, into.ndis);
    if (field.name == "whole") return take_value(field, "expected true or false", into.whole);
    if (field.name == "extensions") {
        return take_value(field, "expected a list of names", into.extensions);
    }
    return LineFault{quoted(field.name) + " is no field of the first line",
                     "expected 'ndis', 'whole' and 'extensions'"};
}

Complaint stands_once(const Fields& fields) {
    for (std::size_t place = 0; place < fields.size(); ++place) {
        for (std::size_t before = 0; before < place; ++before) {
            if (fields[before].name != fields[place].name) continue;
            return LineFault{quoted(fields[place].name) + " stands twice", "expected it once"};
        }
    }
    return {};
}

class TraceReader {
public:
    Complaint first_line(std::string_view line);
    Complaint line(std::string_view text);
    Complaint end_of_file() const;
    Trace     take() {
        return std::move(trace);
    }

private:
    Complaint event();
    Complaint end();

    Trace  trace;
    Fields fields;
    bool   ended = false;
};

Complaint TraceReader::first_line(std::string_view line) {
    const std::string expected = "expected {\"interlock\":\"trace\",\"version\":1,…}";
    if (parse_json_line(line, fields) || fields.empty() || fields[0].name != "interlock") {
        return LineFault{line.empty() ? "there is no trace" : "the first line is " + quoted(line),
                         expected};
    }
    const auto* kind = value_of<std::string>(fields[0]);
    if (kind == nullptr || *kind != "trace") return wrong_value(fields[0], "expected \"trace\"");
    std::uint64_t version = 0;
    if (fields.size() < 2 || fields[1].name != "version") {
        return LineFault{"the first line lacks its version", expected};
    }
    if (auto bad = take_number(fields[1], version)) return bad;
    if (version != 1) {
        return LineFault{"this is version " + std::to_string(version),
                         "expected version 1; take the release of interlock that wrote the file"};
    }
    if (auto bad = stands_once(fields)) return bad;
    for (const JsonField& field : std::span(fields).subspan(2)) {
        if (auto bad = take_head_field(field, trace.head)) return bad;
    }
    return {};
}

Complaint TraceReader::event() {
    Event next;
    for (const JsonField& field : fields) {
        if (auto bad = take_event_field(field, next)) return bad;
    }
    if (fields.empty() || fields[0].name != "call") {
        return LineFault{"the event does not begin with its call",
                         "expected {\"call\":\"FilterAttach\",…}"};
    }
    trace.events.push_back(next);
    return {};
}

Complaint TraceReader::end() {
    std::uint64_t events = 0;
    if (auto bad = take_number(fields[0], events)) return bad;
    if (events != trace.events.size()) {
        return LineFault{"the trace has " + std::to_string(trace.events.size()) + " events",
                         "expected " + std::to_string(events) + ", as its last line says"};
    }
    ended = true;
    return {};
}

Complaint TraceReader::line(std::string_view text) {
    if (ended) return LineFault{"there is something behind the last line", "expected nothing"};
    if (auto bad = parse_json_line(text, fields)) {
        return LineFault{"the line is no JSON object of the form of a trace", "expected " + *bad};
    }
    if (auto bad = stands_once(fields)) return bad;
    const bool is_end = fields.size() == 1 && fields[0].name == "end";
    return is_end ? end() : event();
}

Complaint TraceReader::end_of_file() const {
    if (ended) return {};
    return LineFault{
        "the trace ends after " + std::to_string(trace.events.size()) +
            " events, without its last "
            "line",
        "expected {\"end\":<number of events>}; the run was cut short, or the file was"};
}

InputError file_error(const std::string& file, std::string_view what) {
    return {file, 0, std::string(what) + ": " + std::strerror(errno), "expected a trace"};
}

}  // namespace

std::string to_json_lines(const TraceHead& head, std::span<const Event> events) {
    std::string text;
    add_head(text, head);
    for (const Event& event : events)
        add_event(text, event);
    text += "{\"end\":";
    add_number(text, events.size());
    text += "}\n";
    return text;
}

std::variant<Trace, InputError> parse_trace(std::string_view text, std::string_view file) {
    TraceReader reader;
    std::size_t number    = 1;
    const auto  next_line = [&] {
        const std::size_t      end  = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    };

    const bool cut = !text.ends_with('\n');
    Complaint  bad = reader.first_line(next_line());
    while (!bad && !text.empty()) {
        ++number;
        bad = reader.line(next_line());
    }
    const bool in_last_line = text.empty() && number > 1;
    const auto too_short    = reader.end_of_file();
    if (!bad || (cut && in_last_line && too_short)) bad = too_short;
    if (bad) return InputError{std::string(file), number, bad->wrong, bad->expected};
    return reader.take();
}

std::variant<Trace, InputError> read_trace(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return file_error(file, "cannot be read");
    std::ostringstream content;
    content << stream.rdbuf();
    const std::string text = std::move(content).str();
    return is_story(text) ? parse_story(text, file) : parse_trace(text, file);
}

std::optional<InputError> write_trace(const std::string& file, const TraceHead& head,
                                      std::span<const Event> events) {
    const std::string text = to_json_lines(head, events);
    std::ofstream     stream(file, std::ios::binary);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream.flush()) return file_error(file, "cannot be written");
    return {};
}

}  // namespace interlock::harness
