#pragma once

// Creates, connects, disconnects and deletes ports and adapters by chance, one step after another:
// each is one that the switch may take as things stand.

#include <cstdint>
#include <optional>
#include <span>

#include "harness/live/port_spec.hpp"
#include "harness/sched/split_mix.hpp"
#include "harness/vswitch/switch_state.hpp"

namespace interlock::harness {

/// A port that the driver may take up and down.
struct ChurnedPort {
    model::PortId id   = 0;
    PortType      type = PortType::synthetic;
};

class Churn {
public:
    explicit Churn(std::uint64_t seed) : chance(seed) {}

    /// @param ports     none may be in the middle of a request.
    /// @param has_link  whether anybody is at the other end of that port.
    /// @return nothing if there is no port to churn.
    template <typename HasLink>
    std::optional<Step> next(std::span<const ChurnedPort> ports, SwitchState& state,
                             HasLink has_link) {
        if (ports.empty()) return std::nullopt;
        const ChurnedPort& port = ports[chance.below(static_cast<std::uint32_t>(ports.size()))];
        return next_of(port, state, has_link(port.id) ? Link::up : Link::down);
    }

private:
    enum class Link : std::uint8_t { down, up };

    std::optional<Step> next_of(const ChurnedPort& port, SwitchState& state, Link link);
    Verb                next_verb(const SwitchPort* port, const SwitchNic* nic, Link link);
    Verb                without_nic(const SwitchPort* port);
    bool                once_in(std::uint32_t count) {
                       return chance.below(count) == 0;
    }

    SplitMix chance;
};

}  // namespace interlock::harness
