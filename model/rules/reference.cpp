// ReferenceSwitchPort, ReferenceSwitchNic, and their opposites.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view nic_page  = "nc-ndis-ndis_switch_reference_switch_nic";
constexpr std::string_view port_page = "nc-ndis-ndis_switch_reference_switch_port";

/// What is referenced or dereferenced; null if it never was.
const References* referenced(const Sight& sight) {
    const bool nic = sight.event.call == Call::ReferenceSwitchNic ||
                     sight.event.call == Call::DereferenceSwitchNic;
    if (nic) return sight.focus.nic == nullptr ? nullptr : &sight.focus.nic->references;
    return sight.focus.port == nullptr ? nullptr : &sight.focus.port->references;
}

struct PortReference {
    static constexpr Rule rule{
        .id       = "REF-01",
        .title    = "Port references only on a live port",
        .modality = Modality::must_not,
        .says =
            "A reference on a port is taken only after its create succeeded, and no more "
            "once the extension has handled its teardown.",
        .page     = port_page,
        .heading  = "Remarks",
        .verifier = "0xC4/0xA009",
        .also     = "PKT-17 PKT-20 PORT-15",
    };
    static constexpr std::array watches{Watch{Call::ReferenceSwitchPort, Phase::enter}};

    static void check(Sight& sight) {
        const Port* port = sight.focus.port;
        if (port == nullptr) {
            if (sight.ledger.facts.whole)
                sight.extension_broke("referenced a port that was never created", 0);
            return;
        }
        const ModuleId module = sight.event.module;
        if (port->view[module] == PortView::create_forwarded)
            return sight.extension_doubted(Doubt::port_forwarded,
                                           "referenced a port whose create is under way",
                                           port->viewed[module]);
        switch (rights::of(port->view[module]).reference) {
            case Right::granted:
                return sight.held();
            case Right::vetoed:
                return;  // OID-16
            case Right::not_yet:
                return sight.extension_broke("referenced a port that is not created yet",
                                             port->viewed[module]);
            case Right::gone:
                return sight.extension_broke("referenced a port that is deleted",
                                             port->viewed[module]);
            default:
                return sight.extension_broke("referenced a port after it had handled its teardown",
                                             port->viewed[module]);
        }
    }
};

struct NicReference {
    static constexpr Rule rule{
        .id       = "REF-02",
        .title    = "Adapter references only on a connected adapter",
        .modality = Modality::must_not,
        .says =
            "A reference on a network adapter is taken only while it is connected, and no "
            "more once the extension has handled its disconnect.",
        .page     = nic_page,
        .heading  = "Parameters",
        .verifier = "0xC4/0xA008",
        .also     = "NIC-06 NIC-13 PKT-20",
    };
    static constexpr std::array watches{Watch{Call::ReferenceSwitchNic, Phase::enter}};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (nic == nullptr) {
            if (sight.ledger.facts.whole)
                sight.extension_broke("referenced an adapter that was never created", 0);
            return;
        }
        const ModuleId module = sight.event.module;
        const Place    since  = nic->viewed[module];
        if (nic->view[module] == NicView::created)
            return sight.extension_doubted(Doubt::reference_when_created,
                                           "referenced an adapter that is not connected yet",
                                           since);
        if (nic->view[module] == NicView::connect_delivered)
            return sight.extension_doubted(
                Doubt::connect_opens, "referenced an adapter whose connect is under way", since);
        if (nic->view[module] == NicView::disconnect_delivered)
            return sight.extension_doubted(
                Doubt::disconnect_binds, "referenced an adapter that is to be disconnected", since);
        switch (rights::of(nic->view[module]).reference) {
            case Right::granted:
                return sight.held();
            case Right::vetoed:
                return;  // OID-16
            case Right::not_yet:
                return sight.extension_broke("referenced an adapter that is not connected yet",
                                             nic->viewed[module]);
            case Right::gone:
                return sight.extension_broke("referenced an adapter that is deleted",
                                             nic->viewed[module]);
            default:
                return sight.extension_broke(
                    "referenced an adapter after it had handled its disconnect",
                    nic->viewed[module]);
        }
    }
};

struct Balance {
    static constexpr Rule rule{
        .id       = "REF-04",
        .title    = "References balance",
        .modality = Modality::must_not,
        .says =
            "No more references are given back than were taken with success, each on what "
            "it was taken on.",
        .page     = "nc-ndis-ndis_switch_dereference_switch_nic",
        .heading  = "Remarks",
        .verifier = "0x7C/0x1E",
        .also     = "PKT-21 REF-05 REF-07",
    };
    static constexpr std::array watches{Watch{Call::DereferenceSwitchNic, Phase::enter},
                                        Watch{Call::DereferenceSwitchPort, Phase::enter}};

    static void check(Sight& sight) {
        const References* references = referenced(sight);
        if (references != nullptr && references->held[sight.event.module] > 0) return late(sight);
        if (sight.focus.module->adopted) return;  // It may have taken it before the trace began.
        if (references == nullptr && !sight.ledger.facts.whole) return;
        sight.extension_broke("gave back a reference that it does not hold", 0);
    }

    static void late(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (sight.event.call != Call::DereferenceSwitchNic || nic == nullptr ||
            nic->view[sight.event.module] != NicView::disconnect_handled)
            return sight.held();
        sight.extension_doubted(Doubt::late_dereference,
                                "gave back a reference after the disconnect",
                                nic->viewed[sight.event.module]);
    }
};

