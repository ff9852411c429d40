#include "harness/scenario/plan.hpp"

#include <algorithm>

#include "harness/scenario/kinds.hpp"

namespace interlock::harness {
namespace {

constexpr std::string_view none = {};

constexpr std::uint16_t all_handles = 0x1FE;  // 1..8
static_assert(all_handles == (2U << handles_max) - 2);

std::uint8_t bit(Property property) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(property));
}

bool has_team_member(const PlannedPort& port) {
    return port.type == PortType::external && port.nics.upper_bound(0) != port.nics.end();
}

}  // namespace

Plan::Plan(const Scenario& settings)
    : stack_phase(settings.late ? StackPhase::detached : StackPhase::running),
      is_active(settings.active),
      knows_640(settings.ndis >= 640) {}

const PlannedPort* Plan::port(model::PortId id) const {
    const auto found = all_ports.find(id);
    return found == all_ports.end() ? nullptr : &found->second;
}

const PlannedNic* Plan::nic(model::PortId id, std::uint8_t index) const {
    const PlannedPort* on = port(id);
    if (on == nullptr) return nullptr;
    const auto found = on->nics.find(index);
    return found == on->nics.end() ? nullptr : &found->second;
}

bool Plan::is_connected(model::PortId id, std::uint8_t index) const {
    const PlannedNic* there = nic(id, index);
    return there != nullptr && there->phase == PlannedPhase::connected;
}

/// The external network is reached through an adapter of the team, not through index 0.
bool Plan::carries_packets(model::PortId id, std::uint8_t index) const {
    const PlannedNic* there = nic(id, index);
    if (there == nullptr || there->phase == PlannedPhase::disconnected) return false;
    return port(id)->type != PortType::external || index > 0;
}

std::string_view Plan::create_port_objection(const Step& step) const {
    if (port(step.port) != nullptr) return "the port exists";
    const bool one_only =
        step.port_type == PortType::external || step.port_type == PortType::internal;
    if (!one_only || step.validation) return none;
    const bool taken = std::ranges::any_of(all_ports, [&](const auto& other) {
        return other.second.type == step.port_type && !other.second.validation;
    });
    return taken ? "there is a port of that type" : none;
}

std::string_view Plan::port_objection(const Step& step) const {
    const PlannedPort* on = port(step.port);
    if (on == nullptr) return "there is no such port";
    if (step.verb == Verb::delete_port) return on->torn_down ? none : "the port is not torn down";
    if (on->torn_down) return "the port is torn down";

    const bool new_one = came_with_ndis_640(step.property) && !knows_640;
    const bool has     = (on->properties & bit(step.property)) != 0;
    switch (step.verb) {
        case Verb::teardown_port:
            return on->nics.empty() ? none : "there is a NIC on the port";
        case Verb::add_property:
            if (new_one) return "such a property came with NDIS 6.40";
            return has ? "the port has that property" : none;
        case Verb::update_property:
        case Verb::delete_property:
            return has ? none : "the port has no such property";
        default:
            return none;
    }
}

std::string_view Plan::create_nic_objection(const Step& step) const {
    const PlannedPort* on = port(step.port);
    if (on == nullptr) return "there is no such port";
    if (on->torn_down) return "the port is torn down";
    if (on->validation) return "the port is for validation";
    if (!fits(step.nic_type, on->type)) return "such a NIC does not go on that port";
    if (nic(step.port, step.nic) != nullptr) return "the NIC exists";
    if (step.nic == 0) return none;
    if (step.refused != Refused::by_nobody) return "only NIC 0 may be refused";
    if (on->type != PortType::external) return "only the external port has a team";
    const PlannedNic* first = nic(step.port, 0);
    const bool        ready = first != nullptr && first->phase != PlannedPhase::disconnected;
    return ready ? none : "NIC 0 comes first";
}

std::string_view Plan::nic_objection(const Step& step) const {
    const PlannedNic* there = nic(step.port, step.nic);
    if (there == nullptr) return "there is no such NIC";
    const bool connected = there->phase == PlannedPhase::connected;
    const bool goes_last = step.nic == 0 && has_team_member(*port(step.port));
    switch (step.verb) {
        case Verb::connect_nic:
            if (there->phase != PlannedPhase::created) return "the NIC was connected before";
            return step.nic == 0 || is_connected(step.port, 0) ? none : "NIC 0 comes first";
        case Verb::disconnect_nic:
            if (goes_last) return "NIC 0 goes last";
            return connected ? none : "the NIC is not connected";
        case Verb::delete_nic:
            if (goes_last) return "NIC 0 goes last";
            return connected ? "the NIC is connected" : none;
        case Verb::save_nic:
        case Verb::restore_nic:
            if (!is_guest(there->type)) return "the NIC is no guest's";
            return connected ? none : "the NIC is not connected";
        case Verb::nic_status:
            if (there->type != NicType::external) return "the NIC is not external";
            return connected ? none : "the NIC is not connected";
        default:
            return connected ? none : "the NIC is not connected";
    }
}

