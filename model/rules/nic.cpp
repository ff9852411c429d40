// Network adapter connections: how the switch makes, connects, disconnects and deletes them.

#include "model/rules/completion.hpp"
#include "model/rules/left_open.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view states_page =
    "hyper-v-extensible-switch-port-and-network-adapter-states";
constexpr std::string_view physical_page = "managing-physical-network-adapter-connection-status";

struct NeedsPort {
    static constexpr Rule rule{
        .id      = "NIC-01",
        .title   = "Adapter create needs a created port",
        .obliged = Obliged::host,
        .says =
            "A network adapter connection is created only on a port that was created and "
            "whose teardown has not begun.",
        .page    = states_page,
        .heading = "Hyper-V Extensible Switch Network Adapters",
    };
};

struct OneConnection {
    static constexpr Rule rule{
        .id      = "NIC-02",
        .title   = "One connection for each port and index",
        .obliged = Obliged::host,
        .says =
            "A network adapter connection is created only where there is none; after its "
            "delete a new one may be created on the same port.",
        .page    = states_page,
        .heading = "Network adapter connection created",
        .also    = "PKT-25 ATTACH-05",
    };
};

struct IndexDomain {
    static constexpr Rule rule{
        .id      = "NIC-03",
        .title   = "Index domain",
        .obliged = Obliged::host,
        .says =
            "The adapter on a port itself has index 0; indices 1 to 32 are for what lies "
            "below the external adapter.",
        .page    = "network-adapter-index-values",
        .heading = "1-32",
    };
};

struct VetoLeavesPort {
    static constexpr Rule rule{
        .id       = "NIC-05",
        .title    = "A vetoed adapter create leaves the port usable",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "A connection whose create failed is not there: it is not connected, "
            "disconnected or deleted.",
        .page    = states_page,
        .heading = "Network adapter connection created",
    };
};

struct PassedThroughWhenCreated {
    static constexpr Rule rule{
        .id       = "NIC-07",
        .title    = "Traffic may come before the connect",
        .obliged  = Obliged::host,
        .severity = Severity::warning,
        .says =
            "Between create and connect the switch may send packets over the connection; "
            "extensions pass them on.",
        .page    = states_page,
        .heading = "Network adapter connection created",
        .also    = "PKT-02",
    };
};

struct ConnectOnce {
    static constexpr Rule rule{
        .id      = "NIC-08",
        .title   = "Connect exactly once, from created",
        .obliged = Obliged::host,
        .says    = "A network adapter is connected once, after its create has succeeded.",
        .page    = physical_page,
        .heading = "Managing Physical Network Adapter Connection Status",
    };
};

struct ConnectSucceeds {
    static constexpr Rule rule{
        .id      = "NIC-09",
        .title   = "Connect succeeds",
        .obliged = Obliged::host,
        .says =
            "The miniport edge completes OID_SWITCH_NIC_CONNECT with success, and from then "
            "on the connection is there to be used.",
        .page    = "oid-switch-nic-connect",
        .heading = "Return Status Codes",
    };
};

struct UpdateConnected {
    static constexpr Rule rule{
        .id      = "NIC-10",
        .title   = "Update only a connected adapter",
        .obliged = Obliged::host,
        .says    = "OID_SWITCH_NIC_UPDATED is issued only between connect and disconnect.",
        .page    = "oid-switch-nic-updated",
        .heading = "OID_SWITCH_NIC_UPDATED",
    };
};

struct DisconnectOnce {
    static constexpr Rule rule{
        .id      = "NIC-12",
        .title   = "Disconnect only what is connected",
        .obliged = Obliged::host,
        .says =
            "A connected network adapter is disconnected once; it never comes back without "
            "a delete and a create.",
        .page    = states_page,
        .heading = "Network adapter disconnected",
    };
};

struct NothingNewAfterDisconnect {
    static constexpr Rule rule{
        .id       = "NIC-15",
        .title    = "Only late traffic after the disconnect",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "What an adapter sent before it was disconnected may still arrive; nothing new "
            "enters the switch from it afterwards.",
        .page    = states_page,
        .heading = "Network adapter disconnected",
        .also    = "PKT-09",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeSendComplete, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->source == no_index) return;
        if (sight.ledger.nics[packet->source].state == NicState::disconnected) sight.held();
    }
};

