#pragma once

// An event as a line of JSON, in the form in which it is written here: read without being taken
// apart first, which is what makes reading a trace quick.

#include <string_view>

#include "model/event.hpp"

namespace interlock::harness {

/// @return false if the line is of another form, though it may be well; `into` is then no event.
bool read_event_line(std::string_view line, model::Event& into);

}  // namespace interlock::harness