std::string_view Plan::request_objection(const Step& step) const {
    const bool reaches = std::ranges::any_of(all_ports, [&](const auto& other) {
        return other.second.type == PortType::external && is_connected(other.first, 0);
    });
    if (!reaches) return "the external NIC is not connected";
    if (step.port == 0) return none;
    const PlannedNic* from = nic(step.port, step.nic);
    if (from != nullptr && from->type == NicType::external) return "it would ask itself";
    return nic_objection(step);
}

std::string_view Plan::send_objection(const Step& step) const {
    if (stack_phase != StackPhase::running) return "the stack does not run";
    if (!is_active) return "the switch is not active";
    if (!carries_packets(step.port, step.nic)) return "the source carries no packets";
    const bool both = !step.mixed || carries_packets(step.other_port, step.other_nic);
    return both ? none : "the second source carries no packets";
}

std::string_view Plan::stack_objection(const Step& step) const {
    switch (step.verb) {
        case Verb::activate:
            return is_active ? "the switch is active" : none;
        case Verb::attach:
            return stack_phase == StackPhase::detached ? none : "it is attached";
        case Verb::pause:
            return stack_phase == StackPhase::running ? none : "it does not run";
        case Verb::restart:
        case Verb::detach:
            return stack_phase == StackPhase::paused ? none : "it is not paused";
        default:
            return none;
    }
}

/// A switch has some from its beginning, of which nobody is told that they were added.
std::string_view Plan::switch_property_objection(const Step& step) const {
    const unsigned mine = 1U << step.id;
    if (step.verb == Verb::add_switch_property)
        return switch_properties_there & mine ? "the switch has that property" : none;
    return switch_properties_gone & mine ? "the switch has no such property" : none;
}

void Plan::take_switch_property(const Step& step) {
    const auto mine = static_cast<std::uint8_t>(1U << step.id);
    const auto gone = static_cast<std::uint8_t>(~mine);
    const bool goes = step.verb == Verb::delete_switch_property;
    auto&      to   = goes ? switch_properties_gone : switch_properties_there;
    auto&      from = goes ? switch_properties_there : switch_properties_gone;
    to |= mine;
    from &= gone;
}

std::string_view Plan::device_objection(const Step& step) const {
    if (step.verb == Verb::exit) return open_handles != 0 ? none : "no handle is open";
    if (step.verb == Verb::open) return is_open(step.handle) ? "the handle is open" : none;
    return is_open(step.handle) ? none : "the handle is not open";
}

std::string_view Plan::objection(const Step& step) const {
    switch (step.verb) {
        case Verb::add_switch_property:
        case Verb::update_switch_property:
        case Verb::delete_switch_property:
            return switch_property_objection(step);
        case Verb::open:
        case Verb::close:
        case Verb::ioctl:
        case Verb::read:
        case Verb::write:
        case Verb::cancel:
        case Verb::exit:
            return device_objection(step);
        case Verb::create_port:
            return create_port_objection(step);
        case Verb::update_port:
        case Verb::teardown_port:
        case Verb::delete_port:
        case Verb::add_property:
        case Verb::update_property:
        case Verb::delete_property:
        case Verb::ask_port_feature:
            return port_objection(step);
        case Verb::create_nic:
            return create_nic_objection(step);
        case Verb::request_nic:
            return request_objection(step);
        case Verb::connect_nic:
        case Verb::update_nic:
        case Verb::disconnect_nic:
        case Verb::delete_nic:
        case Verb::save_nic:
        case Verb::restore_nic:
        case Verb::nic_status:
            return nic_objection(step);
        case Verb::send:
            return send_objection(step);
        default:
            return stack_objection(step);
    }
}

