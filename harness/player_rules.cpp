// What the switch may not do now, in its own words. This is how the switch keeps its obligations;
// `force` does without it.

#include <algorithm>

#include "harness/player.hpp"
#include "harness/scenario/kinds.hpp"

namespace interlock::harness {
namespace {

constexpr std::string_view phase_names[] = {"absent",       "being created", "created",
                                            "connecting",   "connected",     "disconnecting",
                                            "disconnected", "being deleted"};

std::string port_name(const Step& step) {
    return "port " + std::to_string(step.port);
}

std::string nic_name(const Step& step) {
    return "nic " + std::to_string(step.port) + "/" + std::to_string(step.nic);
}

bool any_bound(const SwitchPort& port) {
    return std::ranges::any_of(port.nics,
                               [](const SwitchNic& nic) { return nic.index > 0 && nic.exists(); });
}

}  // namespace

std::string Player::why_not(const Step& step) {
    switch (step.verb) {
        case Verb::create_port:
        case Verb::update_port:
        case Verb::teardown_port:
        case Verb::delete_port:
        case Verb::add_property:
        case Verb::update_property:
        case Verb::delete_property:
        case Verb::ask_port_feature:
            return why_not_port(step);
        case Verb::add_switch_property:
        case Verb::update_switch_property:
        case Verb::delete_switch_property:
            return why_not_switch_property(step);
        case Verb::activate:
        case Verb::attach:
        case Verb::restart:
        case Verb::pause:
        case Verb::detach:
            return why_not_module(step);
        case Verb::send:
            return why_not_send(step);
        case Verb::ask_feature:
        case Verb::cancel_send:
        case Verb::cancel_oid:
        case Verb::indicate_status:
        case Verb::pnp_event:
        case Verb::wait:
            return {};
        case Verb::open:
        case Verb::close:
        case Verb::ioctl:
        case Verb::read:
        case Verb::write:
        case Verb::cancel:
        case Verb::exit:
            return why_not_device(step);
        default:
            return why_not_nic(step);
    }
}

std::string Player::why_not_port(const Step& step) {
    SwitchPort* const port  = vswitch.ports().port(step.port);
    const PortPhase   phase = port ? port->phase : PortPhase::absent;
    if (step.verb == Verb::create_port) {
        if (phase != PortPhase::absent) return port_name(step) + " exists";
        const bool second = step.port_type == PortType::external && !step.validation &&
                            vswitch.ports().external_port();
        return second ? "there is an external port already" : "";
    }
    if (step.verb == Verb::delete_port) {
        return phase == PortPhase::torn_down ? "" : port_name(step) + " is not torn down";
    }
    if (phase != PortPhase::created) return port_name(step) + " is not created";
    if (step.verb == Verb::teardown_port && port->has_nic()) return port_name(step) + " has a nic";
    const bool added = port->properties[static_cast<std::size_t>(step.property)];
    if (step.verb == Verb::add_property && added) return "the property is set already";
    const bool new_one = came_with_ndis_640(step.property) && world.ndis_version < 640;
    if (step.verb == Verb::add_property && new_one) return "such a property came with NDIS 6.40";
    const bool needs_one = step.verb == Verb::update_property || step.verb == Verb::delete_property;
    return needs_one && !added ? "the property is not set" : "";
}

/// What was never added may be there all the same: a switch begins with some.
std::string Player::why_not_switch_property(const Step& step) {
    const SwitchState& state = vswitch.ports();
    if (step.verb == Verb::add_switch_property)
        return state.has_property[step.id] ? "the switch has that property" : "";
    return state.lost_property[step.id] ? "the property was deleted" : "";
}

std::string Player::why_not_create_nic(const Step& step, const SwitchPort& port) {
    if (port.validation) return port_name(step) + " is a validation port";
    if (!fits(step.nic_type, port.type)) return port_name(step) + " takes another type of nic";
    if (step.nic == 0) return {};
    if (port.type != PortType::external) return "only the external port has indices above 0";
    const SwitchNic* const first = vswitch.ports().nic(step.port, 0);
    const bool             ready =
        first && (first->phase == NicPhase::created || first->phase == NicPhase::connected);
    if (!ready) return "nic " + std::to_string(step.port) + "/0 is not created";
    return step.refused == Refused::by_nobody ? "" : "only index 0 can be refused";
}

std::string Player::why_not_nic(const Step& step) {
    const SwitchPort* const port = vswitch.ports().port(step.port);
    const SwitchNic* const  nic  = vswitch.ports().nic(step.port, step.nic);
    if (step.verb == Verb::request_nic && step.port == 0) return {};
    if (!port || port->phase != PortPhase::created) return port_name(step) + " is not created";
    const NicPhase phase = nic ? nic->phase : NicPhase::absent;
    if (step.verb == Verb::create_nic) {
        if (phase != NicPhase::absent) return nic_name(step) + " exists";
        return why_not_create_nic(step, *port);
    }
    const auto is = [&] {
        return nic_name(step) + " is " + std::string(phase_names[static_cast<int>(phase)]);
    };
    const bool connected = phase == NicPhase::connected;
    switch (step.verb) {
        case Verb::connect_nic: {
            if (phase != NicPhase::created) return is();
            const SwitchNic* const first = vswitch.ports().nic(step.port, 0);
            const bool             late  = step.nic > 0 && first->phase != NicPhase::connected;
            return late ? "nic " + std::to_string(step.port) + "/0 is not connected" : "";
        }
        case Verb::disconnect_nic:
            if (!connected) return is();
            return step.nic == 0 && any_bound(*port) ? "adapters are bound below it" : "";
        case Verb::delete_nic:
            if (phase != NicPhase::created && phase != NicPhase::disconnected) return is();
            return step.nic == 0 && any_bound(*port) ? "adapters are bound below it" : "";
        case Verb::save_nic:
        case Verb::restore_nic:
            return connected && step.nic == 0 && is_guest(nic->type) ? ""
                                                                     : is() + ", or no guest's";
        case Verb::nic_status:
            return port->type == PortType::external && connected ? "" : is() + ", or not external";
        default:
            return connected ? "" : is();
    }
}

std::string Player::why_not_send(const Step& step) {
    const bool running = std::ranges::all_of(ndis.stack(), [](const Module& module) {
        return !module.attached() || module.phase == ModulePhase::running;
    });
    if (!running) return "the stack is not running";
    const SwitchNic* const nic = vswitch.ports().nic(step.port, step.nic);
    const bool             ready =
        nic && (nic->phase == NicPhase::created || nic->phase == NicPhase::connected);
    if (!ready) return nic_name(step) + " cannot send";
    const bool up = vswitch.ports().port(step.port)->is_operational() ||
                    options.flaw == HostFlaw::sends_over_a_team_down;
    return up ? "" : "no adapter below " + port_name(step) + " is connected";
}

std::string Player::why_not_device(const Step& step) {
    const auto is_open = [](const File* file) { return file && file->opened && !file->closing; };
    if (step.verb == Verb::exit)
        return std::ranges::any_of(handles, is_open) ? "" : "no handle is open";
    const std::string name = "handle " + std::to_string(step.handle);
    const File* const file = handles[step.handle];
    if (step.verb != Verb::open) return is_open(file) ? "" : name + " is not open";
    if (is_open(file)) return name + " is open";
    const Device* const device = world.devices.openable(step.device);
    if (!device) return "there is no device " + std::to_string(step.device);
    const bool taken = (device->raw->Flags & DO_EXCLUSIVE) != 0 && device->files > 0;
    return taken ? "device " + std::to_string(step.device) + " is open, and exclusive" : "";
}

std::string Player::why_not_module(const Step& step) {
    const auto& stack = ndis.stack();
    const auto  all   = [&](ModulePhase phase) {
        return std::ranges::all_of(stack, [&](const Module& module) {
            return !module.attached() || module.phase == phase;
        });
    };
    const auto some = [&](ModulePhase phase) {
        return std::ranges::any_of(stack, [&](const Module& m) { return m.phase == phase; });
    };
    switch (step.verb) {
        case Verb::activate:
            return vswitch.ports().active ? "the switch is active" : "";
        case Verb::attach:
            return some(ModulePhase::detached) ? "" : "all are attached";
        case Verb::restart:
            return some(ModulePhase::paused) ? "" : "none is paused";
        case Verb::pause:
            return all(ModulePhase::running) && some(ModulePhase::running) ? ""
                                                                           : "not all are running";
        default:
            return all(ModulePhase::paused) && some(ModulePhase::paused) ? ""
                                                                         : "not all are paused";
    }
}

}  // namespace interlock::harness
