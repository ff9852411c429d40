#pragma once

// A wire whose system calls are made on a thread of its own: it has taken in the next frames while
// the switch works on the last ones.

#include <memory>

#include "harness/live/wire.hpp"

namespace interlock::harness {

/// @param wire  one with a descriptor. From here on only its own thread uses it, but for
///              `has_link`, which then has to be safe from another one.
std::unique_ptr<Wire> on_its_own_thread(std::unique_ptr<Wire> wire);

}  // namespace interlock::harness
