#pragma once

// A story: a trace as a person writes it, one event a line, in the documentation's own words. What
// nobody played can be judged too.
//
//     interlock story 1
//     # Has no row: port:creating:create_issued, against PORT-01
//     # Page: oid-switch-port-create
//
//     host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
//     extension 0 FilterOidRequest OID_SWITCH_PORT_CREATE 2 request 1
//     extension 0 FilterOidRequest returns NDIS_STATUS_PENDING
//
// The first line is the version; `ndis 6.30` may stand before the first event, else it is 6.40.
// A trace that is a story begins with the switch and misses nothing. What a field means:
// model/event.hpp, model/call.hpp. corpus/README.md has the words.

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "harness/scenario/error.hpp"
#include "harness/trace/trace.hpp"

namespace interlock::harness {

/// @param comments  lines that follow the first, each with its '#'.
std::string to_story(const TraceHead& head, std::span<const model::Event> events,
                     std::string_view comments = {});

/// One event, as its line says it, without the line's end.
std::string to_story(const model::Event& event);

/// Exact: gives back the events that to_story was given.
/// @param file  named in errors.
std::variant<Trace, InputError> parse_story(std::string_view text, std::string_view file);

/// Whether the text means to be a story, by its first line.
bool is_story(std::string_view text);

}  // namespace interlock::harness
