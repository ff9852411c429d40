// The steps of a scenario that are OID requests of the switch.

#include "harness/await.hpp"
#include "harness/player.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint16_t room_to_save = 64;

bool succeeded(const std::optional<NDIS_STATUS>& status) {
    return status && *status == NDIS_STATUS_SUCCESS;
}

}  // namespace

std::optional<NDIS_STATUS> Player::issue(const OidToIssue& what) {
    const auto status = vswitch.issue(what);
    if (!status) stopped = true;
    return status;
}

std::optional<NDIS_STATUS> Player::about_port(const SwitchPort& port, model::Oid oid) {
    return issue(
        {.oid = oid, .port = port.id, .port_type = port.type, .validation = port.validation});
}

std::optional<NDIS_STATUS> Player::about_nic(const SwitchPort& port, const SwitchNic& nic,
                                             model::Oid oid) {
    return issue({.oid = oid, .port = port.id, .nic = nic.index, .nic_type = nic.type});
}

void Player::take_port_step(const Step& step) {
    if (step.verb == Verb::create_port) return create_port(step);
    SwitchPort& port = vswitch.ports().port_to_be(step.port);
    if (step.verb == Verb::update_port) {
        about_port(port, OID_SWITCH_PORT_UPDATED);
    } else if (step.verb == Verb::teardown_port) {
        port.phase = PortPhase::tearing_down;
        if (about_port(port, OID_SWITCH_PORT_TEARDOWN)) port.phase = PortPhase::torn_down;
    } else if (step.force) {
        if (about_port(port, OID_SWITCH_PORT_DELETE)) port.phase = PortPhase::absent;
    } else {
        delete_port(port);
    }
}

void Player::create_port(const Step& step) {
    SwitchPort& port = vswitch.ports().port_to_be(step.port);
    const bool  anew = port.phase == PortPhase::absent;
    if (anew) {
        port.type       = step.port_type;
        port.validation = step.validation;
        port.vlan       = 0;
        port.phase      = PortPhase::creating;
        std::ranges::fill(port.properties, false);
    }
    const auto status = issue({.oid        = OID_SWITCH_PORT_CREATE,
                               .port       = step.port,
                               .port_type  = step.port_type,
                               .validation = step.validation,
                               .refused    = step.refused});
    if (anew && status) {
        port.phase = succeeded(status) ? PortPhase::created : PortPhase::absent;
        if (!succeeded(status)) port.usable = false;
    }
}

bool Player::delete_port(SwitchPort& port) {
    const bool at_once = options.flaw == HostFlaw::port_deleted_under_reference;
    const auto quiet   = [&] { return at_once || (port.referenced() == 0 && port.oids == 0); };
    if (!await(world, &port, "delete-port", quiet)) {
        leave_out("port " + std::to_string(port.id) + " is still referenced");
        return false;
    }
    port.phase = PortPhase::deleting;
    if (!about_port(port, OID_SWITCH_PORT_DELETE)) return false;
    if (options.flaw == HostFlaw::sends_after_port_delete) request({.port = port.id});
    port.phase = PortPhase::absent;
    return true;
}

void Player::take_nic_step(const Step& step) {
    if (step.verb == Verb::create_nic) return create_nic(step);
    SwitchPort& port = vswitch.ports().port_to_be(step.port);
    SwitchNic&  nic  = vswitch.ports().nic_to_be(step.port, step.nic);
    if (step.verb == Verb::connect_nic) {
        nic.phase         = NicPhase::connecting;
        const auto status = about_nic(port, nic, OID_SWITCH_NIC_CONNECT);
        if (!status) return;
        nic.phase = succeeded(status) ? NicPhase::connected : NicPhase::created;
    } else if (step.verb == Verb::update_nic) {
        about_nic(port, nic, OID_SWITCH_NIC_UPDATED);
    } else if (step.verb == Verb::disconnect_nic) {
        if (step.force) nic.phase = NicPhase::connected;
        disconnect(port, nic);
    } else if (step.force) {
        if (about_nic(port, nic, OID_SWITCH_NIC_DELETE)) nic.phase = NicPhase::absent;
    } else {
        delete_nic(port, nic);
    }
}

void Player::create_nic(const Step& step) {
    SwitchNic& nic  = vswitch.ports().nic_to_be(step.port, step.nic);
    const bool anew = nic.phase == NicPhase::absent;
    if (anew) {
        nic.type  = step.nic_type;
        nic.phase = NicPhase::creating;
        ++nic.incarnation;
    }
    const auto status = issue({.oid      = OID_SWITCH_NIC_CREATE,
                               .port     = step.port,
                               .nic      = step.nic,
                               .nic_type = step.nic_type,
                               .refused  = step.refused});
    if (anew && status) nic.phase = succeeded(status) ? NicPhase::created : NicPhase::absent;
}

bool Player::disconnect(SwitchPort& port, SwitchNic& nic) {
    if (nic.phase != NicPhase::connected) return true;
    nic.phase = NicPhase::disconnecting;
    if (!about_nic(port, nic, OID_SWITCH_NIC_DISCONNECT)) return false;
    nic.phase = NicPhase::disconnected;
    vswitch.forget_addresses(port.id, nic.index);
    return true;
}

