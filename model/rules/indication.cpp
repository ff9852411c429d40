// Status indications: of an adapter, wrapped in one of the switch's, and others.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view originating_page =
    "originating-ndis-status-indications-from-physical-network-adapters";
constexpr std::string_view originating_heading =
    "Originating NDIS Status Indications from Physical Network Adapters";
constexpr std::string_view remove_vf_page = "ndis-status-switch-port-remove-vf";

constexpr std::array indicated{Watch{Call::NdisFIndicateStatus, Phase::enter}};

bool is_of_adapter(const Event& event) {
    return event.status == indication::switch_nic_status;
}

bool removes_vf(const Event& event) {
    return is_of_adapter(event) && event.detail == indication::switch_port_remove_vf;
}

bool is_external(const Ledger& ledger, PortId id) {
    const Index port = ledger.port_at(id);
    return port != no_index && ledger.ports[port].type == port_type::external;
}

/// What an extension indicates: what it was handed, as it was or changed, or its own.
enum class Make : std::uint8_t { unchanged, changed, own };

Make make_of(const Sight& sight) {
    const Handed& handed = sight.focus.module->indication;
    const Frame*  within = sight.ledger.callback(sight.event.task, sight.event.module);
    if (within == nullptr || within->call != Call::FilterStatus) {
        // One that was handed over may be passed on later, by another task.
        return handed.adapter_owed > 0 ? Make::unchanged : Make::own;
    }
    if (handed.task != sight.event.task) return Make::unchanged;  // Nobody knows which it is.
    const bool same = handed.digest == sight.event.digest && handed.detail == sight.event.detail &&
                      handed.from == Target{sight.event.port, sight.event.nic} &&
                      handed.to == Target{sight.event.other_port, sight.event.other_nic};
    return same ? Make::unchanged : Make::changed;
}

bool only_watches(const Sight& sight) {
    const ExtensionClass kind = sight.focus.module->kind;
    return kind == ExtensionClass::capturing || kind == ExtensionClass::filtering;
}

struct HostEncapsulates {
    static constexpr Rule rule{
        .id      = "STAT-01",
        .title   = "Encapsulation by the switch",
        .obliged = Obliged::host,
        .says =
            "The switch wraps the status of an adapter below it: from the external port, to "
            "nobody in particular, and with an indication inside.",
        .page    = "ndis-status-switch-nic-status",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::FilterStatus, Phase::enter}};

    static void check(Sight& sight) {
        const Event& event  = sight.event;
        const auto&  frames = sight.focus.task->frames;
        const bool   passed = !frames.empty() && frames.back().call == Call::NdisFIndicateStatus;
        if (!is_of_adapter(event) || passed || !sight.ledger.facts.whole) return;
        if ((event.flags & buffer::no_inner) != 0)
            return sight.host_broke("indicated the status of an adapter with nothing inside", 0);
        if (event.other_port != default_port)
            return sight.host_broke("sent the status of an adapter to one adapter", 0);
        const Nic* nic   = sight.focus.nic;
        const bool there = nic != nullptr && nic->state != NicState::absent &&
                           is_external(sight.ledger, event.port);
        if (there || event.port == default_port) return sight.held();
        sight.host_broke("indicated the status of what is no external adapter", 0);
    }
};

struct OnlyForwardingSpeaks {
    static constexpr Rule rule{
        .id       = "STAT-02",
        .title    = "Only forwarding extensions change or start the status of an adapter",
        .modality = Modality::must_not,
        .says =
            "Capturing and filtering extensions pass the status of an adapter on as it came, "
            "and start none.",
        .page    = originating_page,
        .heading = originating_heading,
    };
    static constexpr auto watches = indicated;

    static void check(Sight& sight) {
        const ExtensionClass kind = sight.focus.module->kind;
        if (!is_of_adapter(sight.event) || kind == ExtensionClass::unknown) return;
        const Make make = make_of(sight);
        if (!only_watches(sight) || make == Make::unchanged) return sight.held();
        sight.extension_broke(
            make == Make::own
                ? "started the status of an adapter, not being a forwarding extension"
                : "changed the status of an adapter, not being a forwarding extension",
            0);
    }
};