struct DeleteAfterDisconnect {
    static constexpr Rule rule{
        .id      = "NIC-16",
        .title   = "Delete after disconnect, or when never connected",
        .obliged = Obliged::host,
        .says =
            "A network adapter connection is deleted once: after its disconnect has "
            "completed, or straight from created.",
        .page    = states_page,
        .heading = "Network adapter connection deleted",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_delete};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (nic == nullptr) return;
        if (nic->state == NicState::created)
            sight.host_doubted(Doubt::never_connected,
                               "deleted an adapter that was never connected", nic->changed);
    }
};

struct DeleteWaits {
    static constexpr Rule rule{
        .id       = "NIC-17",
        .title    = "Delete waits until the connection is quiet",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "A network adapter connection is not deleted while a packet from or to it is "
            "unfinished, an OID request names it, or an extension holds a reference on it.",
        .page    = "oid-switch-nic-delete",
        .heading = "Remarks",
        .also    = "PKT-10 PKT-11 PKT-12 PKT-14",
    };
};

/// NIC-19, judged when the run is over: only then is it sure that no step of it was to come.
struct DisconnectLeadsToDelete {
    static constexpr Rule rule{
        .id      = "NIC-19",
        .title   = "Disconnect leads to delete",
        .obliged = Obliged::host,
        .kind    = RuleKind::obligation,
        .says =
            "A network adapter connection that was disconnected and is quiet is deleted in "
            "the end.",
        .page    = "oid-switch-nic-disconnect",
        .heading = "OID_SWITCH_NIC_DISCONNECT",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.oid == oid::nic_delete) return sight.held();
        if (!switch_could_go_on(sight)) return;
        for (const Index index : sight.ledger.nics_open) {
            const Nic& nic = sight.ledger.nics[index];
            if (nic.state != NicState::disconnected || nic.pins > 0 || nic.oids_open > 0 ||
                nic.references.total > 0 || nic.adopted)
                continue;
            sight.broken(Party::host, host_module,
                         "never deleted an adapter that it had disconnected",
                         {.port = nic.port, .nic = nic.index, .has_nic = true}, nic.changed);
        }
    }
};

struct ExternalFirst {
    static constexpr Rule rule{
        .id      = "PHY-01",
        .title   = "External adapter first, bound adapters after it",
        .obliged = Obliged::host,
        .says    = "On the external port, index 0 is created before any index above 0.",
        .page    = physical_page,
        .heading = "Managing Physical Network Adapter Connection Status",
    };
};

struct ConnectOrder {
    static constexpr Rule rule{
        .id      = "PHY-02",
        .title   = "Connect order",
        .obliged = Obliged::host,
        .says    = "On the external port, index 0 is connected before any index above 0.",
        .page    = physical_page,
        .heading = "Managing Physical Network Adapter Connection Status",
        .also    = "PKT-26",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_create};

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (event.nic == 0) return;
        const Index index = sight.ledger.nic_at(event.port, 0);
        if (index == no_index || sight.ledger.nics[index].state != NicState::connected) return;
        sight.host_doubted(Doubt::literal_order,
                           "created a team member after index 0 was connected",
                           sight.ledger.nics[index].changed);
    }
};

struct BoundGoFirst {
    static constexpr Rule rule{
        .id      = "PHY-04",
        .title   = "Bound adapters go first",
        .obliged = Obliged::host,
        .says =
            "The external adapter is disconnected and deleted only after every adapter "
            "bound to it has been deleted.",
        .page    = physical_page,
        .heading = "Managing Physical Network Adapter Connection Status",
        .also    = "PKT-26",
    };
};

/// An OID request or a status indication that an extension starts for an adapter on its own
/// account. Null if the event is no such thing.
const Nic* used_by_own_control(const Sight& sight) {
    const Event& event = sight.event;
    if (event.module >= modules_max) return nullptr;
    if (event.call == Call::NdisFOidRequest) {
        const bool own = event.oid == oid::nic_request && is_own_request(sight);
        return own ? sight.focus.other : nullptr;
    }
    const Frame* within = sight.ledger.callback(event.task, event.module);
    if (within != nullptr && within->call == Call::FilterStatus) return nullptr;
    return event.status == indication::switch_nic_status ? sight.focus.nic : nullptr;
}

constexpr std::array own_control{Watch{Call::NdisFOidRequest, Phase::enter},
                                 Watch{Call::NdisFIndicateStatus, Phase::enter}};

