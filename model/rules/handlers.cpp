// The switch's handlers for packets: on which packets they are called, and with what.

#include "model/rules/handing.hpp"
#include "model/rules/within.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view adding_page =
    "adding-extensible-switch-destination-port-data-to-a-packet";
constexpr std::string_view adding = "Adding Extensible Switch Destination Port Data to a Packet";

constexpr std::array commits{Watch{Call::AddNetBufferListDestination, Phase::enter},
                             Watch{Call::UpdateNetBufferListDestinations, Phase::enter}};

/// Whether the event names a destination: an update may only commit an exclusion.
bool names_one(const Event& event) {
    return event.call == Call::AddNetBufferListDestination || event.count > 0;
}

struct HandsOff {
    static constexpr Rule rule{
        .id       = "NBL-07",
        .title    = "Hands off what was given away",
        .modality = Modality::must_not,
        .says =
            "An extension asks the switch for the destinations, source or context of a packet, "
            "or changes or reports them, only while the packet is in its hands; nor does it touch "
            "the packet or its data when it is not.",
        .page    = "sending-data-from-a-filter-driver",
        .heading = "Send Requests Initiated by a Filter Driver",
    };
    static constexpr std::array watches{Watch{Call::SetNetBufferListSource, Phase::enter},
                                        Watch{Call::AddNetBufferListDestination, Phase::enter},
                                        Watch{Call::GrowNetBufferListDestinations, Phase::enter},
                                        Watch{Call::GetNetBufferListDestinations, Phase::enter},
                                        Watch{Call::UpdateNetBufferListDestinations, Phase::enter},
                                        Watch{Call::SetNetBufferListSwitchContext, Phase::enter},
                                        Watch{Call::ReportFilteredNetBufferLists, Phase::enter},
                                        Watch{Call::Misused, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::Misused) return look_at_writing(sight);
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->tainted || sight.event.place > 0) return;
        const ModuleId module = sight.event.module;
        const Token&   down   = packet->token(Path::ingress, module);
        const Token&   up     = packet->token(Path::egress, module);
        if (is_its(down.state) || is_its(up.state)) return sight.held();
        if (packet->origin == module && !packet->context) return;  // FWD-02
        sight.extension_broke("used a packet that is not in its hands",
                              std::max(down.since, up.since));
    }

    /// An object that is named is a packet, or, of an OID, a request: RUN-07.
    static void look_at_writing(Sight& sight) {
        const auto what = static_cast<Misuse>(sight.event.detail);
        if (what != Misuse::wrote_to_freed || sight.event.object == 0) return;
        if (sight.event.oid != 0) return;
        sight.extension_broke("touched a packet that was not in its hands", callback_of(sight));
    }

    static bool is_its(PacketState state) {
        return is_in_hands(state) || state == PacketState::made || state == PacketState::own_back;
    }
};

struct RoomBeforeAdding {
    static constexpr Rule rule{
        .id    = "FWD-09",
        .title = "Room before adding",
        .says =
            "An extension adds no more destinations than the array of the packet has room for: "
            "for more it calls GrowNetBufferListDestinations first.",
        .page     = adding_page,
        .heading  = adding,
        .verifier = "0xC4/0xA007",
    };
    static constexpr auto watches = commits;

    static void check(Sight& sight) {
        if (sight.event.place > 0 || !names_one(sight.event)) return;
        if ((sight.event.detail & destination::no_room) == 0) return sight.held();
        sight.extension_broke("added more destinations than there is room for", 0);
    }
};

struct IndexOfTheAdapter {
    static constexpr Rule rule{
        .id    = "FWD-14",
        .title = "A destination names the adapter of a team",
        .says =
            "Where several physical adapters are bound to the external one, a destination on "
            "its port names one of them by an index above 0.",
        .page     = "forwarding-packets-to-physical-network-adapters",
        .heading  = "Forwarding Packets to Physical Network Adapters",
        .verifier = "0xC4/0xA004 0xC4/0xA005",
    };
    static constexpr auto watches = commits;

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.other;
        if (!names_one(sight.event) || nic == nullptr) return;
        const Index place = sight.ledger.port_at(nic->port);
        const Port* port  = place == no_index ? nullptr : &sight.ledger.ports[place];
        const bool  team =
            port != nullptr && port->type == port_type::external && port->bound_live > 1;
        if (!team) return;
        if (nic->index > 0) return sight.held();
        sight.extension_broke("named index 0 of a team as a destination", nic->changed);
    }
};

struct ArraysAreBorrowed {
    static constexpr Rule rule{
        .id    = "FWD-15",
        .title = "A destination array is the one that the packet has now",
        .says =
            "What UpdateNetBufferListDestinations is given is the array that the last Get or "
            "Grow for this packet gave out.",
        .page     = "nc-ndis-ndis_switch_update_net_buffer_list_destinations",
        .heading  = "Parameters",
        .verifier = "0xC4/0xA007",
    };
    static constexpr std::array watches{Watch{Call::UpdateNetBufferListDestinations, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.place > 0) return;
        if ((sight.event.detail & destination::stale_array) == 0) return sight.held();
        sight.extension_broke("committed an array that is not the packet's", 0);
    }
};

struct ContextOnce {
    static constexpr Rule rule{
        .id       = "FWD-19",
        .title    = "One switch context of a type on a packet",
        .modality = Modality::must_not,
        .severity = Severity::warning,
        .says =
            "An extension sets no switch context on a packet that has one of the same type from "
            "it already.",
        .page     = "nc-ndis-ndis_switch_set_net_buffer_list_switch_context",
        .heading  = "Remarks",
        .verifier = "0xC4/0xA00A",
    };
    static constexpr std::array watches{Watch{Call::SetNetBufferListSwitchContext, Phase::enter}};

    static void check(Sight& sight) {
        const Packet*       packet = sight.focus.packet;
        const std::uint32_t type   = sight.event.flags;
        if (packet == nullptr || sight.event.count == 0 || type == 0 || type > 8) return;
        if ((packet->contexts[sight.event.module] >> (type - 1) & 1U) == 0) return sight.held();
        sight.extension_broke("set a switch context on a packet that has one", 0);
    }
};

struct DrainedBeforeDisconnect {
    static constexpr Rule rule{
        .id    = "PKT-07",
        .title = "References of a drain are given back before the disconnect goes on",
        .says =
            "A port reference that an extension takes while it holds back a disconnect is given "
            "back before the extension passes the disconnect on.",
        .page    = adding_page,
        .heading = adding,
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.parent == 0 || sight.event.oid != oid::nic_disconnect) return;
        const Index index = sight.ledger.requests.find(sight.event.parent);
        if (index == no_index) return;
        const Request& request = sight.ledger.requests[index];
        const ModuleId module  = sight.event.module;
        if (request.module != module || request.tainted || request.port == no_index) return;
        const References& references = sight.ledger.ports[request.port].references;
        // What guards a request of its own is there for that, and not for the drain.
        const auto kept = references.held[module] - references.guarding[module];
        if (kept <= request.ports_held) return sight.held();
        sight.extension_broke("passed on a disconnect with a reference that it took meanwhile",
                              references.since[module]);
    }
};

using Family = boost::mp11::mp_list<HandsOff, RoomBeforeAdding, IndexOfTheAdapter,
                                    ArraysAreBorrowed, ContextOnce, DrainedBeforeDisconnect>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> handlers_rules() {
    return family;
}

}  // namespace interlock::model
