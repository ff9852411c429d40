#pragma once

// A trace as JSON lines. The first says what the trace is of, the last how many events there are,
// so that a file that was cut short is noticed; between them stands one event a line, with the
// fields that are not zero, or a hole: so many events are missing here, 0 if nobody knows how many.
//
//     {"interlock":"trace","version":1,"ndis":640,"whole":true,"extensions":["forwarder"]}
//     {"call":"FilterAttach","module":0,"detail":3}
//     {"hole":17}
//     {"call":"FilterAttach","phase":"leave","module":0}
//     {"end":2}

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/words.hpp"
#include "harness/trace/json_line.hpp"
#include "harness/trace/trace_text.hpp"

namespace interlock::harness {

void add_head_line(std::string& text, const TraceHead& head);
void add_event_line(std::string& text, const model::Event& event);
void add_hole_line(std::string& text, std::uint64_t lost);
void add_end_line(std::string& text, std::uint64_t events);

inline constexpr Encoding as_lines{add_head_line, add_event_line, add_hole_line, add_end_line};

/// All of it.
std::string to_json_lines(const Trace& trace);

/// Takes the lines of a trace, one after the other, without their ends.
class TraceLines {
public:
    explicit TraceLines(TraceSink& to) : sink(to) {}

    /// @return what is wrong with the line, or nothing.
    Complaint line(std::string_view text);

    /// After the last line. @return what is missing, or nothing.
    Complaint end_of_file() const;

private:
    Complaint first_line(std::string_view text);
    Complaint event();
    Complaint hole();
    Complaint end();

    TraceSink&             sink;
    std::vector<JsonField> fields;
    std::uint64_t          events = 0;
    bool                   begun  = false;
    bool                   ended  = false;
};

}  // namespace interlock::harness
