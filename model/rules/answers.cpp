// What the switch answers to the questions of extensions, and what its external port is good for.

#include "model/listing.hpp"
#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

bool is_question(Oid oid) {
    return oid == oid::parameters || oid == oid::port_array || oid == oid::nic_array ||
           oid == oid::property_enum || oid == oid::port_property_enum;
}

struct SaysHowMuch {
    static constexpr Rule rule{
        .id      = "QRY-03",
        .title   = "Array and enumeration sizing",
        .obliged = Obliged::host,
        .says =
            "A question whose buffer is too short is answered with NDIS_STATUS_INVALID_LENGTH "
            "and with the number of bytes it needs, which is more than it had.",
        .page    = "oid-switch-port-array",
        .heading = "Return Status Codes",
    };
    static constexpr std::array watches{Watch{Call::MiniportEdgeOidRequestComplete, Phase::enter}};

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (!is_question(event.oid) || event.status != status::invalid_length) return;
        if (event.detail > buffer::number_in(event.flags)) return sight.held();
        sight.host_broke("called a buffer too short that has what it says is needed", 0);
    }
};

/// What an answer must list, and what it may. In between is what comes or goes just then.
struct Listing {
    std::uint32_t must = 0, may = 0, sum = 0;

    void add(bool certain, std::uint32_t element) {
        may += 1;
        if (!certain) return;
        must += 1;
        sum += element;
    }

    bool allows(std::uint32_t count, std::uint32_t digest) const {
        if (must == may) return count == must && digest == sum;
        return must <= count && count <= may;
    }
};

struct SnapshotFits {
    static constexpr Rule rule{
        .id      = "QRY-04",
        .title   = "The snapshot agrees with the history",
        .obliged = Obliged::host,
        .says =
            "An answered question lists the ports or adapters that are there, and none whose "
            "delete was issued before.",
        .page    = "querying-the-hyper-v-extensible-switch-configuration",
        .heading = "Querying the Hyper-V Extensible Switch Configuration",
    };
    static constexpr std::array watches{Watch{Call::MiniportEdgeOidRequestComplete, Phase::enter}};
    static constexpr std::array about{oid::port_array, oid::nic_array};

    static void check(Sight& sight) {
        const Event& event  = sight.event;
        const bool   listed = event.oid == oid::port_array || event.oid == oid::nic_array;
        if (!listed || event.status != status::success || !sight.ledger.facts.whole) return;
        if (sight.focus.request == nullptr) return;
        if (event.digest == 0 && event.detail != 0) return;  // It was not looked into.
        const Place   asked = sight.ledger.requests[sight.focus.request->root].since_issue;
        const Listing listing =
            event.oid == oid::port_array ? ports(sight.ledger, asked) : nics(sight.ledger, asked);
        if (listing.allows(event.detail, event.digest)) return sight.held();
        sight.host_broke("listed something else than what is there", 0);
    }

    static Listing ports(const Ledger& ledger, Place asked) {
        Listing listing;
        for (const Index index : ledger.ports_open) {
            const Port& port    = ledger.ports[index];
            const bool  settled = port.state == PortState::created && port.changed < asked;
            listing.add(settled, listed(port.id, 0));
        }
        return listing;
    }

    static Listing nics(const Ledger& ledger, Place asked) {
        Listing listing;
        for (const Index index : ledger.nics_open) {
            const Nic& nic     = ledger.nics[index];
            const bool settled = nic.state == NicState::connected && nic.changed < asked;
            listing.add(settled, listed(nic.port, nic.index));
        }
        return listing;
    }
};

struct TeamConnected {
    static constexpr Rule rule{
        .id       = "PHY-03",
        .title    = "External traffic needs a connected adapter below",
        .obliged  = Obliged::host,
        .severity = Severity::warning,
        .says =
            "Where adapters are bound below the external one, packets come over the external "
            "port once a connect of one of them was issued, and while one is connected.",
        .page    = "managing-physical-network-adapter-connection-status",
        .heading = "Managing Physical Network Adapter Connection Status",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeSend, Phase::enter}};

    static void check(Sight& sight) {
        const Port* port = sight.focus.port;
        if (port == nullptr || port->type != port_type::external || port->bound_live == 0) return;
        if (port->bound_connected > 0) return sight.held();
        sight.host_broke("let a packet in over a team of which no adapter is connected",
                         port->changed);
    }
};

using Family = boost::mp11::mp_list<SaysHowMuch, SnapshotFits, TeamConnected>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> answer_rules() {
    return family;
}

}  // namespace interlock::model