/// REF-06. Safety: not before the request that it guards is answered. Obligation: when a delete
/// waits for it, and at the latest when the module is detached.
struct GivenBack {
    static constexpr Rule rule{
        .id    = "REF-06",
        .title = "References are given back",
        .kind  = RuleKind::obligation,
        .says =
            "A reference is kept until the operation that it guards has completed, and "
            "given back then, because the port or adapter cannot be deleted before.",
        .page    = "overview-of-hyper-v-extensible-switch-network-adapters",
        .heading = "DereferenceSwitchNic",
        .also    = "REF-11 PKT-07 PKT-22 PKT-24",
    };
    static constexpr std::array watches{Watch{Call::DereferenceSwitchNic, Phase::enter},
                                        Watch{Call::DereferenceSwitchPort, Phase::enter},
                                        Watch{Call::Quiescent, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter},
                                        Watch{Call::FilterDetach, Phase::leave},
                                        Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_delete};

    static void check(Sight& sight) {
        if (sight.event.call == Call::ProtocolEdgeOidRequest) return at_delete(sight);
        if (sight.event.call == Call::FilterDetach) return at_detach(sight);
        if (sight.still() != Still::no) return owed(sight);
        if (sight.event.call == Call::EndOfRun) return;
        const References* references = referenced(sight);
        const ModuleId    module     = sight.event.module;
        if (references == nullptr || references->held[module] == 0) return;  // REF-04
        if (references->held[module] <= references->guarding[module])
            return sight.extension_broke(
                "gave back a reference before the request that it guards was answered",
                references->since[module]);
        sight.held();
    }

    static void owed(Sight& sight) {
        for (const Index index : sight.ledger.nics_open) {
            const Nic& nic = sight.ledger.nics[index];
            if (nic.state == NicState::disconnected && nic.references.total > 0)
                name(sight, nic.references, nic.met,
                     {.port = nic.port, .nic = nic.index, .has_nic = true});
        }
        for (const Index index : sight.ledger.ports_open) {
            const Port& port = sight.ledger.ports[index];
            if (port.state == PortState::torn_down && port.references.total > 0)
                name(sight, port.references, port.met, {.port = port.id});
        }
    }

    static void name(Sight& sight, const References& references, Place met,
                     const Subject& subject) {
        for (ModuleId module = 0; module < modules_max; ++module)
            if (references.guarding[module] == 0 &&
                is_new(sight, references, met, subject, module))
                sight.broken(Party::extension, module, "keeps a reference that blocks a delete",
                             subject, references.since[module]);
    }

    static void at_detach(Sight& sight) {
        const ModuleId module = sight.event.module;
        for (Index index = 0; index < sight.ledger.nics.size(); ++index) {
            const Nic& nic = sight.ledger.nics[index];
            name(sight, nic.references, nic.met,
                 {.port = nic.port, .nic = nic.index, .has_nic = true}, module);
        }
        for (Index index = 0; index < sight.ledger.ports.size(); ++index) {
            const Port& port = sight.ledger.ports[index];
            name(sight, port.references, port.met, {.port = port.id}, module);
        }
    }

    /// One page has port references given back before the adapter on the port is deleted.
    static void at_delete(Sight& sight) {
        const Port* port = sight.focus.port;
        if (port == nullptr) return;
        for (ModuleId module = 0; module < modules_max; ++module)
            if (port->references.held[module] > 0)
                sight.doubted(Doubt::port_reference_gate, Party::extension, module,
                              "keeps a reference on the port of an adapter that is deleted",
                              {.port = port->id}, port->references.since[module]);
    }

    /// At the detach.
    static void name(Sight& sight, const References& references, Place met,
                     const Subject& subject, ModuleId module) {
        if (is_new(sight, references, met, subject, module))
            sight.doubted(Doubt::held_at_detach, Party::extension, module,
                          "was detached with a reference that it never gave back", subject,
                          references.since[module]);
    }

    static bool is_new(Sight& sight, const References& references, Place met,
                       const Subject& subject, ModuleId module) {
        const Matter matter = subject.has_nic ? Matter::nic_reference : Matter::port_reference;
        return references.held[module] > 0 && sight.name_once(matter, module, met);
    }
};

struct AnswersByState {
    static constexpr Rule rule{
        .id       = "REF-08",
        .title    = "The switch answers reference calls by state",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "A reference call does not succeed on a port that is not created, or on an "
            "adapter that is not connected.",
        .page    = nic_page,
        .heading = "Parameters",
        .also    = "REF-03",
    };
    static constexpr std::array watches{Watch{Call::ReferenceSwitchNic, Phase::leave},
                                        Watch{Call::ReferenceSwitchPort, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.status != status::success) return;
        if (usable(sight)) return sight.held();
        constexpr std::string_view what = "granted a reference on what is not there to be used";
        if (is_created_adapter(sight))
            return sight.host_doubted(Doubt::reference_when_created, what, 0);
        sight.host_broke(what, 0);
    }

    static bool is_created_adapter(const Sight& sight) {
        const Nic* nic = sight.focus.nic;
        return sight.event.call == Call::ReferenceSwitchNic && nic != nullptr &&
               nic->state == NicState::created;
    }

    // While a connect or disconnect is under way nobody can tell when the switch turns over.
    static bool usable(const Sight& sight) {
        if (sight.event.call == Call::ReferenceSwitchNic) {
            const Nic* nic = sight.focus.nic;
            if (nic == nullptr) return !sight.ledger.facts.whole;
            return nic->state >= NicState::connecting && nic->state <= NicState::disconnecting;
        }
        const Port* port = sight.focus.port;
        if (port == nullptr) return !sight.ledger.facts.whole;
        return port->state >= PortState::creating && port->state <= PortState::teardown_pending;
    }
};

using Family =
    boost::mp11::mp_list<PortReference, NicReference, Balance, GivenBack, AnswersByState>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> reference_rules() {
    return family;
}

}  // namespace interlock::model
