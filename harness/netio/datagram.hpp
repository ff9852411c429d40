#pragma once

// What comes up to the stack of the management operating system over an internal adapter.

#include <span>

#include "harness/netio/network_stack.hpp"

namespace interlock::harness {

/// A frame has been delivered to the internal adapter of that port. A UDP datagram of IPv4 in it is
/// shown to the callouts of the datagram layer, if any is registered, on a task of its own at
/// DISPATCH_LEVEL. Whoever the datagram is addressed to: the addresses of frames are the
/// scenario's.
void receive_frame(World& world, model::PortId port, std::span<const std::uint8_t> frame);

}  // namespace interlock::harness
