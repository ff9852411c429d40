// Vetoes: what may be refused, how, and that a refused port or adapter is not there.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

struct VetoCodes {
    static constexpr Rule rule{
        .id       = "OID-07",
        .title    = "What a veto is",
        .severity = Severity::warning,
        .says =
            "A veto is NDIS_STATUS_DATA_NOT_ACCEPTED; other failures veto too, but may "
            "make the switch try again.",
        .page    = "oid-switch-port-create",
        .heading = "Return Status Codes",
        .also    = "OIDF-10 PROP-04",
    };
    static constexpr auto watches = completions;

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || !done->local || done->info().handling != Handling::forward_or_veto) return;
        switch (done->status) {
            case status::success:
                return;  // OID-08
            case status::data_not_accepted:
            case status::resources:
            case status::not_supported:
            case status::invalid_length:
            case status::invalid_parameter:
            case status::failure:
                return sight.held();
            default:
                sight.extension_broke("vetoed with a status that is no veto", done->request.handed);
        }
    }
};

struct NeverClaimCreate {
    static constexpr Rule rule{
        .id       = "OID-08",
        .title    = "A create is never completed locally with success",
        .modality = Modality::must_not,
        .says =
            "An extension vetoes the create of a port or adapter or passes it on; it does "
            "not complete it with success itself.",
        .page    = "oid-switch-port-create",
        .heading = "Return Status Codes",
        .also    = "OIDF-10",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::port_create, oid::nic_create};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done) return;
        const Tells tells = done->info().tells;
        if (tells != Tells::port_create && tells != Tells::nic_create) return;
        if (!done->local || done->status != status::success) return sight.held();
        if (done->index(sight.ledger) > 0) return;  // NIC-04
        sight.extension_broke("completed a create with success without passing it on",
                              done->request.handed);
    }
};

struct OnlyIndexZeroVeto {
    static constexpr Rule rule{
        .id       = "NIC-04",
        .title    = "Only index 0 may be vetoed",
        .modality = Modality::must_not,
        .says     = "The create of an adapter with an index above 0 is always passed on.",
        .page     = "oid-switch-nic-create",
        .heading  = "Remarks",
        .also     = "OID-06 OIDF-10",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::nic_create};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || done->info().tells != Tells::nic_create) return;
        if (done->index(sight.ledger) == 0) return;
        if (!done->local) return sight.held();
        if (done->for_want_of_memory()) return;
        sight.extension_broke("completed the create of an adapter with an index above 0",
                              done->request.handed);
    }
};

struct VetoIsUndone {
    static constexpr Rule rule{
        .id       = "OID-16",
        .title    = "A lower veto is undone",
        .modality = Modality::must_not,
        .says =
            "A port or adapter whose create came back with a failure is not there, and "
            "the extension does not use it.",
        .page     = "oid-switch-nic-create",
        .heading  = "Remarks",
        .verifier = "0xC4/0xA004",
        .also     = "PKT-28",
    };
    static constexpr std::array watches{Watch{Call::ReferenceSwitchNic, Phase::enter},
                                        Watch{Call::ReferenceSwitchPort, Phase::enter},
                                        Watch{Call::AddNetBufferListDestination, Phase::enter},
                                        Watch{Call::UpdateNetBufferListDestinations, Phase::enter},
                                        Watch{Call::SetNetBufferListSource, Phase::enter},
                                        Watch{Call::NdisFOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        const ModuleId module = sight.event.module;
        const bool     is_oid = sight.event.call == Call::NdisFOidRequest;
        if (is_oid && !is_own_request(sight)) return;
        if (sight.event.call == Call::ReferenceSwitchPort ||
            sight.event.oid == oid::port_property_enum) {
            const Port* port = sight.focus.port;
            if (port != nullptr)
                judge(sight, port->view[module] == PortView::vetoed, port->viewed[module]);
            return;
        }
        const bool names_other = is_oid || sight.event.other_port != 0;
        const Nic* nic         = names_other ? sight.focus.other : sight.focus.nic;
        if (nic != nullptr) judge(sight, nic->view[module] == NicView::vetoed, nic->viewed[module]);
    }

    static void judge(Sight& sight, bool vetoed, Place since) {
        if (!vetoed) return sight.held();
        sight.extension_broke("used what a veto had kept from being created", since);
    }
};

using Family = boost::mp11::mp_list<VetoCodes, NeverClaimCreate, OnlyIndexZeroVeto, VetoIsUndone>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> veto_rules() {
    return family;
}

}  // namespace interlock::model
