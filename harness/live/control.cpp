// The control task of the live switch: who issues requests, one after another.

#include <algorithm>

#include "harness/live/running.hpp"
#include "harness/scenario/kinds.hpp"

namespace interlock::harness {
namespace {

constexpr Time100ns between_looks = live_second / 20;  // After the links.

}  // namespace

bool RunningSwitch::has_link(model::PortId port) {
    return port > ports.size() || ports[port - 1].wire->has_link();
}

void RunningSwitch::take(const Step& step) {
    const bool taken = player.step(step);
    ++(taken ? total.steps : total.left_out);
    left_out.clear();
    vswitch.forget_requests();
    if (!taken || step.verb != Verb::delete_port) return;
    if (vswitch.ports().port(step.port)->phase != PortPhase::absent) return;
    ++(step.port <= ports.size() ? counted[step.port - 1].lives : total.other_lives);
}

void RunningSwitch::create(model::PortId port) {
    const PortType type = ports[port - 1].type;
    take({.verb = Verb::create_port, .port = port, .port_type = type});
    take({.verb = Verb::create_nic, .port = port, .nic_type = nic_type_for(type)});
}

void RunningSwitch::destroy(model::PortId port) {
    for (const Verb verb : {Verb::delete_nic, Verb::teardown_port, Verb::delete_port})
        if (!player.is_stopped()) take({.verb = verb, .port = port});
}

void RunningSwitch::bring_ports_up() {
    for (std::size_t place = 0; place < ports.size(); ++place) {
        const auto id = static_cast<model::PortId>(place + 1);
        if (ports[place].bears == LinkBears::connection) create(id);
        if (has_link(id)) link_comes_up(id);
    }
}

void RunningSwitch::link_goes_down(model::PortId port) {
    ends[port - 1]             = OtherEnd::nobody;
    const SwitchNic* const nic = vswitch.ports().nic(port, 0);
    if (nic && nic->phase == NicPhase::connected)
        take({.verb = Verb::disconnect_nic, .port = port});
    if (ports[port - 1].bears != LinkBears::connection) destroy(port);
}

void RunningSwitch::link_comes_up(model::PortId port) {
    const LinkBears bears = ports[port - 1].bears;
    if (bears != LinkBears::connection) create(port);
    if (bears != LinkBears::machine) return connect(port);
    ends[port - 1] = OtherEnd::silent;
}

/// A connection that was disconnected never comes back: it is deleted, and another one created.
void RunningSwitch::connect(model::PortId port) {
    const SwitchNic* const nic = vswitch.ports().nic(port, 0);
    if (nic && nic->phase == NicPhase::disconnected) {
        take({.verb = Verb::delete_nic, .port = port});
        take({.verb = Verb::create_nic, .port = port, .nic_type = nic->type});
    }
    if (nic && nic->phase == NicPhase::created) take({.verb = Verb::connect_nic, .port = port});
    ends[port - 1] = OtherEnd::there;
}

/// An adapter is connected as long as somebody is at the other end of its wire. What else the churn
/// driver or a script makes of it is theirs.
void RunningSwitch::follow_links() {
    if (world.kernel.now() < links_due) return;
    links_due = world.kernel.now() + between_looks;
    for (std::size_t place = 0; place < ports.size() && !player.is_stopped(); ++place) {
        const auto id  = static_cast<model::PortId>(place + 1);
        const bool now = has_link(id);
        if (now == (ends[place] != OtherEnd::nobody)) continue;
        now ? link_comes_up(id) : link_goes_down(id);
    }
}

/// What a guest says first waits in its wire until it is connected.
void RunningSwitch::follow_guests() {
    for (std::size_t place = 0; place < ports.size() && !player.is_stopped(); ++place) {
        if (ends[place] == OtherEnd::waiting) connect(static_cast<model::PortId>(place + 1));
    }
}

void RunningSwitch::follow_script() {
    const auto& script = options.script;
    while (next_timed < script.size() && script[next_timed].due <= world.kernel.now() &&
           !player.is_stopped() && !stopping) {
        const Step& step = script[next_timed++].step;
        take(step);
    }
}

void RunningSwitch::follow_churn() {
    if (options.churn_per_s <= 0 || world.kernel.now() < churn_due) return;
    const auto period =
        static_cast<Time100ns>(static_cast<double>(live_second) / options.churn_per_s);
    // What was missed longer than a second ago is not made up for.
    churn_due = std::max(churn_due + period + live_second, world.kernel.now()) - live_second;
    const auto step =
        churn.next(churned, vswitch.ports(), [this](model::PortId port) { return has_link(port); });
    if (step && !player.is_stopped()) take(*step);
}

Time100ns RunningSwitch::steps_due() const {
    Time100ns due = links_due;
    if (options.churn_per_s > 0) due = std::min(due, churn_due);
    if (next_timed < options.script.size()) due = std::min(due, options.script[next_timed].due);
    return due;
}

void RunningSwitch::control() {
    player.begin(scenario, left_out);
    bring_ports_up();
    while (!stopping && !player.is_stopped()) {
        follow_links();
        follow_guests();
        follow_script();
        follow_churn();
        if (!stopping) world.kernel.block_until(&something_to_do, steps_due(), live_turn);
    }
    stop();
    while (!traffic_ended)
        world.kernel.block(&traffic_ended, live_turn);
    world.kernel.current().step = 0;
    player.end();
}

}  // namespace interlock::harness
