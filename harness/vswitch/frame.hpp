#pragma once

// The Ethernet frames that `send` steps bring in.

#include <cstdint>
#include <vector>

#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

/// Writes the frame of one packet: addresses as the step says, an 802.1Q tag if it is to be in the
/// frame, EtherType 0x88B6 (for local experiments), its place in the list, a running pattern.
/// @param frame  overwritten.
void write_frame(std::vector<std::uint8_t>& frame, const Step& step, model::PortId from_port,
                 model::NicIndex from_nic, std::uint8_t place);

}  // namespace interlock::harness
