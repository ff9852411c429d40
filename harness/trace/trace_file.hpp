#pragma once

// A trace as a file: JSON lines. The first says what the trace is of, the last how many events
// there are, so that a file that was cut short is noticed; between them stands one event a line,
// with the fields that are not zero.
//
//     {"interlock":"trace","version":1,"ndis":640,"whole":true,"extensions":["forwarder"]}
//     {"call":"FilterAttach","module":0,"detail":3}
//     {"call":"FilterAttach","phase":"leave","module":0}
//     {"end":2}

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/scenario/error.hpp"
#include "model/event.hpp"

namespace interlock::harness {

/// What a trace is of. See model::TraceFacts.
struct TraceHead {
    std::uint16_t            ndis  = 640;
    bool                     whole = true;  // It begins with the switch, and misses nothing.
    std::vector<std::string> extensions;    // Top to bottom.

    friend bool operator==(const TraceHead&, const TraceHead&) = default;
};

struct Trace {
    TraceHead                 head;
    std::vector<model::Event> events;

    friend bool operator==(const Trace&, const Trace&) = default;
};

std::string to_json_lines(const TraceHead& head, std::span<const model::Event> events);

/// Exact: gives back what to_json_lines was given.
/// @param file  named in errors.
std::variant<Trace, InputError> parse_trace(std::string_view text, std::string_view file);

/// Also one that is written as a story: story_file.hpp.
std::variant<Trace, InputError> read_trace(const std::string& file);

/// @return what went wrong, if anything.
std::optional<InputError> write_trace(const std::string& file, const TraceHead& head,
                                      std::span<const model::Event> events);

}  // namespace interlock::harness
