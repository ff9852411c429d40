#include "harness/player.hpp"

#include <algorithm>

#include "harness/await.hpp"
#include "harness/scenario/grammar.hpp"

namespace interlock::harness {

Player::Player(World& world, Ndis& ndis, Switch& vswitch, const StageOptions& options)
    : world(world), ndis(ndis), vswitch(vswitch), options(options) {}

void Player::begin(const Scenario& scenario, std::vector<LeftOut>& not_done) {
    left_out = &not_done;
    number   = 0;
    stopped  = false;
    handles.fill(nullptr);
    requestors.clear();
    opens_due     = 0;
    patience_lost = false;
    set_up(scenario);
}

bool Player::step(const Step& step) {
    world.kernel.current().step = ++number;
    const std::string why       = step.force ? std::string() : why_not(step);
    if (why.empty()) {
        take_step(step);
    } else {
        leave_out(why);
    }
    restart_if_asked();
    return why.empty();
}

void Player::end() {
    take_down();
    world.kernel.wait_until_quiescent();
    world.recorder.add({.call = model::Call::Quiescent});
}

void Player::play(const Scenario& scenario, std::vector<LeftOut>& not_done) {
    begin(scenario, not_done);
    for (const Step& next : scenario.steps) {
        if (stopped) break;
        step(next);
    }
    world.kernel.current().step = 0;
    for (const InjectedFrame& frame : options.frames) {
        vswitch.inject(frame);
        world.kernel.wait_until_quiescent();
    }
    end();
}

void Player::leave_out(std::string why) {
    left_out->push_back({number, std::move(why)});
}

void Player::set_up(const Scenario& scenario) {
    if (scenario.active) world.recorder.add({.call = model::Call::SwitchActivated});
    ndis.life = {.registered  = [this, &scenario](Module& module) { registered(scenario, module); },
                 .deregisters = [this](Module& module) { deregisters(module); }};
    auto& stack = ndis.stack();
    for (std::size_t place = stack.size(); place-- > 0;) {
        if (ndis.load(stack[place]) == NDIS_STATUS_SUCCESS) continue;
        stack[place].registered = false;
        stack[place].phase      = ModulePhase::detached;
    }
    if (scenario.late) return;
    attach();
    restart();
}

/// NDIS may attach a module before the call that registers its driver has returned.
/// Source: nf-ndis-ndisfregisterfilterdriver, "Remarks".
void Player::registered(const Scenario& scenario, Module& module) {
    if (scenario.late || world.kernel.choose("attach-in-register", 2) == 0) return;
    ndis.attach(module);
}

/// Whoever deregisters while it is attached is paused and detached first.
void Player::deregisters(Module& module) {
    pause();
    if (stopped || !drained("deregister")) return;
    if (module.phase == ModulePhase::paused) ndis.detach(module);
}

void Player::take_step(const Step& step) {
    switch (step.verb) {
        case Verb::create_port:
        case Verb::update_port:
        case Verb::teardown_port:
        case Verb::delete_port:
            return take_port_step(step);
        case Verb::create_nic:
        case Verb::connect_nic:
        case Verb::update_nic:
        case Verb::disconnect_nic:
        case Verb::delete_nic:
            return take_nic_step(step);
        case Verb::save_nic:
            return save(step);
        case Verb::restore_nic:
            return restore(step);
        case Verb::request_nic:
            return request(step);
        case Verb::nic_status:
            return vswitch.status_from(step.port, step.nic);
        case Verb::add_property:
        case Verb::update_property:
        case Verb::delete_property:
            return property(step);
        case Verb::add_switch_property:
        case Verb::update_switch_property:
        case Verb::delete_switch_property:
            return switch_property(step);
        case Verb::send:
            return send(step);
        case Verb::activate:
            return vswitch.activate();
        case Verb::attach:
            return attach();
        case Verb::restart:
            return restart();
        case Verb::pause:
            return pause();
        case Verb::detach:
            return detach();
        case Verb::wait:
            return world.kernel.wait_until_quiescent();
        default:
            return row_of(step.verb).takes & takes::beside ? take_device_step(step)
                                                           : ask_or_tell(step);
    }
}

void Player::send(const Step& step) {
    const std::uint8_t  irql = step.at_dispatch ? dispatch_level : passive_level;
    const auto          cpu  = static_cast<std::uint8_t>(world.kernel.spawned() % cpu_count);
    const std::uint32_t from = number;
    sent                     = 0;
    world.kernel.spawn({Role::sender, number}, cpu, irql, [this, &step, from] {
        world.kernel.current().step = from;
        vswitch.send(step);
        sent = from;
        world.kernel.wake_all(&sent);
    });
    // The plainest way is to wait until the packets are in; the other, to let them come in while
    // the next steps are taken.
    if (world.kernel.choose("send-meanwhile", 2) == 1) return world.kernel.yield("send");
    await(world, &sent, "send", [this, from] { return sent == from; });
}

// --- The stack as a whole -----------------------------------------------------------------------

void Player::attach() {
    // A stack is paused, and nothing is on its way, while a module joins it.
    pause();
    if (stopped || !drained("attach")) return;
    auto& stack = ndis.stack();
    for (std::size_t place = stack.size(); place-- > 0;) {
        if (stack[place].registered && !stack[place].attached()) ndis.attach(stack[place]);
    }
}

bool Player::drained(std::string_view place) {
    const auto nothing_in_flight = [this] { return vswitch.packets_in_flight() == 0; };
    if (await(world, &vswitch, place, nothing_in_flight)) return true;
    stopped = true;
    leave_out("packets are still on their way");
    return false;
}

void Player::restart() {
    auto& stack = ndis.stack();
    for (Module& module : stack) {
        if (module.phase == ModulePhase::paused) ndis.set_options(module);
    }
    bool running = true;
    for (std::size_t place = stack.size(); place-- > 0;) {
        if (stack[place].phase != ModulePhase::paused) continue;
        const NDIS_STATUS status = ndis.restart(stack[place]);
        if (status == NDIS_STATUS_PENDING) stopped = true;
        running = running && status == NDIS_STATUS_SUCCESS;
    }
    if (running) vswitch.open_gate();
}

void Player::pause() {
    vswitch.shut_gate();
    // The protocol edge may wait for its packets first, but no page says that it must.
    if (world.kernel.choose("drain-before-pause", 2) == 1) {
        await(world, &vswitch, "pause", [this] { return vswitch.packets_in_flight() == 0; });
    }
    auto&      stack     = ndis.stack();
    const bool bottom_up = options.flaw == HostFlaw::pauses_bottom_up;
    for (std::size_t place = 0; place < stack.size(); ++place) {
        Module& module = stack[bottom_up ? stack.size() - 1 - place : place];
        if (module.phase != ModulePhase::running) continue;
        if (ndis.pause(module) == NDIS_STATUS_PENDING) stopped = true;
        if (options.flaw == HostFlaw::pauses_twice) ndis.pause(module);
    }
}

void Player::restart_if_asked() {
    const auto asked = [](const Module& module) { return module.restart_asked; };
    if (stopped || std::ranges::none_of(ndis.stack(), asked)) return;
    pause();
    if (!stopped) restart();
}

void Player::detach() {
    if (options.flaw != HostFlaw::detaches_under_packets && !drained("detach")) return;
    for (Module& module : ndis.stack()) {
        if (module.phase == ModulePhase::paused) ndis.detach(module);
    }
}

// --- Taking the world down -----------------------------------------------------------------------

void Player::take_down() {
    number = 0;
    // A process may end before the switch does, or long after.
    const bool outlives = uses_devices() && world.kernel.choose("handles-stay", 2) == 1;
    if (!outlives) close_all();
    for (SwitchPort& port : vswitch.ports().ports()) {
        if (!stopped) take_down_port(port);
    }
    // A driver may be unloaded as it is; its deregistering detaches it.
    const bool as_it_is = may_unload_attached() && world.kernel.choose("unload-attached", 2) == 1;
    if (!stopped && !as_it_is) pause();
    if (!stopped && !as_it_is) detach();
    if (outlives) close_all();  // No driver is unloaded while a handle is open.
    if (stopped) return;
    for (Module& module : ndis.stack()) {
        if (module.registered) ndis.unload(module);
    }
}

bool Player::may_unload_attached() const {
    return options.flaw == HostFlaw::none &&
           std::ranges::all_of(ndis.stack(), [](const Module& module) {
               return !module.attached() || module.driver.DriverUnload != nullptr;
           });
}

void Player::take_down_port(SwitchPort& port) {
    // Bound adapters go before the adapter they are bound below: PHY-04, PHY-05.
    for (const bool bound : {true, false}) {
        for (SwitchNic& nic : port.nics) {
            if ((nic.index > 0) == bound && !disconnect(port, nic)) return;
        }
        if (options.flaw == HostFlaw::nic_never_deleted && port.has_nic()) return;
        for (SwitchNic& nic : port.nics) {
            if ((nic.index > 0) == bound && !delete_nic(port, nic)) return;
        }
    }
    if (port.phase == PortPhase::created) {
        port.phase = PortPhase::tearing_down;
        if (!about_port(port, OID_SWITCH_PORT_TEARDOWN)) return;
        port.phase = PortPhase::torn_down;
    }
    if (options.flaw == HostFlaw::port_never_deleted) return;
    if (port.phase == PortPhase::torn_down) delete_port(port);
}

}  // namespace interlock::harness