Right control_right(const Nic& nic, ModuleId module) {
    const Right right = rights::of(nic.view[module]).oid;
    if (right != Right::under_reference) return right;
    const bool maybe = nic.adopted;  // A reference may have been taken before the trace began.
    return maybe || nic.references.held[module] > 0 ? Right::granted : Right::no_longer;
}

struct NoOwnUseBeforeConnect {
    static constexpr Rule rule{
        .id       = "NIC-06",
        .title    = "Created but not connected: no use of one's own",
        .modality = Modality::must_not,
        .says =
            "Before an adapter is connected, an extension starts no OID request and no "
            "status indication for it on its own account.",
        .page    = "oid-switch-nic-create",
        .heading = "Remarks",
        .also    = "PKT-30",
    };
    static constexpr auto watches = own_control;

    static void check(Sight& sight) {
        const Nic* nic = used_by_own_control(sight);
        if (nic == nullptr) return never_created(sight);
        if (nic->view[sight.event.module] == NicView::connect_delivered)
            return sight.extension_doubted(Doubt::connect_opens,
                                           "used an adapter whose connect is under way",
                                           nic->viewed[sight.event.module]);
        if (control_right(*nic, sight.event.module) != Right::not_yet) return sight.held();
        sight.extension_broke("used an adapter that is not connected yet",
                              nic->viewed[sight.event.module]);
    }

    static void never_created(Sight& sight) {
        const Event& event = sight.event;
        const bool   asks  = event.call == Call::NdisFOidRequest && event.oid == oid::nic_request &&
                          event.other_port != default_port && sight.focus.other == nullptr;
        if (asks && is_own_request(sight) && sight.ledger.facts.whole)
            sight.extension_broke("used an adapter that was never created", 0);
    }
};

struct NoOwnUseAfterDisconnect {
    static constexpr Rule rule{
        .id       = "NIC-13",
        .title    = "Disconnect revokes use, but for references",
        .modality = Modality::must_not,
        .says =
            "Once an extension has handled the disconnect of an adapter, it starts no OID "
            "request and no status indication for it, unless it holds a reference that it "
            "took before.",
        .page    = "oid-switch-nic-disconnect",
        .heading = "Remarks",
        .also    = "NIC-14 PKT-30",
    };
    static constexpr auto watches = own_control;

    static void check(Sight& sight) {
        const Nic* nic = used_by_own_control(sight);
        if (nic == nullptr) return;
        const Place since = nic->viewed[sight.event.module];
        if (nic->view[sight.event.module] == NicView::disconnect_delivered)
            return sight.extension_doubted(Doubt::disconnect_binds,
                                           "used an adapter that is to be disconnected", since);
        const Right right = control_right(*nic, sight.event.module);
        if (nic->view[sight.event.module] == NicView::disconnect_handled && right == Right::granted)
            return sight.extension_doubted(Doubt::control_under_reference,
                                           "used an adapter under a reference after its disconnect",
                                           since);
        if (right != Right::no_longer) return sight.held();
        sight.extension_broke("used an adapter after it had handled its disconnect",
                              nic->viewed[sight.event.module]);
    }
};

struct DeletedIsGone {
    static constexpr Rule rule{
        .id       = "NIC-20",
        .title    = "A deleted adapter is gone",
        .obliged  = Obliged::both,
        .modality = Modality::must_not,
        .says =
            "After the delete of a network adapter connection, nothing is issued for it "
            "until a new create.",
        .page    = states_page,
        .heading = "Network adapter connection deleted",
        .also    = "PKT-30",
    };
    static constexpr auto watches = own_control;

    static void check(Sight& sight) {
        const Nic* nic = used_by_own_control(sight);
        if (nic == nullptr) return;
        if (control_right(*nic, sight.event.module) != Right::gone) return sight.held();
        sight.extension_broke("used an adapter that is deleted", nic->viewed[sight.event.module]);
    }
};

using Family = boost::mp11::mp_list<
    NeedsPort, OneConnection, IndexDomain, VetoLeavesPort, NoOwnUseBeforeConnect,
    PassedThroughWhenCreated, ConnectOnce, ConnectSucceeds, UpdateConnected, DisconnectOnce,
    NoOwnUseAfterDisconnect, NothingNewAfterDisconnect, DeleteAfterDisconnect, DeleteWaits,
    DisconnectLeadsToDelete, DeletedIsGone, ExternalFirst, ConnectOrder, BoundGoFirst>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> nic_rules() {
    return family;
}

}  // namespace interlock::model
