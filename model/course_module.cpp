// How filter modules come, run, pause and go.

#include "model/constants.hpp"
#include "model/course.hpp"

namespace interlock::model {
namespace {

PortView seen_late(PortState state) {
    switch (state) {
        case PortState::creating:
            return PortView::unseen;
        case PortState::created:
            return PortView::created;
        case PortState::teardown_pending:
            return PortView::teardown_delivered;
        case PortState::torn_down:
            return PortView::teardown_handled;
        case PortState::not_created:
        case PortState::deleting:
            break;
    }
    return PortView::gone;
}

NicView seen_late(NicState state) {
    switch (state) {
        case NicState::creating:
            return NicView::unseen;
        case NicState::created:
            return NicView::created;
        case NicState::connecting:
            return NicView::connect_delivered;
        case NicState::connected:
            return NicView::connected;
        case NicState::disconnecting:
            return NicView::disconnect_delivered;
        case NicState::disconnected:
            return NicView::disconnect_handled;
        case NicState::absent:
        case NicState::deleting:
            break;
    }
    return NicView::gone;
}

/// In which state a module must have been for this to be the first that is seen of it.
FilterState state_before(FilterEvent what) {
    switch (what) {
        case FilterEvent::attach:
            return FilterState::detached;
        case FilterEvent::attach_succeeded:
        case FilterEvent::attach_failed:
            return FilterState::attaching;
        case FilterEvent::restart:
        case FilterEvent::detach:
            return FilterState::paused;
        case FilterEvent::restart_succeeded:
        case FilterEvent::restart_failed:
            return FilterState::restarting;
        case FilterEvent::pause_completed:
            return FilterState::pausing;
        default:
            return FilterState::running;
    }
}

}  // namespace

/// A trace that begins in the middle says nothing of how its modules came.
void Course::meet_module() {
    focus.module->seen = true;
    const bool comes   = event->phase == Phase::enter &&
                       (event->call == Call::FilterAttach || event->call == Call::DriverEntry);
    if (ledger.facts.whole || comes) return;
    *focus.module = {.state          = FilterState::running,
                     .activation     = ActivationState::active,
                     .attributes_set = true,
                     .handlers_got   = true,
                     .seen           = true,
                     .adopted        = true,
                     .unsure         = true};
    findings.undecided(at, "an extension was attached before the trace began");
}

void Course::move_module(FilterEvent what, Voice voice) {
    Module& module = *focus.module;
    if (module.unsure && what != FilterEvent::send_or_receive && what != FilterEvent::oid_request) {
        module.state  = state_before(what);
        module.unsure = false;
    }
    const FilterState before = module.state;
    advance(machines.filter_module, module.state, what, module.changed, voice);
    if (module.state != before) module.changed = at;
}

void Course::move_activation(ActivationEvent what) {
    advance(machines.activation, focus.module->activation, what, 0, Voice::aloud, [&] {
        Truth truth;
        truth.say(ActivationGuard::switch_active, ledger.activated, 0);
        return truth;
    });
}

void Course::attach() {
    const FilterState state  = focus.module->state;
    const Place       since  = focus.module->changed;
    const Module      before = *focus.module;
    *focus.module            = {.state      = state,
                                .kind       = static_cast<ExtensionClass>(event->detail & 3U),
                                .seen       = true,
                                .registered = before.registered,
                                .unsure     = before.unsure,
                                .detached   = before.detached,
                                .changed    = since,
                                .attached   = at,
                                .extension  = before.extension};
    meet_strangers();
    focus.module->detached = false;
    move_module(FilterEvent::attach);
}

/// Who is attached late is taken to know what is there: it may have asked.
void Course::inherit_views() {
    for (Index index = 0; index < ledger.ports.size(); ++index) {
        Port& port                 = ledger.ports[index];
        port.view[event->module]   = seen_late(port.state);
        port.viewed[event->module] = at;
    }
    for (Index index = 0; index < ledger.nics.size(); ++index) {
        Nic& nic                  = ledger.nics[index];
        nic.view[event->module]   = seen_late(nic.state);
        nic.viewed[event->module] = at;
    }
}

/// What an answered query teaches: that a port or adapter is there, never that it is gone.
void Course::learn(Oid query, ModuleId module) {
    const auto raise = [&](auto& view, auto late_view, auto most, Place& viewed) {
        if (late_view > most || late_view <= view) return;
        view   = late_view;
        viewed = at;
    };
    if (query == oid::port_array)
        for (const Index index : ledger.ports_open) {
            Port& port = ledger.ports[index];
            raise(port.view[module], seen_late(port.state), PortView::created, port.viewed[module]);
        }
    if (query == oid::nic_array)
        for (const Index index : ledger.nics_open) {
            Nic& nic = ledger.nics[index];
            raise(nic.view[module], seen_late(nic.state), NicView::connected, nic.viewed[module]);
        }
}

void Course::module_entered() {
    using enum Call;
    if (focus.module == nullptr) return;
    Module& module = *focus.module;
    switch (event->call) {
        case FilterAttach:
            attach();
            break;
        case FilterDetach:
            move_module(FilterEvent::detach);
            module.detaching = true;
            break;
        case FilterRestart:
            move_module(FilterEvent::restart);
            break;
        case FilterPause:
            module.restart_asked = false;
            move_module(FilterEvent::pause);
            break;
        case NdisFPauseComplete:
            module.pending = false;
            move_module(FilterEvent::pause_completed);
            break;
        case NdisFRestartComplete:
            module.pending = false;
            move_module(event->status == status::success ? FilterEvent::restart_succeeded
                                                         : FilterEvent::restart_failed);
            break;
        case NdisFDeregisterFilterDriver:
            module.registered = false;
            break;
        default:
            attend();
            break;
    }
}

/// What a module is told of the switch and its adapters, and what it tells on.
void Course::attend() {
    using enum Call;
    Module& module = *focus.module;
    switch (event->call) {
        case FilterNetPnPEvent:
            if (event->detail != pnp::switch_activate) break;
            move_activation(ActivationEvent::activated);
            module.activation_told = true;
            break;
        case NdisFNetPnPEvent:
            note_told_on(FilterNetPnPEvent);
            break;
        case FilterStatus:
            indication_handed();
            break;
        case NdisFIndicateStatus:
            note_told_on(FilterStatus);
            indication_passed();
            break;
        default:
            break;
    }
}

void Course::module_left() {
    using enum Call;
    if (focus.module == nullptr) return;
    Module&    module    = *focus.module;
    const bool succeeded = event->status == status::success;
    switch (event->call) {
        case FilterAttach:
            move_module(succeeded ? FilterEvent::attach_succeeded : FilterEvent::attach_failed);
            if (succeeded) inherit_views();
            break;
        case FilterRestart:
            module.pending =
                event->status == status::pending && module.state == FilterState::restarting;
            if (event->status == status::pending) break;
            move_module(succeeded ? FilterEvent::restart_succeeded : FilterEvent::restart_failed);
            break;
        case FilterPause:
            module.pending =
                event->status == status::pending && module.state == FilterState::pausing;
            // A pause cannot fail: one that says so is taken for complete. FILT-05 told of it.
            if (event->status != status::pending)
                move_module(FilterEvent::pause_completed, succeeded ? Voice::aloud : Voice::silent);
            break;
        case FilterDetach:
            module.detached = true;
            break;
        case NdisFRegisterFilterDriver:
            if (succeeded) module.registered = true;
            break;
        case NdisFRestartFilter:
            if (succeeded) module.restart_asked = true;
            break;
        case NdisFSetAttributes:
            if (succeeded) module.attributes_set = true;
            break;
        case NdisFGetOptionalSwitchHandlers:
            if (succeeded) module.handlers_got = true;
            break;
        default:
            break;
    }
}

}  // namespace interlock::model