struct SpeaksForTheTeam {
    static constexpr Rule rule{
        .id       = "STAT-03",
        .title    = "Status of the external adapter speaks for the whole team",
        .severity = Severity::warning,
        .says =
            "What a forwarding extension changes or starts for the adapters below comes from "
            "the external port and index 0, and goes to nobody in particular.",
        .page    = originating_page,
        .heading = originating_heading,
    };
    static constexpr auto watches = indicated;

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (!is_of_adapter(event) || !is_external(sight.ledger, event.port)) return;
        if (only_watches(sight)) return;  // STAT-02
        if (make_of(sight) == Make::unchanged) return;
        if (event.nic == 0 && event.other_port == default_port) return sight.held();
        sight.extension_broke("indicated a status not for the external adapter as a whole", 0);
    }
};

struct UnderReference {
    static constexpr Rule rule{
        .id    = "STAT-04",
        .title = "Status under reference",
        .says =
            "A forwarding extension that changes or starts the status of an adapter holds a "
            "reference on the adapter that it speaks of.",
        .page    = originating_page,
        .heading = originating_heading,
    };
    static constexpr auto watches = indicated;

    static void check(Sight& sight) {
        if (!is_of_adapter(sight.event)) return;
        const bool     guest  = sight.event.port == default_port;
        const Nic*     nic    = guest ? sight.focus.other : sight.focus.nic;
        const ModuleId module = sight.event.module;
        if (nic == nullptr || nic->adopted || only_watches(sight)) return;  // STAT-02
        if (make_of(sight) == Make::unchanged) return;
        if (nic->references.held[module] > 0) return sight.held();
        // Else NIC-06, NIC-13, NIC-20, or for a guest STAT-05.
        if (rights::of(nic->view[module]).oid != Right::granted) return;
        sight.extension_broke("indicated the status of an adapter without a reference on it",
                              nic->viewed[module]);
    }
};

struct RemovingVf {
    static constexpr Rule rule{
        .id    = "STAT-05",
        .title = "Removing a virtual function",
        .says =
            "NDIS_STATUS_SWITCH_PORT_REMOVE_VF goes wrapped, with no data, from nobody, to the "
            "connected adapter of a guest whose disconnect was not told.",
        .page    = remove_vf_page,
        .heading = "Guidelines for Issuing an NDIS_STATUS_SWITCH_PORT_REMOVE_VF Status Indication",
    };
    static constexpr auto watches = indicated;

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (event.status == indication::switch_port_remove_vf)
            return sight.extension_broke("removed a virtual function by a bare indication", 0);
        if (!removes_vf(event) || only_watches(sight) || make_of(sight) == Make::unchanged) return;
        if ((event.flags & buffer::inner_data) != 0)
            return sight.extension_broke("sent data with the removal of a virtual function", 0);
        if (event.port != default_port)
            return sight.extension_broke("removed a virtual function in the name of an adapter", 0);
        const Nic* nic = sight.focus.other;
        if (nic == nullptr) {
            if (sight.ledger.facts.whole)
                sight.extension_broke("removed a virtual function of no adapter", 0);
            return;
        }
        if (rights::of(nic->view[event.module]).reference == Right::granted) return sight.held();
        sight.extension_broke("removed a virtual function of an adapter that is not connected",
                              nic->viewed[event.module]);
    }
};

struct OthersPass {
    static constexpr Rule rule{
        .id       = "STAT-07",
        .title    = "Other status indications pass",
        .kind     = RuleKind::obligation,
        .severity = Severity::warning,
        .says =
            "An indication that is not of the switch is passed on, in whatever state the "
            "module is.",
        .page    = "filter-module-status-indications",
        .heading = "Filter Module Status Indications",
    };
    static constexpr std::array watches{Watch{Call::NdisFIndicateStatus, Phase::enter},
                                        Watch{Call::Quiescent, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::Quiescent) return owed(sight);
        if (is_of_adapter(sight.event)) return;
        if (sight.focus.module->indication.others_owed > 0) sight.held();
    }

    static void owed(Sight& sight) {
        for (ModuleId module = 0; module < modules_max; ++module) {
            const Handed& handed = sight.ledger.modules[module].indication;
            const Module& keeper = sight.ledger.modules[module];
            if (handed.others_owed == 0 || keeper.detached) continue;
            if (keeper.kind == ExtensionClass::capturing) continue;  // FILT-20
            if (sight.name_once(Matter::indication, module, 0))
                sight.broken(Party::extension, module, "kept an indication to itself", {},
                             handed.since);
        }
    }
};

using Family = boost::mp11::mp_list<HostEncapsulates, OnlyForwardingSpeaks, SpeaksForTheTeam,
                                    UnderReference, RemovingVf, OthersPass>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> indication_rules() {
    return family;
}

}  // namespace interlock::model
