// What an extension may ask the switch, and when.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view querying_page = "querying-the-hyper-v-extensible-switch-configuration";
constexpr std::string_view querying      = "Querying the Hyper-V Extensible Switch Configuration";

constexpr std::array own_requests{Watch{Call::NdisFOidRequest, Phase::enter}};

struct ParametersFirst {
    static constexpr Rule rule{
        .id    = "QRY-01",
        .title = "The first question is OID_SWITCH_PARAMETERS",
        .says =
            "An extension asks for the parameters of the switch before it asks for its "
            "ports, adapters or properties.",
        .page    = querying_page,
        .heading = querying,
    };
};

struct NotBeforeActivation {
    static constexpr Rule rule{
        .id       = "QRY-02",
        .title    = "No configuration query before activation",
        .modality = Modality::must_not,
        .says =
            "An extension that was told that the switch is not active does not ask for its "
            "configuration until the switch was activated.",
        .page    = querying_page,
        .heading = querying,
        .also    = "OIDF-12",
    };
};

struct EnumUnderReference {
    static constexpr Rule rule{
        .id    = "QRY-05",
        .title = "OID_SWITCH_PORT_PROPERTY_ENUM runs under a port reference",
        .says =
            "An extension holds a reference on the port from before it asks for the port's "
            "properties until it is answered.",
        .page    = "oid-switch-port-property-enum",
        .heading = "Remarks",
        .also    = "PKT-24 REF-05 PORT-15",
    };
    static constexpr auto       watches = own_requests;
    static constexpr std::array about{oid::port_property_enum};

    static void check(Sight& sight) {
        if (sight.event.oid != oid::port_property_enum || !is_own_request(sight)) return;
        const Port*    port   = sight.focus.port;
        const ModuleId module = sight.event.module;
        if (port != nullptr && port->references.held[module] > port->references.guarding[module])
            return sight.held();
        if (sight.focus.module->adopted) return;  // It may have taken one before the trace began.
        sight.extension_broke("asked for the properties of a port without a reference on it", 0);
    }
};

struct RequestUnderReference {
    static constexpr Rule rule{
        .id    = "NREQ-04",
        .title = "Requests to a physical adapter run under a reference",
        .says =
            "An extension that starts a request to a physical adapter holds a reference on "
            "it until it is answered.",
        .page    = "forwarding-oid-requests-to-physical-network-adapters",
        .heading = "Forwarding OID Requests to Physical Network Adapters",
        .also    = "PKT-24 REF-05",
    };
    static constexpr auto       watches = own_requests;
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.other;
        if (sight.event.oid != oid::nic_request || !is_own_request(sight)) return;
        if (nic == nullptr || nic->index == 0 || nic->adopted) return;
        const ModuleId module = sight.event.module;
        if (rights::of(nic->view[module]).oid != Right::granted) return;  // NIC-06, NIC-13, NIC-20
        if (nic->references.held[module] > nic->references.guarding[module]) return sight.held();
        sight.extension_broke("sent a request to a physical adapter without a reference on it",
                              nic->viewed[module]);
    }
};

using Family = boost::mp11::mp_list<ParametersFirst, NotBeforeActivation, EnumUnderReference,
                                    RequestUnderReference>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> query_rules() {
    return family;
}

}  // namespace interlock::model
