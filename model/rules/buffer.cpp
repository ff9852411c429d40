// What the buffers of the switch's OID requests say of ports, adapters and properties.

#include "model/ndis_versions.hpp"
#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view nic_parameters_page = "ns-ntddndis-_ndis_switch_nic_parameters";

constexpr std::array issued{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};

bool carries_nic_parameters(const Event& event) {
    const Tells tells = oid::info(event.oid).tells;
    return tells >= Tells::nic_create && tells <= Tells::nic_delete;
}

std::uint32_t nic_type_in(const Event& event) {
    return event.detail & nic_type::mask;
}

struct WellFormed {
    static constexpr Rule rule{
        .id      = "OID-14",
        .title   = "Well-formed parameter buffers",
        .obliged = Obliged::host,
        .says =
            "The buffer of a request of the switch begins with a header of the default type, "
            "a revision of 1 or more and a size that the revision needs and the buffer has.",
        .page    = "ns-ntddndis-_ndis_switch_port_parameters",
        .heading = "Members",
    };
    static constexpr auto watches = issued;

    static void check(Sight& sight) {
        if (&oid::info(sight.event.oid) == &oid::other) return;
        if ((sight.event.flags & buffer::ill_formed) == 0) return sight.held();
        sight.host_broke("issued an OID request with a buffer that is out of form", 0);
    }
};

/// Port types and adapter types are numbered differently.
constexpr bool fits(std::uint32_t nic, std::uint32_t port) {
    return port == port_type::generic || port == nic + 1;
}

static_assert(fits(nic_type::external, port_type::external));
static_assert(fits(nic_type::internal, port_type::internal));
static_assert(!fits(nic_type::synthetic, port_type::emulated));

struct TypesFit {
    static constexpr Rule rule{
        .id      = "PORT-12",
        .title   = "One external port, and adapters of the port's type",
        .obliged = Obliged::host,
        .says =
            "A switch has at most one external port in operation, and an adapter goes on a "
            "port of its own type or on a generic one.",
        .page    = "external-network-adapters",
        .heading = "External Network Adapters",
    };
    static constexpr auto       watches = issued;
    static constexpr std::array about{oid::port_create, oid::nic_create};

    static void check(Sight& sight) {
        if (sight.event.oid == oid::port_create) return at_port(sight);
        const Port* port = sight.focus.port;
        if (sight.event.oid != oid::nic_create || port == nullptr) return;
        if (port->adopted || port->state != PortState::created) return;  // NIC-01
        if (fits(nic_type_in(sight.event), port->type)) return sight.held();
        sight.host_broke("created an adapter on a port of another type", port->changed);
    }

    static void at_port(Sight& sight) {
        const std::uint32_t type = sight.event.detail;
        if (type != port_type::external && type != port_type::internal) return;
        // Or it only validates.
        for (const Index index : sight.ledger.ports_open) {
            const Port& port = sight.ledger.ports[index];
            if (port.type != type || port.validation) continue;
            if (port.id == sight.event.port) return;  // PORT-01
            if (port.state != PortState::created) continue;
            if (type == port_type::internal)
                return sight.host_doubted(Doubt::second_internal, "created a second internal port",
                                          port.changed);
            return sight.host_broke("created a second external port", port.changed);
        }
        sight.held();
    }
};

struct IdentityStays {
    static constexpr Rule rule{
        .id       = "NIC-11",
        .title    = "What an update may change",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "From its create to its delete an adapter keeps its name, its type and the name "
            "of its virtual machine.",
        .page    = "oid-switch-nic-updated",
        .heading = "Remarks",
    };
    static constexpr auto       watches = issued;
    static constexpr std::array about{oid::nic_create, oid::nic_connect, oid::nic_updated,
                                      oid::nic_disconnect, oid::nic_delete};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (nic == nullptr || nic->adopted || nic->state == NicState::absent) return;
        if (!carries_nic_parameters(sight.event) || sight.event.oid == oid::nic_create) return;
        const std::uint32_t identity = buffer::number_in(sight.event.flags);
        if (identity == 0 || nic->identity == 0) return;
        if (identity == nic->identity && nic_type_in(sight.event) == nic->type) return sight.held();
        sight.host_broke("told of an adapter under another name or type than it was created with",
                         nic->changed);
    }
};