bool Player::delete_nic(SwitchPort& port, SwitchNic& nic) {
    if (nic.phase != NicPhase::created && nic.phase != NicPhase::disconnected) return !nic.exists();
    const auto quiet = [&] { return nic.packets == 0 && nic.oids == 0 && nic.referenced() == 0; };
    if (!await(world, &nic, "delete-nic", quiet)) {
        leave_out("nic " + std::to_string(port.id) + "/" + std::to_string(nic.index) +
                  (nic.packets ? " still has packets on their way" : " is still referenced"));
        return false;
    }
    nic.phase = NicPhase::deleting;
    if (!about_nic(port, nic, OID_SWITCH_NIC_DELETE)) return false;
    nic.phase = NicPhase::absent;
    return true;
}

/// As an extension asked for it, and never more than a save state can tell of.
bool Player::more_room_for(OidToIssue& asked) {
    constexpr std::uint32_t room_max = 0xFFFF;
    const std::uint32_t     wanted   = vswitch.room_wanted(asked);
    if (wanted <= asked.room || wanted > room_max) return false;
    asked.room = static_cast<std::uint16_t>(wanted);
    return true;
}

void Player::save(const Step& step) {
    constexpr int chunks_max = 4;
    OidToIssue    save{
           .oid = OID_SWITCH_NIC_SAVE, .port = step.port, .nic = step.nic, .room = room_to_save};
    for (int chunk = 0; chunk < chunks_max;) {
        const auto status = issue(save);
        if (!status) return;
        const bool gives_more = options.flaw != HostFlaw::gives_no_more_room;
        const bool too_short  = status == NDIS_STATUS_BUFFER_TOO_SHORT && gives_more;
        if (too_short && more_room_for(save)) continue;
        if (!succeeded(status) || !vswitch.last_save_was_claimed()) break;
        ++chunk;
    }
    if (options.flaw == HostFlaw::save_never_completed) {
        stopped = true;
        return;
    }
    if (options.flaw == HostFlaw::save_begun_again) issue(save);
    if (options.flaw == HostFlaw::disconnects_in_a_save) {
        disconnect(vswitch.ports().port_to_be(step.port),
                   vswitch.ports().nic_to_be(step.port, step.nic));
    }
    issue({.oid = OID_SWITCH_NIC_SAVE_COMPLETE, .port = step.port, .nic = step.nic});
}

void Player::restore(const Step& step) {
    if (!issue({.oid = OID_SWITCH_NIC_RESTORE, .port = step.port, .nic = step.nic})) return;
    issue({.oid = OID_SWITCH_NIC_RESTORE_COMPLETE, .port = step.port, .nic = step.nic});
}

void Player::request(const Step& step) {
    // To the external adapter: its destination is 0/0. Source: oid-switch-nic-request, "Remarks".
    issue({.oid = OID_SWITCH_NIC_REQUEST, .port = step.port, .nic = step.nic, .inner = step.inner});
}

void Player::ask_or_tell(const Step& step) {
    switch (step.verb) {
        case Verb::cancel_send:
            return vswitch.cancel_sends(step.id);
        case Verb::cancel_oid:
            return vswitch.cancel_next_oid();
        case Verb::indicate_status:
            return vswitch.indicate(step.indicated);
        case Verb::pnp_event:
            return vswitch.tell(step.told);
        default:
            return ask_feature(step);
    }
}

void Player::ask_feature(const Step& step) {
    const bool of_port = step.verb == Verb::ask_port_feature;
    const auto oid =
        of_port ? OID_SWITCH_PORT_FEATURE_STATUS_QUERY : OID_SWITCH_FEATURE_STATUS_QUERY;
    OidToIssue question{.oid = static_cast<model::Oid>(oid), .port = step.port};
    const auto status = issue(question);
    const bool short_of =
        status == NDIS_STATUS_INVALID_LENGTH || status == NDIS_STATUS_BUFFER_TOO_SHORT;
    if (short_of && more_room_for(question)) issue(question);
}

void Player::switch_property(const Step& step) {
    const bool adds    = step.verb == Verb::add_switch_property;
    const bool deletes = step.verb == Verb::delete_switch_property;
    const auto oid     = adds      ? OID_SWITCH_PROPERTY_ADD
                         : deletes ? OID_SWITCH_PROPERTY_DELETE
                                   : OID_SWITCH_PROPERTY_UPDATE;
    const auto status  = issue({.oid = static_cast<model::Oid>(oid), .instance = step.id});
    if (!succeeded(status)) return;
    SwitchState& state           = vswitch.ports();
    state.has_property[step.id]  = !deletes;
    state.lost_property[step.id] = deletes;
}

void Player::property(const Step& step) {
    SwitchPort&      port  = vswitch.ports().port_to_be(step.port);
    const auto       place = static_cast<std::size_t>(step.property);
    const bool       adds  = step.verb == Verb::add_property;
    const auto       oid   = adds                                 ? OID_SWITCH_PORT_PROPERTY_ADD
                             : step.verb == Verb::update_property ? OID_SWITCH_PORT_PROPERTY_UPDATE
                                                                  : OID_SWITCH_PORT_PROPERTY_DELETE;
    const OidToIssue what{.oid      = static_cast<model::Oid>(oid),
                          .port     = step.port,
                          .refused  = step.refused,
                          .property = step.property,
                          .vlan     = step.vlan};
    const auto       status = issue(what);
    if (!succeeded(status)) return;
    if (adds && options.flaw == HostFlaw::property_added_twice) issue(what);
    port.properties[place] = step.verb != Verb::delete_property;
    if (step.property != Property::vlan) return;
    port.vlan = step.verb == Verb::delete_property ? std::uint16_t{0} : step.vlan;
}

}  // namespace interlock::harness
