#pragma once

// What an extension changed in an NBL of the switch's, as events tell it: model::mark.

#include <cstdint>

#include "harness/ndis/packet.hpp"

namespace interlock::harness {

/// Everything but the data: by how the switch made the NBL and by what was committed since.
std::uint32_t marks_of(const Packet& packet);

/// Of all bytes that the NET_BUFFERs show, in order.
std::uint64_t sum_of_data(const Packet& packet);

/// The exclusions in the destination array are committed from now on.
void commit_exclusions(Packet& packet);

}  // namespace interlock::harness