struct MtuOnlyShrinks {
    static constexpr Rule rule{
        .id      = "NIC-18",
        .title   = "An MTU may only shrink, and only as the adapter begins",
        .obliged = Obliged::both,
        .says =
            "Only the create of a synthetic adapter may be flagged as its initialisation, and "
            "only then may an extension lower the MTU as it passes the create on.",
        .page    = nic_parameters_page,
        .heading = "Members",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter},
                                        Watch{Call::NdisFOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_create, oid::nic_connect, oid::nic_updated,
                                      oid::nic_disconnect, oid::nic_delete};

    static void check(Sight& sight) {
        if (!carries_nic_parameters(sight.event)) return;
        if (sight.event.call == Call::NdisFOidRequest) return passed_on(sight);
        if ((sight.event.flags & buffer::nic_initializing) == 0) return;
        const bool begins =
            sight.event.oid == oid::nic_create && nic_type_in(sight.event) == nic_type::synthetic;
        if (begins) return sight.held();
        sight.host_broke("flagged as initialisation what is not the create of a synthetic adapter",
                         0);
    }

    static void passed_on(Sight& sight) {
        const Request* original = passed_request(sight);
        if (original == nullptr) return;
        const std::uint32_t before = original->detail >> nic_type::mtu_shift;
        const std::uint32_t after  = sight.event.detail >> nic_type::mtu_shift;
        if (before == 0 || after == 0) return;  // It was not told.
        const bool begins =
            original->oid == oid::nic_create && (original->flags & buffer::nic_initializing) != 0;
        if (after == before || (begins && after < before)) return sight.held();
        sight.extension_broke("changed the MTU of an adapter", original->handed);
    }
};

struct HostNicsHaveNoVm {
    static constexpr Rule rule{
        .id       = "NIC-21",
        .title    = "Adapters of the host have nothing of a virtual machine",
        .obliged  = Obliged::host,
        .severity = Severity::warning,
        .says =
            "External and internal adapters have no virtual function assigned, and no address "
            "that a virtual machine set.",
        .page    = nic_parameters_page,
        .heading = "Members",
    };
    static constexpr auto       watches = issued;
    static constexpr std::array about{oid::nic_create, oid::nic_connect, oid::nic_updated,
                                      oid::nic_disconnect, oid::nic_delete};

    static void check(Sight& sight) {
        if (!carries_nic_parameters(sight.event)) return;
        if (buffer::number_in(sight.event.flags) == 0) return;  // It was not looked into.
        const std::uint32_t type  = nic_type_in(sight.event);
        const bool          guest = type != nic_type::external && type != nic_type::internal;
        if (guest || (sight.event.flags & (buffer::vf_assigned | buffer::vm_mac)) == 0)
            return sight.held();
        sight.host_broke("told of a virtual function or guest address on an adapter of the host",
                         0);
    }
};

struct PropertyTypes {
    static constexpr Rule rule{
        .id       = "PROP-07",
        .title    = "Built-in policies are invisible",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .severity = Severity::warning,
        .says =
            "Extensions are told of no property of a type that the pages do not have: what "
            "the miniport edge enforces itself is not told.",
        .page    = "overview-of-port-policies",
        .heading = "Overview of Port Policies",
    };
    static constexpr auto       watches = issued;
    static constexpr std::array about{oid::port_property_add,    oid::port_property_update,
                                      oid::port_property_delete, oid::property_add,
                                      oid::property_update,      oid::property_delete};

    static void check(Sight& sight) {
        const Oid  oid     = sight.event.oid;
        const bool port    = oid::is_port_property(oid);
        const bool switch_ = oid::is_switch_property(oid);
        if ((!port && !switch_) || buffer::number_in(sight.event.flags) == 0) return;
        const std::uint32_t last = port ? last_of_ports(sight.ledger.facts) : property_type::custom;
        if (sight.event.detail >= property_type::custom && sight.event.detail <= last)
            return sight.held();
        sight.host_broke("told of a property of a type that extensions are not told of", 0);
    }

    static std::uint32_t last_of_ports(const TraceFacts& facts) {
        return facts.ndis < holds_since("PROP-07") ? property_type::profile
                                                   : property_type::routing_domain;
    }
};

using Family = boost::mp11::mp_list<WellFormed, TypesFit, IdentityStays, MtuOnlyShrinks,
                                    HostNicsHaveNoVm, PropertyTypes>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> buffer_rules() {
    return family;
}

}  // namespace interlock::model
