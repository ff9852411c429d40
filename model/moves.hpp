#pragma once

// What an event of a trace is to the machines of ports, adapters and extensions, seen at the ends
// of the switch: for those who follow them without a judge.

#include <optional>

#include "model/event.hpp"
#include "model/machines/states.hpp"

namespace interlock::model {

/// What moves the port, the adapter or the extension that the event names; nothing where it stays.
std::optional<PortEvent>   port_event(const Event& event);
std::optional<NicEvent>    nic_event(const Event& event);
std::optional<FilterEvent> module_event(const Event& event);

}  // namespace interlock::model
