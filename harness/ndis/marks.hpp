#pragma once

// What an extension changed in an NBL, as events tell it: model::mark.

#include <cstdint>

#include "harness/ndis/packet.hpp"

namespace interlock::harness {

/// Everything but the data: by how the NBL was made, or sent by the extension that made it, and by
/// what was committed since.
std::uint32_t marks_of(const Packet& packet);

/// Of where the NBL, its NET_BUFFERs and their MDLs point to, and of their offsets and lengths.
std::uint64_t sum_of_shape(const NET_BUFFER_LIST& nbl);

/// Of all bytes that the NET_BUFFERs show, in order.
std::uint64_t sum_of_data(const Packet& packet);

/// The exclusions in the destination array are committed from now on.
void commit_exclusions(Packet& packet);

}  // namespace interlock::harness
