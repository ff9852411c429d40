#pragma once

// What met what in a play: each call across an edge, with how many packets and requests were under
// way when it came. Two plays with the same transitions differ here if one of them had more to do
// at once, which is what most faults need.

#include <cstdint>
#include <functional>
#include <span>

#include "model/event.hpp"

namespace interlock::fuzz {

inline constexpr std::uint32_t meetings_max = 1U << 15;

/// Calls back with a number below `meetings_max` for each call of the trace: of the call, its phase
/// and its OID, of the packets in flight (none, one, few, many) and of the requests (none, one,
/// more). Different meetings may share a number.
void for_each_meeting(std::span<const model::Event>                      trace,
                      const std::function<void(std::uint32_t meeting)>& meeting);

}  // namespace interlock::fuzz
