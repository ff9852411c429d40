#include "harness/live/churn.hpp"

#include "harness/scenario/kinds.hpp"

namespace interlock::harness {

Verb Churn::without_nic(const SwitchPort* port) {
    if (!port || port->phase == PortPhase::absent) return Verb::create_port;
    if (port->phase == PortPhase::torn_down) return Verb::delete_port;
    if (once_in(8)) return Verb::update_port;
    return once_in(3) ? Verb::teardown_port : Verb::create_nic;
}

Verb Churn::next_verb(const SwitchPort* port, const SwitchNic* nic, Link link) {
    const NicPhase phase = nic ? nic->phase : NicPhase::absent;
    switch (phase) {
        case NicPhase::created:
            return link == Link::up && !once_in(6) ? Verb::connect_nic : Verb::delete_nic;
        case NicPhase::connected:
            return once_in(4) ? Verb::update_nic : Verb::disconnect_nic;
        case NicPhase::disconnected:
            return Verb::delete_nic;
        default:
            return without_nic(port);
    }
}

std::optional<Step> Churn::next_of(const ChurnedPort& port, SwitchState& state, Link link) {
    return Step{.verb      = next_verb(state.port(port.id), state.nic(port.id, 0), link),
                .port      = port.id,
                .port_type = port.type,
                .nic_type  = nic_type_for(port.type)};
}

}  // namespace interlock::harness
