#pragma once

// What met what in a play: each call across an edge, with how many packets and requests were under
// way when it came. Two plays with the same transitions differ here if one of them had more to do
// at once, which is what most faults need.

#include <algorithm>
#include <cstdint>
#include <span>

#include "model/event.hpp"

namespace interlock::fuzz {

/// A fuzzer looks at as many counters after each input: some two thousand come up.
inline constexpr std::uint32_t meetings_max = 1U << 13;

/// How much is between the two ends of the switch. A trace that begins late may end what it did not
/// begin.
struct BetweenTheEnds {
    std::int64_t packets  = 0;
    std::int64_t requests = 0;

    void take(const model::Event& event) {
        using enum model::Call;
        if (event.call == ProtocolEdgeSend) ++packets;
        if (event.call == ProtocolEdgeSendComplete) --packets;
        if (event.call == ProtocolEdgeOidRequest) ++requests;
        if (event.call == ProtocolEdgeOidRequestComplete) --requests;
    }

    /// 0 to 11
    std::uint32_t bucket() const {
        const std::int64_t how_many = std::max<std::int64_t>(packets, 0);
        const std::int64_t some     = how_many < 2 ? how_many : how_many < 5 ? 2 : 3;
        const std::int64_t asked    = std::clamp<std::int64_t>(requests, 0, 2);
        return static_cast<std::uint32_t>(asked * 4 + some);
    }
};

inline std::uint32_t mixed(std::uint32_t value) {
    value *= 0x9E3779B1U;
    return value ^ value >> 15;
}

/// Calls back with a number below `meetings_max` for each call of the trace: of the call, its phase
/// and its OID, of the packets in flight (none, one, few, many) and of the requests (none, one,
/// more). Different meetings may share a number.
template <typename Meeting>
void for_each_meeting(std::span<const model::Event> trace, Meeting meeting) {
    BetweenTheEnds under_way;
    for (const model::Event& event : trace) {
        const std::uint32_t what =
            static_cast<std::uint32_t>(event.call) * 2 + static_cast<std::uint32_t>(event.phase);
        meeting(mixed(mixed(what * 16 + under_way.bucket()) + event.oid) % meetings_max);
        under_way.take(event);
    }
}

}  // namespace interlock::fuzz
