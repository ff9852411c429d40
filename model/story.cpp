#include "model/story.hpp"

namespace interlock::model {
namespace {

Event about(ObjectId object) {
    return {.object = object};
}

}  // namespace

Event& Story::enter(Call call, Event with) {
    with.call   = call;
    with.phase  = Phase::enter;
    with.module = module;
    with.task   = task;
    events.push_back(with);
    return events.back();
}

Event& Story::leave(Call call, Event with) {
    enter(call, with).phase = Phase::leave;
    return events.back();
}

Event& Story::host(Call call, Event with) {
    enter(call, with).module = host_module;
    return events.back();
}

void Story::call(Call made, Event with, Status result) {
    enter(made, with);
    with.status = result;
    leave(made, with);
}

/// A call with a list of one: its return names no NBL.
void Story::list(Call made, ObjectId nbl, At source) {
    const bool returns =
        made == Call::NdisFReturnNetBufferLists || made == Call::FilterReturnNetBufferLists;
    enter(made, {.object = nbl,
                 .port   = source.port,
                 .nic    = source.nic,
                 .count  = 1,
                 .flags  = returns ? flag::return_single_source : 0,
                 .detail = 1});
    leave(made);
}

Story::Story(ExtensionClass kind) {
    attach(kind);
    restart();
    host(Call::SwitchActivated);
    net_pnp(pnp::switch_activate);
}

Story Story::before_attach() {
    return Story(Bare{});
}

Story Story::before_activation() {
    Story story = before_attach();
    story.attach();
    story.restart();
    return story;
}

void Story::attach(ExtensionClass kind) {
    enter(Call::FilterAttach, {.detail = static_cast<std::uint32_t>(kind)});
    call(Call::NdisFSetAttributes);
    call(Call::NdisFGetOptionalSwitchHandlers);
    leave(Call::FilterAttach);
}

void Story::restart() {
    call(Call::FilterRestart);
}
void Story::pause() {
    call(Call::FilterPause);
}
void Story::detach() {
    call(Call::FilterDetach);
}
void Story::net_pnp(std::uint32_t code) {
    enter(Call::FilterNetPnPEvent, {.detail = code});
    call(Call::NdisFNetPnPEvent, {.detail = code});
    leave(Call::FilterNetPnPEvent);
}

ObjectId Story::issue(Oid oid, At at, std::uint32_t detail) {
    return issue({.port = at.port, .nic = at.nic, .oid = oid, .detail = detail});
}

ObjectId Story::issue(const Event& with) {
    host(Call::ProtocolEdgeOidRequest, with).object = ++next;
    return next;
}

/// The event that issued a request, to be told again with its fields.
Event Story::known(ObjectId request) const {
    for (const Event& event : events)
        if (event.object == request && event.oid != 0) return event;
    return about(request);
}

void Story::deliver(ObjectId request) {
    enter(Call::FilterOidRequest, known(request));
}

ObjectId Story::forward(ObjectId request) {
    Event clone  = known(request);
    clone.parent = request;
    clone.object = ++next;
    enter(Call::NdisAllocateCloneOidRequest, clone);
    enter(Call::NdisFOidRequest, clone);
    return clone.object;
}

void Story::answer(ObjectId clone, Status result) {
    Event done  = known(clone);
    done.status = result;
    host(Call::MiniportEdgeOidRequest, known(clone));
    host(Call::MiniportEdgeOidRequestComplete, done);
    leave(Call::NdisFOidRequest, done);
    enter(Call::NdisFreeCloneOidRequest, about(clone));
}

void Story::handler_returns(ObjectId request, Status result) {
    Event done  = known(request);
    done.status = result;
    leave(Call::FilterOidRequest, done);
}

void Story::complete_up(ObjectId request, Status result) {
    Event done  = known(request);
    done.status = result;
    call(Call::NdisFOidRequestComplete, done);
}

void Story::edge_completes(ObjectId request, Status result) {
    Event done  = known(request);
    done.status = result;
    host(Call::ProtocolEdgeOidRequestComplete, done);
}

void Story::pass(Oid oid, At at, std::uint32_t detail, Status result) {
    pass({.port = at.port, .nic = at.nic, .oid = oid, .detail = detail}, result);
}

void Story::pass(const Event& with, Status result) {
    const ObjectId request = issue(with);
    deliver(request);
    answer(forward(request), result);
    handler_returns(request, result);
    edge_completes(request, result);
}

void Story::decide(Oid oid, At at, Status result, std::uint32_t detail) {
    decide({.port = at.port, .nic = at.nic, .oid = oid, .detail = detail}, result);
}

void Story::decide(const Event& with, Status result) {
    const ObjectId request = issue(with);
    deliver(request);
    handler_returns(request, result);
    edge_completes(request, result);
}

ObjectId Story::ask(Oid oid, At about_what, At target) {
    return ask({.port       = about_what.port,
                .nic        = about_what.nic,
                .other_port = target.port,
                .other_nic  = target.nic,
                .oid        = oid});
}

ObjectId Story::ask(const Event& with) {
    enter(Call::NdisFOidRequest, with).object = ++next;
    return next;
}

void Story::answered(ObjectId request, Status result, std::uint32_t detail) {
    Event done  = known(request);
    done.status = result;
    done.detail = detail;
    leave(Call::NdisFOidRequest, done);
}

void Story::learns_parameters(bool active) {
    answered(ask(oid::parameters), status::success, active ? 1 : 0);
}

void Story::status_comes(const Event& with) {
    enter(Call::FilterStatus, with);
    call(Call::NdisFIndicateStatus, with, with.status);
    leave(Call::FilterStatus);
}

void Story::indicates(const Event& with) {
    call(Call::NdisFIndicateStatus, with, with.status);
}

void Story::port_created(PortId port, std::uint32_t type) {
    pass(oid::port_create, {port}, type);
}
void Story::nic_created(At at, std::uint32_t type) {
    pass(oid::nic_create, at, type);
}
void Story::nic_connected(At at) {
    pass(oid::nic_connect, at);
}
void Story::nic_disconnected(At at) {
    pass(oid::nic_disconnect, at);
}
void Story::nic_deleted(At at) {
    pass(oid::nic_delete, at);
}
void Story::port_torn_down(PortId port) {
    pass(oid::port_teardown, {port});
}
void Story::port_deleted(PortId port) {
    pass(oid::port_delete, {port});
}

void Story::guest(PortId port) {
    port_created(port);
    nic_created({port});
    nic_connected({port});
}

void Story::team(PortId port) {
    port_created(port, port_type::external);
    for (const NicIndex nic : {NicIndex{0}, NicIndex{1}})
        nic_created({port, nic}, nic_type::external);
    for (const NicIndex nic : {NicIndex{0}, NicIndex{1}})
        nic_connected({port, nic});
}

void Story::guest_gone(PortId port) {
    nic_disconnected({port});
    nic_deleted({port});
    port_torn_down(port);
    port_deleted(port);
}

void Story::reference_nic(At at, Status result) {
    call(Call::ReferenceSwitchNic, {.port = at.port, .nic = at.nic}, result);
}
void Story::dereference_nic(At at) {
    call(Call::DereferenceSwitchNic, {.port = at.port, .nic = at.nic});
}
void Story::reference_port(PortId port, Status result) {
    call(Call::ReferenceSwitchPort, {.port = port}, result);
}
void Story::dereference_port(PortId port) {
    call(Call::DereferenceSwitchPort, {.port = port});
}

ObjectId Story::sent_by(At source) {
    const ObjectId nbl = ++next;
    host(Call::ProtocolEdgeSend,
         {.object = nbl, .port = source.port, .nic = source.nic, .count = 1, .detail = 1});
    return nbl;
}

void Story::hand_down(ObjectId nbl, At source) {
    list(Call::FilterSendNetBufferLists, nbl, source);
}

void Story::commit(ObjectId nbl, At destination, Status result) {
    call(Call::AddNetBufferListDestination,
         {.object = nbl, .other_port = destination.port, .other_nic = destination.nic}, result);
}

void Story::pass_down(ObjectId nbl) {
    enter(Call::NdisFSendNetBufferLists, {.object = nbl, .count = 1});
    host(Call::MiniportEdgeSend, about(nbl));
    leave(Call::NdisFSendNetBufferLists);
}

void Story::turns_round(ObjectId nbl) {
    host(Call::MiniportEdgeIndicate, about(nbl));
}

void Story::hand_up(ObjectId nbl) {
    list(Call::FilterReceiveNetBufferLists, nbl);
}

void Story::pass_up(ObjectId nbl) {
    enter(Call::NdisFIndicateReceiveNetBufferLists, {.object = nbl, .count = 1});
    leave(Call::NdisFIndicateReceiveNetBufferLists);
}

void Story::give_back_up(ObjectId nbl) {
    list(Call::FilterReturnNetBufferLists, nbl);
}

void Story::return_down(ObjectId nbl) {
    list(Call::NdisFReturnNetBufferLists, nbl);
}

void Story::turned_round(ObjectId nbl) {
    host(Call::MiniportEdgeReturned, about(nbl));
    host(Call::MiniportEdgeSendComplete, about(nbl));
}

void Story::give_back_down(ObjectId nbl) {
    list(Call::FilterSendNetBufferListsComplete, nbl);
}

void Story::finish_up(ObjectId nbl) {
    list(Call::NdisFSendNetBufferListsComplete, nbl);
}

void Story::drops(ObjectId nbl, At source) {
    call(Call::ReportFilteredNetBufferLists, {.object     = nbl,
                                              .port       = source.port,
                                              .nic        = source.nic,
                                              .count      = 1,
                                              .other_port = source.port,
                                              .flags      = flag::report_is_incoming});
    finish_up(nbl);
}

void Story::turns_away(ObjectId nbl) {
    enter(Call::NdisFSendNetBufferListsComplete,
          {.object = nbl, .count = 1, .status = status::paused});
    leave(Call::NdisFSendNetBufferListsComplete);
}

void Story::done(ObjectId nbl) {
    host(Call::ProtocolEdgeSendComplete, about(nbl));
}

void Story::comes_back(ObjectId nbl) {
    hand_up(nbl);
    pass_up(nbl);
    give_back_up(nbl);
    return_down(nbl);
    turned_round(nbl);
    give_back_down(nbl);
}

void Story::delivers(At source, At destination) {
    const ObjectId nbl = sent_by(source);
    hand_down(nbl, source);
    commit(nbl, destination);
    pass_down(nbl);
    turns_round(nbl);
    comes_back(nbl);
    finish_up(nbl);
    done(nbl);
}

ObjectId Story::makes_bare() {
    const ObjectId nbl = ++next;
    enter(Call::NdisAllocateNetBufferList);
    leave(Call::NdisAllocateNetBufferList, about(nbl));
    return nbl;
}

void Story::context(ObjectId nbl) {
    call(Call::AllocateNetBufferListForwardingContext, about(nbl));
}

ObjectId Story::makes() {
    const ObjectId nbl = makes_bare();
    context(nbl);
    return nbl;
}

ObjectId Story::clones(ObjectId original, std::uint32_t copy_flags) {
    const ObjectId nbl = ++next;
    enter(Call::NdisAllocateCloneNetBufferList, {.parent = original});
    leave(Call::NdisAllocateCloneNetBufferList, {.object = nbl, .parent = original});
    context(nbl);
    call(Call::CopyNetBufferListInfo, {.object = nbl, .parent = original, .flags = copy_flags});
    return nbl;
}

void Story::unmakes(ObjectId nbl) {
    call(Call::FreeNetBufferListForwardingContext, about(nbl));
    call(Call::NdisFreeNetBufferList, about(nbl));
}

void Story::quiescent() {
    host(Call::Quiescent);
}

void Story::ends() {
    quiescent();
    host(Call::EndOfRun, {.detail = static_cast<std::uint32_t>(RunEnd::complete)});
}

}  // namespace interlock::model
