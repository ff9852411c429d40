// How OID requests go down through the extensions and come back.

#include "model/constants.hpp"
#include "model/course.hpp"
#include "model/offload.hpp"

namespace interlock::model {
namespace {

Tells tells_of(const Request& request) {
    return oid::info(request.oid).tells;
}

SaveEvent answer_to_save(const Request& save, Status result) {
    if (result == status::buffer_too_short) return SaveEvent::save_too_short;
    if (result != status::success) return SaveEvent::save_failed;
    return save.at_bottom ? SaveEvent::save_came_through : SaveEvent::save_claimed;
}

RestoreEvent answer_to_restore(Status result) {
    return result == status::success ? RestoreEvent::restore_succeeded
                                     : RestoreEvent::restore_failed;
}

bool is_open(OidState state) {
    return state == OidState::held || state == OidState::forwarded || state == OidState::answered;
}

}  // namespace

void Course::oid_entered() {
    using enum Call;
    switch (event->call) {
        case ProtocolEdgeOidRequest:
            issue();
            break;
        case ProtocolEdgeOidRequestComplete:
            finish_at_edge();
            break;
        case FilterOidRequest:
            deliver();
            break;
        case FilterOidRequestComplete:
            if (focus.request != nullptr)
                answer(ledger.requests.find(event->object), event->status);
            break;
        case NdisAllocateCloneOidRequest:
            note_clone();
            break;
        case FilterCancelOidRequest:
            if (focus.request != nullptr && focus.request->state == OidState::held)
                focus.request->cancelled = true;
            break;
        case NdisFOidRequest:
            send_down();
            break;
        case NdisFOidRequestComplete:
            complete_up();
            break;
        case MiniportEdgeOidRequest:
            at_bottom();
            break;
        case MiniportEdgeOidRequestComplete:
            if (focus.request != nullptr)
                ledger.requests[focus.request->root].bottom = event->status;
            break;
        default:
            break;
    }
}

void Course::oid_left() {
    using enum Call;
    if (event->call == FilterOidRequest) handler_returned();
    if (event->call == NdisFOidRequest && event->status != status::pending)
        answer(ledger.requests.find(focus.frame->object), event->status);
}

Index Course::add_request(ModuleId maker) {
    const Index index   = ledger.requests.add(event->object);
    Request&    request = ledger.requests[index];
    request.id          = event->object;
    request.root        = index;
    request.oid         = event->oid;
    request.maker       = maker;
    return index;
}

/// Which incarnations the event's request is about.
void Course::target(Request& request) {
    request.oid    = event->oid;
    request.from   = {event->port, event->nic};
    request.to     = {event->other_port, event->other_nic};
    request.flags  = event->flags;
    request.detail = event->detail;
    request.port   = ledger.port_at(event->port);
    request.nic    = ledger.nic_at(event->port, event->nic);
    request.other  = ledger.nic_at(event->other_port, event->other_nic);
    if (!oid::names_nic(request.oid)) request.nic = no_index;
    if (!oid::names_port(request.oid)) request.port = no_index;
    if (request.oid != oid::nic_request) request.other = no_index;
}

void Course::count(const Request& request, int change) {
    const auto more  = static_cast<std::uint16_t>(change);
    const bool life  = is_life_cycle(tells_of(request));
    const bool names = request.nic != no_index || request.other != no_index;
    if (request.port != no_index) {
        Port& port = ledger.ports[request.port];
        port.oids_open += more;
        port.oid_since = at;
        if (life) (names ? port.nics_life_open : port.life_open) += more;
        if (request.own) port.references.guarding[request.maker] += more;
    }
    for (const Index index : {request.nic, request.other}) {
        if (index == no_index) continue;
        Nic& nic = ledger.nics[index];
        nic.oids_open += more;
        nic.oid_since = at;
        if (life) nic.life_open += more;
        if (request.own) nic.references.guarding[request.maker] += more;
    }
}

void Course::issue() {
    const Tells tells = oid::info(event->oid).tells;
    if (tells != Tells::nothing) issue_to_port(tells, port_for(tells));
    if (tells >= Tells::nic_create) {
        const Index nic = nic_for(tells);
        issue_to_nic(tells, nic);
    }
    Request& request    = ledger.requests[add_request(host_module)];
    request.sent        = true;
    request.since_issue = at;
    target(request);
    count(request, +1);
    if (request.nic != no_index) step_sessions(ledger.nics[request.nic], request);
    step_property(request);
}

void Course::finish_at_edge() {
    if (focus.request == nullptr || !focus.request->sent || focus.request->finished) {
        findings.undecided(at, "the protocol edge completed a request that it never issued");
        return;
    }
    Request&    request = *focus.request;
    const Tells tells   = tells_of(request);
    request.finished    = true;
    count(request, -1);
    // An extension that decides what it may not was found out there and then.
    const Voice voice = request.decided_above || request.tainted ? Voice::silent : Voice::aloud;
    if (request.port != no_index) complete_to_port(tells, request.port, event->status, voice);
    if (request.nic != no_index) {
        complete_to_nic(tells, request.nic, event->status, voice);
        step_sessions(ledger.nics[request.nic], request);
    }
    step_property(request);
}

/// How many bytes the buffer of the next save has to have; 0 if that was not said, or cannot be.
std::uint32_t Course::needed(const Request& save) const {
    const std::uint32_t offset = save.detail >> buffer::offset_shift;
    const std::uint32_t room   = offset + (save.detail & buffer::size_mask);
    const bool          can_be = event->detail <= offset + buffer::size_mask;
    return save.detail != 0 && event->detail > room && can_be ? event->detail : 0;
}

/// Of an adapter that was there before the trace began nobody knows how far its save had come; and
/// of one that is not there another rule has told.
void Course::step_save(SaveEvent what, Nic& nic) {
    const bool there =
        what != SaveEvent::complete_issued || switch_requests(nic.state).save_complete;
    advance(machines.save, nic.save, what, nic.oid_since,
            nic.adopted || !there ? Voice::silent : Voice::aloud);
}

void Course::step_restore(RestoreEvent what, Nic& nic) {
    advance(machines.restore, nic.restore, what, nic.oid_since,
            nic.adopted ? Voice::silent : Voice::aloud);
}

/// Save and restore, at the issue of a request (`finished` is not set) and at its completion.
void Course::step_sessions(Nic& nic, const Request& request) {
    const bool   issued = !request.finished;
    const Status result = event->status;
    if (issued) nic.save_needs = 0;
    switch (tells_of(request)) {
        case Tells::nic_save:
            if (!issued && result == status::buffer_too_short && nic.save == SaveState::open)
                nic.save_needs = needed(request);
            step_save(issued ? SaveEvent::save_issued : answer_to_save(request, result), nic);
            break;
        case Tells::nic_save_complete:
            if (issued) step_save(SaveEvent::complete_issued, nic);
            break;
        case Tells::nic_restore:
            step_restore(issued ? RestoreEvent::restore_issued : answer_to_restore(result), nic);
            break;
        case Tells::nic_restore_complete:
            if (issued) step_restore(RestoreEvent::complete_issued, nic);
            break;
        default:
            break;
    }
}

void Course::deliver() {
    if (focus.module == nullptr) return;
    Index index = ledger.requests.find(event->object);
    if (index == no_index) {
        index = add_request(host_module);
        target(ledger.requests[index]);
        if (!ledger.facts.whole)
            findings.undecided(at, "a request was on its way before the trace began");
    }
    Request&   request = ledger.requests[index];
    const bool again   = request.state != OidState::unknown && request.module != event->module;
    if (again) {
        request.state   = OidState::unknown;
        request.tainted = true;
    }
    request.module    = event->module;
    request.cloned_on = false;
    if (!advance(machines.oid_request, request.state, OidEvent::delivered, request.since,
                 request.tainted ? Voice::silent : Voice::aloud))
        request.tainted = true;
    request.since  = at;
    request.handed = at;
    request.digest = event->digest;
    if (request.port != no_index)
        request.ports_held = ledger.ports[request.port].references.held[event->module];
    put_on(ledger.requests_open, request, index);

    Module& module = *focus.module;
    if (module.inflight++ == 0) module.inflight_since = at;
    module.oids_handed = true;
    ledger.requests[request.root].handed_to |= static_cast<std::uint8_t>(1U << event->module);
    move_module(FilterEvent::oid_request);
    note_given(request);
    if (module.late) {
        get_to_know(request.port, request.nic);
        get_to_know(no_index, request.other);
    }
    show_delivery(tells_of(request), request, event->module);
}

void Course::note_clone() {
    if (event->status != status::success) {
        const Frame* within = ledger.callback(event->task, event->module);
        const Index  wanted = within == nullptr ? no_index : ledger.requests.find(within->object);
        if (wanted != no_index) ledger.requests[wanted].clone_failed = true;
        return;
    }
    const Index parent = ledger.requests.find(event->parent);
    if (event->object == 0 || ledger.requests.find(event->object) != no_index) return;
    Request& clone = ledger.requests[add_request(event->module)];
    clone.parent   = parent;
    if (parent == no_index) return;
    const Request& original = ledger.requests[parent];
    clone.oid               = original.oid;
    clone.root              = original.root;
}

void Course::send_down() {
    if (focus.module == nullptr) return;
    Index index = ledger.requests.find(event->object);
    if (index != no_index && ledger.requests[index].maker != event->module) {
        // The original itself, not a clone of it: OID-04 told of it.
        Request& original       = ledger.requests[index];
        original.tainted        = true;
        original.passed_through = true;
        show_forwarding(tells_of(original), original, event->module);
        return;
    }
    if (index == no_index) index = add_request(event->module);
    Request& request = ledger.requests[index];
    if (request.sent && !request.finished) request.tainted = true;  // It is on its way already.
    request.sent     = true;
    request.finished = false;
    request.state    = OidState::unknown;
    if (event->parent != 0) request.parent = ledger.requests.find(event->parent);
    target(request);
    if (request.parent == no_index) {
        request.own         = true;
        request.root        = index;
        request.since_issue = at;
        ++focus.module->own_open;
        focus.module->own_since = at;
        count(request, +1);
        note_question();
        return;
    }
    Request& original = ledger.requests[request.parent];
    request.root      = original.root;
    request.port      = original.port;
    request.nic       = original.nic;
    if (original.module != event->module) return;
    if (!advance(machines.oid_request, original.state, OidEvent::forwarded, original.since,
                 original.tainted ? Voice::silent : Voice::aloud))
        original.tainted = true;
    original.since     = at;
    original.cloned_on = true;
    show_forwarding(tells_of(original), original, event->module);
}

void Course::answer(Index index, Status result) {
    if (index == no_index || ledger.requests[index].finished) return;
    Request& clone = ledger.requests[index];
    if (clone.maker != event->module || !clone.sent) return;
    clone.finished = true;
    if (clone.own) return answer_own(clone, result);
    if (clone.parent == no_index) return;
    Request& original = ledger.requests[clone.parent];
    if (original.module != event->module) return;
    if (!advance(machines.oid_request, original.state, OidEvent::answered, original.since,
                 original.tainted ? Voice::silent : Voice::aloud))
        original.tainted = true;
    original.since = at;
    original.below = result;
    if (result == status::success) learn_listed(original.oid, event->module);
    show_result(tells_of(original), original, event->module, result);
}

void Course::answer_own(Request& own, Status result) {
    Module& module = *focus.module;
    if (module.own_open > 0) --module.own_open;
    count(own, -1);
    if (result != status::success) return;
    learn(own.oid, event->module);
    learn_listed(own.oid, event->module);
    if (own.oid == oid::nic_request && offload::info(own.detail).effect == OffloadEffect::allocates)
        module.allocated |= offload::info(own.detail).kind;
    if (own.oid == oid::parameters)
        move_activation(event->detail != 0 ? ActivationEvent::answered_active
                                           : ActivationEvent::answered_inactive);
}

/// What an extension asks for of its own tells whether it knows that there is anything to ask for.
void Course::note_question() {
    if (event->oid == oid::parameters) move_activation(ActivationEvent::asks_parameters);
    if (oid::asks_for_configuration(event->oid))
        move_activation(ActivationEvent::asks_configuration);
}

void Course::complete_up() {
    if (focus.module == nullptr) return;
    const bool own = focus.request != nullptr && focus.request->own;
    if (own && focus.request->maker == event->module) return;  // OID-12 told of it.
    if (focus.request == nullptr || focus.request->module != event->module) {
        OidState    nowhere = OidState::unknown;
        const Voice voice   = ledger.facts.whole ? Voice::aloud : Voice::silent;
        advance(machines.oid_request, nowhere, OidEvent::completed, 0, voice);
        return;
    }
    Request&       request = *focus.request;
    const OidState was     = request.state;
    if (!advance(machines.oid_request, request.state, OidEvent::completed, request.since,
                 request.tainted ? Voice::silent : Voice::aloud))
        request.tainted = true;
    if (is_open(was)) finish(request, was, event->status);
}

void Course::handler_returned() {
    if (focus.module == nullptr || focus.request == nullptr) return;
    Request& request = *focus.request;
    if (request.module != event->module) return;
    const OidState was = request.state;
    const auto     what =
        event->status == status::pending ? OidEvent::returned_pending : OidEvent::returned_final;
    if (!advance(machines.oid_request, request.state, what, request.since,
                 request.tainted ? Voice::silent : Voice::aloud))
        request.tainted = true;
    if (what == OidEvent::returned_final && is_open(was)) finish(request, was, event->status);
}

/// The extension is done with a request; it was held, below, or back from below.
void Course::finish(Request& request, OidState was, Status result) {
    request.since  = at;
    Module& module = *focus.module;
    if (module.inflight > 0) --module.inflight;
    take_off(ledger.requests_open, ledger.requests, ledger.requests.find(request.id));
    const bool decided = was != OidState::answered || result != request.below;
    if (decided) ledger.requests[request.root].decided_above = true;
    const bool saved = request.oid == oid::nic_save && was == OidState::held &&
                       result == status::success && (event->flags & buffer::named) != 0;
    if (saved) module.extension = buffer::number_in(event->flags);
    if (was != OidState::answered) show_result(tells_of(request), request, event->module, result);
}

void Course::at_bottom() {
    if (focus.request != nullptr) ledger.requests[focus.request->root].at_bottom = true;
}

}  // namespace interlock::model
