// How ports and adapters come, change and go: for the switch by what it issues and sees completed,
// for an extension by what is delivered to it and what comes back.

#include "model/constants.hpp"
#include "model/course.hpp"
#include "model/oid_steps.hpp"

namespace interlock::model {
namespace {

// What must have been before the trace began, for this request to be the first of it.

PortState port_before(Tells tells) {
    if (tells == Tells::port_create) return PortState::not_created;
    return tells == Tells::port_delete ? PortState::torn_down : PortState::created;
}

NicState nic_before(Tells tells) {
    switch (tells) {
        case Tells::nic_create:
            return NicState::absent;
        case Tells::nic_connect:
            return NicState::created;
        case Tells::nic_delete:
            return NicState::disconnected;
        default:
            return NicState::connected;
    }
}

/// An adapter came to a port or went. After a fault of the switch it may go without having come.
void populate(Port& port, NicIndex nic, int change) {
    const auto move = [&](std::uint16_t& live) {
        if (change > 0 || live > 0) live = static_cast<std::uint16_t>(live + change);
    };
    move(port.nics_live);
    if (nic > 0) move(port.bound_live);
}

/// An adapter with an index above 0 is being connected, or is so no more.
void count_connected(Port& port, NicState before, NicState now) {
    const auto is_up = [](NicState state) {
        return state == NicState::connecting || state == NicState::connected;
    };
    if (is_up(now) && !is_up(before)) ++port.bound_connected;
    if (is_up(before) && !is_up(now) && port.bound_connected > 0) --port.bound_connected;
}

}  // namespace

/// The incarnation that a request of this kind is about; a create makes a new one.
Index Course::port_for(Tells tells) {
    const Index known = ledger.port_at(event->port);
    const bool  ended = known != no_index && ledger.ports[known].state == PortState::not_created;
    if (known != no_index && !(ended && tells == Tells::port_create)) return known;

    const Index made = ledger.ports.add(event->port);
    Port&       port = ledger.ports[made];
    port.id          = event->port;
    port.changed     = at;
    port.met         = at;
    if (tells == Tells::port_create) {
        port.type       = event->detail & port_type::mask;
        port.validation = (event->detail & port_type::validation_port) != 0;
    } else if (!ledger.facts.whole) {
        port.adopted = true;
        port.state   = port_before(tells);
        port.view.fill(PortView::created);
        put_on(ledger.ports_open, port, made);
        findings.undecided(at, "a port was there before the trace began");
    }
    return made;
}

Index Course::nic_for(Tells tells) {
    const Index known = ledger.nic_at(event->port, event->nic);
    const bool  ended = known != no_index && ledger.nics[known].state == NicState::absent;
    if (known != no_index && !(ended && tells == Tells::nic_create)) return known;

    const Index made = ledger.nics.add(Ledger::key(event->port, event->nic));
    Nic&        nic  = ledger.nics[made];
    nic.port         = event->port;
    nic.index        = event->nic;
    nic.changed      = at;
    nic.met          = at;
    if (tells == Tells::nic_create) {
        nic.type     = event->detail & nic_type::mask;
        nic.identity = buffer::number_in(event->flags);
    } else if (!ledger.facts.whole) {
        nic.adopted = true;
        nic.state   = nic_before(tells);
        nic.view.fill(NicView::connected);
        put_on(ledger.nics_open, nic, made);
        populate(ledger.ports[port_for(tells)], nic.index, 1);
        findings.undecided(at, "an adapter was there before the trace began");
    }
    return made;
}

Truth Course::port_truth(const Port& port) const {
    using enum PortGuard;
    Truth truth;
    truth.say(port_id_real, port.id != default_port, 0);
    truth.say(no_nic_on_port, port.nics_live == 0, port.changed);
    truth.say(no_port_references, port.references.total == 0, port.references.last);
    truth.say(no_port_oids, port.oids_open == 0, port.oid_since);
    truth.say(operational, !port.validation, 0);
    return truth;
}

Truth Course::nic_truth(const Nic& nic) const {
    using enum NicGuard;
    const Index port  = ledger.port_at(nic.port);
    const Index first = ledger.nic_at(nic.port, 0);
    // What lies before the trace, or on a port that is not there, is not held against anybody here.
    const bool     unknown = port == no_index || ledger.ports[port].adopted;
    const NicState below   = first == no_index ? NicState::absent : ledger.nics[first].state;
    const bool     top_there =
        below == NicState::created || below == NicState::connecting || below == NicState::connected;
    const bool bound    = nic.index > 0;
    const bool external = unknown || ledger.ports[port].type == port_type::external;
    const bool guest    = nic.type != nic_type::external && nic.type != nic_type::internal;
    const bool alone    = unknown || ledger.ports[port].bound_live == 0;

    Truth truth;
    truth.say(no_packets, nic.pins == 0, nic.pinned);
    truth.say(no_nic_oids, nic.oids_open == 0, nic.oid_since);
    truth.say(no_nic_references, nic.references.total == 0, nic.references.last);
    truth.say(external_first, !bound || unknown || top_there, 0);
    truth.say(external_connected, !bound || unknown || below == NicState::connected, 0);
    truth.say(bound_adapters_gone, bound || alone, nic.changed);
    truth.say(index_fits, !bound || (nic.index <= nic_index_max && external), 0);
    truth.say(guest_nic, !bound && guest, 0);
    return truth;
}

bool Course::move_port(Index index, PortEvent what, Voice voice) {
    Port&           port   = ledger.ports[index];
    const PortState before = port.state;
    const bool      legal  = advance(machines.port, port.state, what, port.changed, voice,
                                     [&] { return port_truth(port); });
    if (port.state == before) return legal;
    port.changed = at;
    if (port.state == PortState::not_created) {
        take_off(ledger.ports_open, ledger.ports, index);
    } else {
        put_on(ledger.ports_open, port, index);
    }
    return legal;
}

bool Course::move_nic(Index index, NicEvent what, Voice voice) {
    Nic&           nic    = ledger.nics[index];
    const NicState before = nic.state;
    const bool     legal =
        advance(machines.nic, nic.state, what, nic.changed, voice, [&] { return nic_truth(nic); });
    if (nic.state == before) return legal;
    nic.changed       = at;
    const Index port  = ledger.port_at(nic.port);
    const bool  gone  = nic.state == NicState::absent;
    const bool  comes = before == NicState::absent;
    if (gone) take_off(ledger.nics_open, ledger.nics, index);
    if (comes) put_on(ledger.nics_open, nic, index);
    if (port != no_index && gone != comes) populate(ledger.ports[port], nic.index, comes ? 1 : -1);
    if (port != no_index && nic.index > 0) count_connected(ledger.ports[port], before, nic.state);
    return legal;
}

void Course::issue_to_port(Tells tells, Index port) {
    if (const auto what = port_step(tells, OidPhase::issued)) move_port(port, *what, Voice::aloud);
}

void Course::issue_to_nic(Tells tells, Index nic) {
    if (const auto what = nic_step(tells, OidPhase::issued)) move_nic(nic, *what, Voice::aloud);
}

void Course::complete_to_port(Tells tells, Index port, Status result, Voice voice) {
    if (const auto what = port_step(tells, phase_of(result))) move_port(port, *what, voice);
}

void Course::complete_to_nic(Tells tells, Index nic, Status result, Voice voice) {
    if (const auto what = nic_step(tells, phase_of(result))) move_nic(nic, *what, voice);
}

namespace {

template <class Component, class View>
void show(Component& component, ModuleId module, View view, Place at) {
    component.view[module]   = view;
    component.viewed[module] = at;
}

}  // namespace

void Course::show_delivery(Tells tells, const Request& request, ModuleId module) {
    if (request.port != no_index) {
        Port& port = ledger.ports[request.port];
        if (tells == Tells::port_create) show(port, module, PortView::create_delivered, at);
        if (tells == Tells::port_teardown) show(port, module, PortView::teardown_delivered, at);
        if (tells == Tells::port_delete) show(port, module, PortView::gone, at);
    }
    if (request.nic != no_index) {
        Nic& nic = ledger.nics[request.nic];
        if (tells == Tells::nic_create) show(nic, module, NicView::create_delivered, at);
        if (tells == Tells::nic_connect) show(nic, module, NicView::connect_delivered, at);
        if (tells == Tells::nic_disconnect) show(nic, module, NicView::disconnect_delivered, at);
        if (tells == Tells::nic_delete) show(nic, module, NicView::gone, at);
    }
}

void Course::show_forwarding(Tells tells, const Request& request, ModuleId module) {
    if (request.port != no_index) {
        Port& port = ledger.ports[request.port];
        if (tells == Tells::port_create) show(port, module, PortView::create_forwarded, at);
        if (tells == Tells::port_teardown) show(port, module, PortView::teardown_handled, at);
    }
    if (request.nic != no_index && tells == Tells::nic_disconnect)
        show(ledger.nics[request.nic], module, NicView::disconnect_handled, at);
}

/// What the extension sees of the end of a request: from below, or because it ended it itself.
void Course::show_result(Tells tells, const Request& request, ModuleId module, Status result) {
    const bool ok = result == status::success;
    if (request.port != no_index) {
        Port& port = ledger.ports[request.port];
        if (tells == Tells::port_create)
            show(port, module, ok ? PortView::created : PortView::vetoed, at);
        if (tells == Tells::port_teardown) show(port, module, PortView::teardown_handled, at);
    }
    if (request.nic == no_index) return;
    Nic& nic = ledger.nics[request.nic];
    if (tells == Tells::nic_create) show(nic, module, ok ? NicView::created : NicView::vetoed, at);
    if (tells == Tells::nic_connect && ok) show(nic, module, NicView::connected, at);
    if (tells == Tells::nic_disconnect) show(nic, module, NicView::disconnect_handled, at);
}

void Course::reference_left() {
    if (event->status != status::success || event->module >= modules_max) return;
    const auto keep = [&](References& references) {
        ++references.held[event->module];
        references.since[event->module] = at;
        ++references.total;
        references.last = at;
    };
    if (event->call == Call::ReferenceSwitchNic && focus.nic != nullptr)
        keep(focus.nic->references);
    if (event->call == Call::ReferenceSwitchPort && focus.port != nullptr)
        keep(focus.port->references);
}

/// The reference may be gone from the entry on, so it counts no more from there.
void Course::dereference_entered() {
    if (event->module >= modules_max) return;
    const auto drop = [&](References& references) {
        if (references.held[event->module] == 0) return;
        --references.held[event->module];
        --references.total;
    };
    if (event->call == Call::DereferenceSwitchNic && focus.nic != nullptr)
        drop(focus.nic->references);
    if (event->call == Call::DereferenceSwitchPort && focus.port != nullptr)
        drop(focus.port->references);
}

}  // namespace interlock::model
