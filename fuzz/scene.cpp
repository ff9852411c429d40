#include "fuzz/scene.hpp"

#include <algorithm>
#include <array>

#include "fuzz/scene_events.hpp"
#include "model/call_traits.hpp"
#include "model/constants.hpp"

namespace interlock::fuzz {
namespace {

using enum model::Call;
using model::Call;
using model::Event;
using model::ObjectId;
using model::Oid;
using model::Phase;
using model::Status;

namespace oid    = model::oid;
namespace status = model::status;

constexpr model::PortId the_port         = 2;
constexpr std::size_t   calls_open_max   = 2;
constexpr std::size_t   clones_max       = 2;
constexpr std::size_t   handed_max       = 2;
constexpr auto          host             = model::Party::host;
constexpr std::uint32_t filtering = static_cast<std::uint32_t>(model::ExtensionClass::filtering);

/// One for each thing that a request of the switch tells of a port or an adapter.
constexpr std::array lives{
    oid::port_create,    oid::port_updated,      oid::port_property_add, oid::port_teardown,
    oid::port_delete,    oid::nic_create,        oid::nic_connect,       oid::nic_updated,
    oid::nic_save,       oid::nic_save_complete, oid::nic_restore,       oid::nic_restore_complete,
    oid::nic_disconnect, oid::nic_delete,
};

/// Tells nothing of ports and adapters, and whoever has it may complete it or pass it on.
constexpr std::array neutral{oid::feature_status_query};

/// A list of one packet, from no adapter of the switch.
Event list(Call call, ObjectId nbl) {
    const bool gives_back = call == NdisFReturnNetBufferLists || call == FilterReturnNetBufferLists;
    return entered(call, {.object = nbl,
                          .count  = 1,
                          .flags  = gives_back ? model::flag::return_single_source : 0,
                          .detail = 1});
}

std::span<const Status> results_of(Call call, Cast cast) {
    static constexpr std::array<Status, 3> any{status::success, status::failure, status::pending};
    static constexpr std::array<Status, 2> no_waiting{status::success, status::failure};
    static constexpr std::array<Status, 2> no_failing{status::success, status::pending};
    static constexpr std::array<Status, 1> only{status::success};
    switch (call) {
        case FilterRestart:
            return any;
        case FilterOidRequest:
            return cast == Cast::a_request ? std::span<const Status>(any) : only;
        case FilterAttach:
            return no_waiting;
        case FilterPause:
        case NdisFOidRequest:
            return no_failing;
        default:
            return only;
    }
}

bool is_of_life(Call call) {
    return call == FilterAttach || call == FilterRestart || call == FilterPause ||
           call == FilterDetach;
}

/// Whether its buffer says of which type the adapter is.
bool tells_of_an_adapter(Oid oid) {
    const auto tells = oid::info(oid).tells;
    return tells >= model::Tells::nic_create && tells <= model::Tells::nic_delete;
}

}  // namespace

std::string_view name(Cast cast) {
    constexpr std::array<std::string_view, 7> names{
        "the switch", "a module", "a request", "a packet", "a session", "a property", "a question"};
    return names[static_cast<std::size_t>(cast)];
}

Scene::Scene(Cast players, Extent much, std::span<const Event> told) : cast(players), extent(much) {
    for (const Event& event : told)
        take(event);
    for (const Request& request : requests)
        objects.push_back(request.id);
    for (const Packet& packet : packets)
        objects.push_back(packet.id);
}

void Scene::take(const Event& event) {
    newest = std::max(newest, event.object);
    if (event.phase == Phase::leave) {
        open.pop_back();
    } else if (model::nests(event.call)) {
        open.push_back({event.call, event.object});
    }
    if (is_of_life(event.call)) lived = event.call;
    activated |= event.call == SwitchActivated;
    const auto named = model::call_traits::of(event.call);
    if (named & model::call_traits::request || event.call == NdisAllocateCloneOidRequest ||
        event.call == NdisFreeCloneOidRequest)
        take_request(event);
    if (named & model::call_traits::packet) take_packet(event);
}

void Scene::drop(ObjectId object) {
    std::erase_if(requests, [&](const Request& request) { return request.id == object; });
    std::erase_if(packets, [&](const Packet& packet) { return packet.id == object; });
}

void Scene::take_request(const Event& event) {
    const auto request = std::ranges::find(requests, event.object, &Request::id);
    if (cast == Cast::a_question) return take_question(event);
    switch (event.call) {
        case MiniportEdgeOidRequest:
            request->sent = true;
            return;
        case ProtocolEdgeOidRequest:
            requests.push_back({.id = event.object, .issued = event});
            ++issued;
            return;
        case NdisAllocateCloneOidRequest:
            requests.push_back({.id = event.object, .parent = event.parent, .issued = event});
            return;
        // Nobody has it any more, and so nobody can name it.
        case ProtocolEdgeOidRequestComplete:
        case NdisFreeCloneOidRequest:
            if (event.phase == Phase::enter) drop(event.object);
            return;
        case FilterOidRequest:
            if (event.phase == Phase::enter && cast == Cast::a_request) ++handed;
            return;
        case NdisFOidRequest:
            request->sent = true;
            return;
        default:
            return;
    }
}

void Scene::take_question(const Event& event) {
    if (event.phase == Phase::leave) return drop(event.object);
    requests.push_back({.id = event.object, .issued = event});
}

void Scene::take_packet(const Event& event) {
    const bool enters = event.phase == Phase::enter;
    if (event.call == ProtocolEdgeSend) packets.push_back({.id = event.object});
    if (event.call == NdisAllocateNetBufferList && !enters)
        packets.push_back({.id = event.object, .own = true});
    if (event.call == NdisFSendNetBufferLists || event.call == NdisFIndicateReceiveNetBufferLists)
        for (Packet& packet : packets)
            packet.sent |= packet.id == event.object;
    const bool given =
        event.call == FilterSendNetBufferLists || event.call == FilterReceiveNetBufferLists;
    const bool ended =
        event.call == NdisFSendNetBufferListsComplete || event.call == NdisFReturnNetBufferLists;
    for (Packet& packet : packets)
        if (packet.id == event.object && (given || ended)) packet.held = given;
    if (event.call == ProtocolEdgeSend || (event.call == NdisAllocateNetBufferList && enters))
        ++made;
    if (event.call == ProtocolEdgeSendComplete || (event.call == NdisFreeNetBufferList && !enters))
        drop(event.object);
}

void Scene::tell(std::vector<std::uint32_t>& into) const {
    for (const Request& request : requests)
        into.push_back(request.sent ? 1 : 0);
    for (const Packet& packet : packets)
        into.push_back(static_cast<std::uint32_t>(packet.own + 2 * packet.sent + 4 * packet.held));
    into.push_back(static_cast<std::uint32_t>(cast == Cast::a_request ? issued : 0));
    into.push_back(static_cast<std::uint32_t>(cast == Cast::a_packet ? made : 0));
    into.push_back(static_cast<std::uint32_t>(handed));
    into.push_back(static_cast<std::uint32_t>(cast == Cast::a_module ? FilterDetach : lived));
}

std::vector<Event> Scene::next() const {
    std::vector<Event> events;
    if (cast == Cast::the_switch) {
        switch_goes_on(events);
        return events;
    }
    if (cast == Cast::a_session) sessions_go_on(events);
    if (cast == Cast::a_property) properties_go_on(events);
    if (cast == Cast::a_session || cast == Cast::a_property) return events;
    returns(events);
    // What is done with a request or a packet has nothing to do with how the module goes on.
    if (cast == Cast::a_module || (is_whole() && requests.empty() && packets.empty()))
        module_goes_on(events);
    if (cast == Cast::a_request || (cast == Cast::a_module && is_whole())) request_goes_on(events);
    if (cast == Cast::a_module) packet_goes_on(events);
    if (cast == Cast::a_question) questions_go_on(events);
    const bool runs = lived == FilterRestart || !is_whole();
    if (cast == Cast::a_packet && runs) {
        packet_goes_on(events);
        own_packet_goes_on(events);
    }
    return events;
}

bool Scene::is_at_rest() const {
    return open.empty() && requests.empty() && packets.empty();
}

bool Scene::room_for_calls() const {
    if (open.empty()) return true;
    // Only what a story is about is tried within another call.
    const Call within = open.back().call;
    const bool about  = cast == Cast::a_request  ? within == FilterOidRequest
                        : cast == Cast::a_module ? is_of_life(within)
                                                 : false;
    return (about || within == FilterAttach) && open.size() < calls_open_max;
}

/// In the order that a module lives by. Another is tried only where a story is about it.
bool Scene::comes_next(Call call) const {
    if (!open.empty()) return false;
    switch (lived) {
        case FilterRestart:
            return call == FilterPause;
        case FilterAttach:
        case FilterPause:
            return call == FilterRestart || call == FilterDetach;
        default:
            return call == FilterAttach;
    }
}

bool Scene::is_whole() const {
    return extent == Extent::whole_runs;
}

void Scene::issues(std::vector<Event>& events, std::span<const Oid> oids) const {
    for (const Oid oid : oids) {
        const bool about_port = oid::info(oid).tells != model::Tells::nothing;
        Event      event      = of_host(ProtocolEdgeOidRequest, {.object = newest + 1, .oid = oid});
        if (about_port) event.port = the_port;
        if (oid == oid::port_create) event.detail = model::port_type::synthetic;
        if (tells_of_an_adapter(oid)) event.detail = model::nic_type::synthetic;
        events.push_back(event);
    }
}

void Scene::switch_goes_on(std::vector<Event>& events) const {
    if (requests.size() < requests_at_once) {
        if (is_whole()) issues(events, lives);
        if (!is_whole()) issues(events, ways);
    }
    for (const Request& request : requests)
        for (const Status result : {status::success, status::failure}) {
            Event event  = of_host(ProtocolEdgeOidRequestComplete, request.issued);
            event.status = result;
            events.push_back(event);
        }
    if (packets.empty())
        events.push_back(of_host(
            ProtocolEdgeSend, {.object = newest + 1, .port = the_port, .count = 1, .detail = 1}));
    for (const Packet& packet : packets)
        events.push_back(of_host(ProtocolEdgeSendComplete, {.object = packet.id}));
}

void Scene::module_goes_on(std::vector<Event>& events) const {
    if (!room_for_calls()) return;
    for (const Call call : {FilterAttach, FilterRestart, FilterPause, FilterDetach})
        if (cast == Cast::a_module || comes_next(call))
            events.push_back(entered(call, {.detail = call == FilterAttach ? filtering : 0}));
    const bool attaching = !open.empty() && open.back().call == FilterAttach;
    if (is_whole() && (attaching || cast == Cast::a_module))
        for (const Call call : {NdisFSetAttributes, NdisFGetOptionalSwitchHandlers})
            events.push_back(entered(call));
    if (cast != Cast::a_module) return;
    for (const Status result : {status::success, status::failure})
        events.push_back(entered(NdisFRestartComplete, {.status = result}));
    events.push_back(entered(NdisFPauseComplete));
}

void Scene::request_goes_on(std::vector<Event>& events) const {
    const bool comes = cast == Cast::a_module ? packets.empty() : issued == 0;
    if (requests.empty() && comes) issues(events, neutral);
    const auto clones = static_cast<std::size_t>(std::ranges::count_if(
        requests, [](const Request& request) { return request.parent != 0; }));
    for (const Request& request : requests) {
        Event about  = request.issued;
        about.status = status::success;
        if (request.parent == 0) {
            events.push_back(of_host(ProtocolEdgeOidRequestComplete, about));
            if (room_for_calls() && handed < handed_max)
                events.push_back(entered(FilterOidRequest, about));
            if (room_for_calls() && cast == Cast::a_request)
                events.push_back(entered(NdisFOidRequestComplete, about));
            if (clones < clones_max && cast == Cast::a_request) {
                about.object = newest + 1;
                about.parent = request.id;
                events.push_back(entered(NdisAllocateCloneOidRequest, about));
            }
            continue;
        }
        if (room_for_calls()) {
            events.push_back(entered(NdisFOidRequest, about));
            if (request.sent) events.push_back(entered(FilterOidRequestComplete, about));
        }
        events.push_back(entered(NdisFreeCloneOidRequest, {.object = request.id}));
    }
}

void Scene::packet_goes_on(std::vector<Event>& events) const {
    const bool again = cast == Cast::a_module;
    if (packets.empty() && (again ? requests.empty() : made == 0))
        events.push_back(
            of_host(ProtocolEdgeSend, {.object = newest + 1, .count = 1, .detail = 1}));
    for (const Packet& packet : packets) {
        if (!packet.own && !packet.held)
            events.push_back(of_host(ProtocolEdgeSendComplete, {.object = packet.id}));
        if (!room_for_calls()) continue;
        if (again) {
            events.push_back(list(FilterSendNetBufferLists, packet.id));
            if (!is_whole()) continue;
            events.push_back(list(NdisFSendNetBufferListsComplete, packet.id));
            events.push_back(events.back());
            events.back().status = status::paused;  // As a module does that pauses.
            continue;
        }
        for (const Call call : {FilterSendNetBufferLists, NdisFSendNetBufferLists,
                                FilterSendNetBufferListsComplete, NdisFSendNetBufferListsComplete,
                                FilterReceiveNetBufferLists, NdisFIndicateReceiveNetBufferLists,
                                FilterReturnNetBufferLists, NdisFReturnNetBufferLists}) {
            // Who hands over what an extension made has had it from it.
            const bool had = packet.sent || !packet.own || !is_whole();
            if (had || model::caller_of(call) != host) events.push_back(list(call, packet.id));
        }
    }
}

void Scene::own_packet_goes_on(std::vector<Event>& events) const {
    if (!room_for_calls()) return;
    if (made == 0) events.push_back(entered(NdisAllocateNetBufferList));
    for (const Packet& packet : packets) {
        for (const Call call :
             {AllocateNetBufferListForwardingContext, FreeNetBufferListForwardingContext})
            events.push_back(entered(call, {.object = packet.id}));
        if (packet.own) events.push_back(entered(NdisFreeNetBufferList, {.object = packet.id}));
    }
}

/// The innermost call comes back.
void Scene::returns(std::vector<Event>& events) const {
    if (open.empty()) return;
    const Open& innermost = open.back();
    if (cast == Cast::a_question && innermost.call == NdisFOidRequest) return answers(events);
    for (const Status result : results_of(innermost.call, cast)) {
        const bool     makes  = innermost.call == NdisAllocateNetBufferList;
        const bool     lists  = model::carries_list(innermost.call);
        const ObjectId object = makes ? newest + 1 : lists ? 0 : innermost.object;
        events.push_back(left(innermost.call, result, object));
    }
}

}  // namespace interlock::fuzz
