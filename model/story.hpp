#pragma once

// Traces written by hand, for tests: one extension in one switch, a call or a whole custom a line.
//
// What is named by a step makes that step's events; what reads as a sentence does it all, rightly.

#include <vector>

#include "model/constants.hpp"
#include "model/event.hpp"
#include "model/oids.hpp"

namespace interlock::model {

struct At {
    PortId   port = 0;
    NicIndex nic  = 0;
};

class Story {
public:
    /// One extension, attached and running, in an active switch, unless told otherwise.
    explicit Story(ExtensionClass kind = ExtensionClass::forwarding);
    static Story before_attach();
    static Story before_activation();

    std::vector<Event> events;

    // One event. The fields of `with` are kept; call, phase, module and task are set.
    Event& enter(Call call, Event with = {});
    Event& leave(Call call, Event with = {});
    Event& host(Call call, Event with = {});  // Of the switch's own ends, and of the run.
    /// An enter and its leave with a status.
    void call(Call made, Event with = {}, Status result = status::success);
    void list(Call made, ObjectId nbl, At source = {});

    // The module.
    void attach(ExtensionClass kind = ExtensionClass::forwarding);
    void restart();
    void pause();
    void detach();
    void net_pnp(std::uint32_t code);  // The event comes, and is passed on.

    // OID requests of the switch, step by step ...
    ObjectId issue(Oid oid, At at = {}, std::uint32_t detail = 0);
    ObjectId issue(const Event& with);   // With whatever fields it is to have.
    void     deliver(ObjectId request);  // FilterOidRequest is entered;
    ObjectId forward(ObjectId request);  // NdisFOidRequest is entered;
    void     answer(ObjectId clone, Status result = status::success);  // it returns a result;
    void     handler_returns(ObjectId request, Status result = status::success);
    void     complete_up(ObjectId request, Status result = status::success);
    void     edge_completes(ObjectId request, Status result = status::success);
    // ... and at once: passed on by the extension, and completed from below with `result`.
    void pass(Oid oid, At at = {}, std::uint32_t detail = 0, Status result = status::success);
    void pass(const Event& with, Status result = status::success);
    /// Completed by the extension itself.
    void decide(Oid oid, At at, Status result, std::uint32_t detail = 0);
    void decide(const Event& with, Status result);

    // OID requests of the extension.
    ObjectId ask(Oid oid, At about = {}, At target = {});
    ObjectId ask(const Event& with);
    void     answered(ObjectId request, Status result = status::success, std::uint32_t detail = 0);
    void     learns_parameters(bool active = true);

    // Status indications: the switch's, which the extension passes on, and the extension's.
    void status_comes(const Event& with);
    void indicates(const Event& with);

    // A switch as it should be: guest adapters on ports of their own.
    void port_created(PortId port, std::uint32_t type = port_type::synthetic);
    void nic_created(At at, std::uint32_t type = nic_type::synthetic);
    void nic_connected(At at);
    void nic_disconnected(At at);
    void nic_deleted(At at);
    void port_torn_down(PortId port);
    void port_deleted(PortId port);
    void guest(PortId port);       // Created and connected.
    void team(PortId port);        // External, with one adapter below it.
    void guest_gone(PortId port);  // Disconnected to deleted.

    // References.
    void reference_nic(At at, Status result = status::success);
    void dereference_nic(At at);
    void reference_port(PortId port, Status result = status::success);
    void dereference_port(PortId port);

    // Packets, step by step ...
    ObjectId sent_by(At source);                  // ProtocolEdgeSend
    void     hand_down(ObjectId nbl, At source);  // FilterSendNetBufferLists, there and back
    void     commit(ObjectId nbl, At destination, Status result = status::success);
    void     pass_down(ObjectId nbl);         // NdisFSendNetBufferLists, to the bottom
    void     turns_round(ObjectId nbl);       // MiniportEdgeIndicate
    void     hand_up(ObjectId nbl);           // FilterReceiveNetBufferLists
    void     pass_up(ObjectId nbl);           // NdisFIndicateReceiveNetBufferLists
    void     give_back_up(ObjectId nbl);      // FilterReturnNetBufferLists
    void     return_down(ObjectId nbl);       // NdisFReturnNetBufferLists
    void     turned_round(ObjectId nbl);      // MiniportEdgeReturned, -SendComplete
    void     give_back_down(ObjectId nbl);    // FilterSendNetBufferListsComplete
    void     finish_up(ObjectId nbl);         // NdisFSendNetBufferListsComplete
    void     drops(ObjectId nbl, At source);  // The same, reported and never passed on
    void     turns_away(ObjectId nbl);        // The same, with NDIS_STATUS_PAUSED
    void     done(ObjectId nbl);              // ProtocolEdgeSendComplete
    // ... and at once, from one adapter to another.
    void delivers(At source, At destination);
    void comes_back(ObjectId nbl);  // From where turns_round ends.

    // Packets of the extension.
    ObjectId makes();  // Allocated, with a context
    ObjectId clones(ObjectId original, std::uint32_t copy_flags = 0);
    ObjectId makes_bare();           // without one
    void     context(ObjectId nbl);  // AllocateNetBufferListForwardingContext
    void     unmakes(ObjectId nbl);  // Context and NBL freed

    void quiescent();
    void ends();  // Quiescent, and EndOfRun of a complete run.

    ModuleId      module = 0;
    std::uint16_t task   = 1;

private:
    struct Bare {};
    explicit Story(Bare /*none*/) {}
    ObjectId next = 100;
    Event    known(ObjectId request) const;
};

}  // namespace interlock::model
