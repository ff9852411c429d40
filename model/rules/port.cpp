// Ports: how the switch makes them, changes them and takes them away.

#include "model/rules/left_open.hpp"
#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view states_page =
    "hyper-v-extensible-switch-port-and-network-adapter-states";

struct UnknownPortId {
    static constexpr Rule rule{
        .id      = "PORT-01",
        .title   = "Create only an unknown, non-reserved port id",
        .obliged = Obliged::host,
        .says    = "A port is created under an id above the default one that no living port has.",
        .page    = "overview-of-hyper-v-extensible-switch-ports",
        .heading = "Overview of Hyper-V Extensible Switch Ports",
        .also    = "ATTACH-05",
    };
};

struct ExistsFromSuccess {
    static constexpr Rule rule{
        .id      = "PORT-02",
        .title   = "The port exists from the success of its create",
        .obliged = Obliged::host,
        .says =
            "Until OID_SWITCH_PORT_CREATE has completed with success, no other OID request "
            "targets the port.",
        .page    = "oid-switch-port-create",
        .heading = "Remarks",
    };
};

struct VetoLeavesNothing {
    static constexpr Rule rule{
        .id      = "PORT-03",
        .title   = "A vetoed port create leaves nothing behind",
        .obliged = Obliged::host,
        .says    = "A port whose create failed is not there: nothing names it but a new create.",
        .page    = states_page,
        .heading = "Port created",
    };
};

struct UpdateWindow {
    static constexpr Rule rule{
        .id      = "PORT-04",
        .title   = "Port update window",
        .obliged = Obliged::host,
        .says =
            "OID_SWITCH_PORT_UPDATED is issued only for a port that was created and whose "
            "teardown has not begun.",
        .page    = "oid-switch-port-updated",
        .heading = "OID_SWITCH_PORT_UPDATED",
    };
};

struct TeardownThenDelete {
    static constexpr Rule rule{
        .id      = "PORT-05",
        .title   = "Teardown once, then delete",
        .obliged = Obliged::host,
        .says =
            "A created port is torn down once, and deleted once after the teardown has "
            "completed; there is no way back.",
        .page    = states_page,
        .heading = "Port tearing down",
    };
};

struct NoNicAtTeardown {
    static constexpr Rule rule{
        .id      = "PORT-06",
        .title   = "No teardown while an adapter is on the port",
        .obliged = Obliged::host,
        .says =
            "Before a port is torn down, every network adapter connection on it has been "
            "deleted, or never was.",
        .page    = states_page,
        .heading = "Hyper-V Extensible Switch Network Adapters",
        .also    = "PKT-16",
    };
};

struct NothingNewInTeardown {
    static constexpr Rule rule{
        .id       = "PORT-07",
        .title    = "Nothing new targets a port in teardown",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "Once the teardown of a port was issued, the switch starts no OID request for "
            "it but the delete.",
        .page    = states_page,
        .heading = "Port tearing down",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.oid == oid::port_delete) sight.held();
    }
};

struct DeleteWaitsForReferences {
    static constexpr Rule rule{
        .id       = "PORT-08",
        .title    = "Port delete waits for references",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says     = "A port is not deleted while an extension holds a reference on it.",
        .page     = "overview-of-hyper-v-extensible-switch-ports",
        .heading  = "ReferenceSwitchPort",
        .also     = "PKT-18",
    };
};

struct DeleteWaitsForOids {
    static constexpr Rule rule{
        .id       = "PORT-09",
        .title    = "Port delete waits for OID requests",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says     = "A port is not deleted while an OID request that targets it is outstanding.",
        .page     = "oid-switch-port-delete",
        .heading  = "Remarks",
        .also     = "PKT-18",
    };
};

/// PORT-10, judged when the run is over: only then is it sure that no step of it was to come.
struct TeardownLeadsToDelete {
    static constexpr Rule rule{
        .id      = "PORT-10",
        .title   = "Teardown leads to delete",
        .obliged = Obliged::host,
        .kind    = RuleKind::obligation,
        .says =
            "A port that was torn down, and on which no reference and no OID request is "
            "left, is deleted in the end.",
        .page    = "oid-switch-port-teardown",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.oid == oid::port_delete) return sight.held();
        if (!switch_could_go_on(sight)) return;
        for (const Index index : sight.ledger.ports_open) {
            const Port& port = sight.ledger.ports[index];
            if (port.state != PortState::torn_down || port.references.total > 0 ||
                port.oids_open > 0 || port.adopted)  // Who holds a reference on it is not known.
                continue;
            sight.broken(Party::host, host_module, "never deleted a port that it had torn down",
                         {.port = port.id}, port.changed);
        }
    }
};

struct DeletedIsGone {
    static constexpr Rule rule{
        .id       = "PORT-11",
        .title    = "A deleted port is gone",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says     = "Once the delete of a port was issued, nothing more is sent for it.",
        .page     = states_page,
        .heading  = "Port not created",
        .also     = "PKT-19",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};

    /// What the port's own machine does not see: queries and requests to an adapter.
    static void check(Sight& sight) {
        if (sight.event.oid != oid::nic_request || sight.event.port == default_port) return;
        const Port* port = sight.focus.port;
        if (port == nullptr || port->state == PortState::not_created ||
            port->state == PortState::deleting) {
            if (port != nullptr || sight.ledger.facts.whole)
                sight.host_broke("issued an OID request that names a port that is not there",
                                 port == nullptr ? 0 : port->changed);
            return;
        }
        sight.held();
    }
};

struct ValidationPort {
    static constexpr Rule rule{
        .id       = "PORT-13",
        .title    = "Validation ports never carry an adapter",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "No network adapter connection is made to a port that serves only to validate "
            "settings.",
        .page    = "validation-ports",
        .heading = "Validation Ports",
    };
};

struct PropertyWindow {
    static constexpr Rule rule{
        .id      = "PROP-01",
        .title   = "Port property requests live in the created window",
        .obliged = Obliged::host,
        .says =
            "Properties of a port are added, changed, deleted and queried only between its "
            "create and its teardown.",
        .page    = states_page,
        .heading = "Port created",
    };
};

using Family =
    boost::mp11::mp_list<UnknownPortId, ExistsFromSuccess, VetoLeavesNothing, UpdateWindow,
                         TeardownThenDelete, NoNicAtTeardown, NothingNewInTeardown,
                         DeleteWaitsForReferences, DeleteWaitsForOids, TeardownLeadsToDelete,
                         DeletedIsGone, ValidationPort, PropertyWindow>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> port_rules() {
    return family;
}

}  // namespace interlock::model
