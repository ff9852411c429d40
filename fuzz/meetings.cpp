#include "fuzz/meetings.hpp"

#include <algorithm>

namespace interlock::fuzz {
namespace {

using enum model::Call;
using model::Event;

/// How much is between the two ends of the switch. A trace that begins late may end what it did not
/// begin.
struct UnderWay {
    std::int64_t packets  = 0;
    std::int64_t requests = 0;

    void take(const Event& event) {
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

std::uint32_t mixed(std::uint32_t value) {
    value *= 0x9E3779B1U;
    return value ^ value >> 15;
}

}  // namespace

void for_each_meeting(std::span<const Event>                             trace,
                      const std::function<void(std::uint32_t meeting)>& meeting) {
    UnderWay under_way;
    for (const Event& event : trace) {
        const std::uint32_t what = static_cast<std::uint32_t>(event.call) * 2 +
                                   static_cast<std::uint32_t>(event.phase);
        meeting(mixed(mixed(what * 16 + under_way.bucket()) + event.oid) % meetings_max);
        under_way.take(event);
    }
}

}  // namespace interlock::fuzz