bool Plan::may_come_to(Verb verb) const {
    const auto some_port = [&](auto may) {
        return std::ranges::any_of(all_ports, [&](const auto& on) { return may(on.second); });
    };
    switch (verb) {
        case Verb::create_port:
            return true;
        case Verb::delete_port:
            return some_port([](const PlannedPort& on) { return on.torn_down; });
        case Verb::update_property:
        case Verb::delete_property:
            return some_port([](const PlannedPort& on) { return on.properties != 0; });
        case Verb::update_port:
        case Verb::teardown_port:
        case Verb::add_property:
        case Verb::ask_port_feature:
        case Verb::create_nic:
            return some_port([](const PlannedPort& on) { return !on.torn_down; });
        case Verb::send:
            return stack_phase == StackPhase::running && is_active && some_nic(verb);
        case Verb::connect_nic:
        case Verb::update_nic:
        case Verb::disconnect_nic:
        case Verb::delete_nic:
        case Verb::save_nic:
        case Verb::restore_nic:
        case Verb::nic_status:
            return some_nic(verb);
        case Verb::request_nic:
            return objection({.verb = verb}).empty();  // From the default port.
        case Verb::add_switch_property:
        case Verb::update_switch_property:
        case Verb::delete_switch_property:
            return true;
        case Verb::open:
            return open_handles != all_handles;
        case Verb::close:
        case Verb::ioctl:
        case Verb::read:
        case Verb::write:
        case Verb::cancel:
        case Verb::exit:
            return open_handles != 0;
        default:
            return stack_objection({.verb = verb}).empty();
    }
}

/// Whether there is an adapter of which a step of that verb may be taken.
bool Plan::some_nic(Verb verb) const {
    for (const auto& [id, on] : all_ports)
        for (const auto& [index, nic] : on.nics)
            if (objection({.verb = verb, .port = id, .nic = index}).empty()) return true;
    return false;
}

void Plan::take_port_step(const Step& step) {
    if (step.verb == Verb::delete_port) {
        all_ports.erase(step.port);
        return;
    }
    if (step.refused != Refused::by_nobody) return;
    PlannedPort& on = all_ports[step.port];
    if (step.verb == Verb::create_port) on = {step.port_type, step.validation, false, {}, 0};
    if (step.verb == Verb::teardown_port) on.torn_down = true;
    if (step.verb == Verb::add_property) on.properties |= bit(step.property);
    if (step.verb == Verb::delete_property) {
        on.properties &= static_cast<std::uint8_t>(~bit(step.property));
    }
}

void Plan::take_nic_step(const Step& step) {
    auto& nics = all_ports[step.port].nics;
    if (step.verb == Verb::create_nic && step.refused == Refused::by_nobody) {
        nics[step.nic] = {step.nic_type, PlannedPhase::created};
    }
    if (step.verb == Verb::connect_nic) nics[step.nic].phase = PlannedPhase::connected;
    if (step.verb == Verb::disconnect_nic) nics[step.nic].phase = PlannedPhase::disconnected;
    if (step.verb == Verb::delete_nic) nics.erase(step.nic);
}

void Plan::take_device_step(const Step& step) {
    const auto bit = static_cast<std::uint16_t>(1U << step.handle);
    if (step.verb == Verb::open) open_handles |= bit;
    if (step.verb == Verb::close) open_handles &= static_cast<std::uint16_t>(~bit);
    if (step.verb == Verb::exit) open_handles = 0;
}

void Plan::take(const Step& step) {
    if (!objection(step).empty()) return;
    switch (step.verb) {
        case Verb::open:
        case Verb::close:
        case Verb::exit:
            take_device_step(step);
            break;
        case Verb::create_port:
        case Verb::update_port:
        case Verb::teardown_port:
        case Verb::delete_port:
        case Verb::add_property:
        case Verb::update_property:
        case Verb::delete_property:
            take_port_step(step);
            break;
        case Verb::create_nic:
        case Verb::connect_nic:
        case Verb::disconnect_nic:
        case Verb::delete_nic:
            take_nic_step(step);
            break;
        case Verb::add_switch_property:
        case Verb::update_switch_property:
        case Verb::delete_switch_property:
            take_switch_property(step);
            break;
        case Verb::activate:
            is_active = true;
            break;
        case Verb::attach:
            stack_phase = StackPhase::paused;
            break;
        case Verb::restart:
            stack_phase = StackPhase::running;
            break;
        case Verb::pause:
            stack_phase = StackPhase::paused;
            break;
        case Verb::detach:
            stack_phase = StackPhase::detached;
            break;
        default:
            break;
    }
}

}  // namespace interlock::harness
