// Where packets are sent to, and from: what an extension may name, and who may name it.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view adding_page =
    "adding-extensible-switch-destination-port-data-to-a-packet";
constexpr std::string_view adding = "Adding Extensible Switch Destination Port Data to a Packet";

constexpr std::array commits{Watch{Call::AddNetBufferListDestination, Phase::enter},
                             Watch{Call::UpdateNetBufferListDestinations, Phase::enter}};
constexpr std::array namings{Watch{Call::AddNetBufferListDestination, Phase::enter},
                             Watch{Call::UpdateNetBufferListDestinations, Phase::enter},
                             Watch{Call::SetNetBufferListSource, Phase::enter}};

/// Whether the event names an adapter, as a destination or as a source.
bool names_one(const Event& event) {
    if (event.call == Call::SetNetBufferListSource) return event.port != default_port;
    return event.call == Call::AddNetBufferListDestination || event.count > 0;
}

const Nic* named(const Sight& sight) {
    return sight.event.call == Call::SetNetBufferListSource ? sight.focus.nic : sight.focus.other;
}

Right right_to(const Sight& sight, const Nic& nic) {
    const NicRights& row = rights::of(nic.view[sight.event.module]);
    return sight.event.call == Call::SetNetBufferListSource ? row.source : row.destination;
}

struct NotBeforeConnect {
    static constexpr Rule rule{
        .id       = "PKT-01",
        .title    = "No traffic of an extension's making before the connect",
        .modality = Modality::must_not,
        .says =
            "Until the connect of an adapter has come to an extension, the extension names "
            "it neither as a destination nor as a source of packets.",
        .page     = "oid-switch-port-create",
        .heading  = "Remarks",
        .verifier = "0xC4/0xA005 0xC4/0xA006",
        .also     = "NIC-06",
    };
    static constexpr auto watches = namings;

    static void check(Sight& sight) {
        if (!names_one(sight.event)) return;
        const Nic* nic = named(sight);
        if (nic == nullptr) {
            if (sight.ledger.facts.whole)
                sight.extension_broke("directed a packet at an adapter that was never created", 0);
            return;
        }
        if (nic->view[sight.event.module] == NicView::connect_delivered)
            return sight.extension_doubted(Doubt::connect_opens,
                                           "directed a packet at an adapter whose connect is "
                                           "under way",
                                           nic->viewed[sight.event.module]);
        if (right_to(sight, *nic) != Right::not_yet) return sight.held();
        sight.extension_broke("directed a packet at an adapter that is not connected yet",
                              nic->viewed[sight.event.module]);
    }
};

struct NotAfterDisconnect {
    static constexpr Rule rule{
        .id       = "PKT-04",
        .title    = "No destination after forwarding the disconnect",
        .modality = Modality::must_not,
        .says =
            "Once an extension has passed on the disconnect of an adapter, it commits that "
            "adapter as a destination no more, on any thread.",
        .page     = adding_page,
        .heading  = adding,
        .verifier = "0xC4/0xA005",
        .also     = "NIC-13",
    };
    static constexpr auto watches = commits;

    static void check(Sight& sight) {
        const Nic* nic = named(sight);
        if (!names_one(sight.event) || nic == nullptr) return;
        if (nic->view[sight.event.module] == NicView::disconnect_delivered)
            return sight.extension_doubted(Doubt::disconnect_binds,
                                           "committed a destination that is to be disconnected",
                                           nic->viewed[sight.event.module]);
        if (right_to(sight, *nic) != Right::no_longer) return sight.held();
        sight.extension_broke("committed a destination after it had forwarded its disconnect",
                              nic->viewed[sight.event.module]);
    }
};

struct OriginStopsAtDisconnect {
    static constexpr Rule rule{
        .id       = "PKT-08",
        .title    = "Originated packets stop at the disconnect",
        .modality = Modality::must_not,
        .says =
            "Once an extension has passed on the disconnect of an adapter, it makes no new "
            "packet come from it.",
        .page     = "oid-switch-nic-disconnect",
        .heading  = "Remarks",
        .verifier = "0xC4/0xA006",
        .also     = "NIC-13",
    };
    static constexpr std::array watches{Watch{Call::SetNetBufferListSource, Phase::enter}};

    static void check(Sight& sight) {
        const Nic* nic = named(sight);
        if (!names_one(sight.event) || nic == nullptr) return;
        if (nic->view[sight.event.module] == NicView::disconnect_delivered)
            return sight.extension_doubted(Doubt::disconnect_binds,
                                           "set the source of a packet to an adapter that is to "
                                           "be disconnected",
                                           nic->viewed[sight.event.module]);
        if (right_to(sight, *nic) != Right::no_longer) return sight.held();
        sight.extension_broke(
            "set the source of a packet to an adapter that it knows to be "
            "disconnected",
            nic->viewed[sight.event.module]);
    }
};

struct NothingNamesDeleted {
    static constexpr Rule rule{
        .id       = "PKT-15",
        .title    = "Nothing may name a deleted adapter",
        .modality = Modality::must_not,
        .says =
            "After the delete of an adapter has come to an extension, the extension names "
            "it in no packet and sends none of its own that does.",
        .page     = "oid-switch-nic-delete",
        .heading  = "Remarks",
        .verifier = "0xC4/0xA004",
        .also     = "NIC-20",
    };
    static constexpr std::array watches{Watch{Call::AddNetBufferListDestination, Phase::enter},
                                        Watch{Call::UpdateNetBufferListDestinations, Phase::enter},
                                        Watch{Call::SetNetBufferListSource, Phase::enter},
                                        Watch{Call::NdisFSendNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::NdisFSendNetBufferLists) return at_send(sight);
        const Nic* nic = named(sight);
        if (!names_one(sight.event) || nic == nullptr) return;
        if (right_to(sight, *nic) != Right::gone) return sight.held();
        sight.extension_broke("named an adapter that is deleted", nic->viewed[sight.event.module]);
    }

    static void at_send(Sight& sight) {
        const Packet*  packet = sight.focus.packet;
        const ModuleId module = sight.event.module;
        if (packet == nullptr || packet->origin != module || packet->source == no_index) return;
        const Nic& source = sight.ledger.nics[packet->source];
        if (source.view[module] != NicView::gone) return sight.held();
        sight.extension_broke("sent a packet of its own from an adapter that is deleted",
                              source.viewed[module]);
    }
};

struct OnlyForwardersAdd {
    static constexpr Rule rule{
        .id       = "FWD-07",
        .title    = "Only a forwarding extension adds destinations, and only on ingress",
        .modality = Modality::must_not,
        .says =
            "Capturing and filtering extensions add no destinations, and nobody adds one "
            "to a packet on its way up.",
        .page    = adding_page,
        .heading = adding,
    };
    static constexpr std::array watches{Watch{Call::AddNetBufferListDestination, Phase::enter},
                                        Watch{Call::GrowNetBufferListDestinations, Phase::enter},
                                        Watch{Call::UpdateNetBufferListDestinations, Phase::enter}};

    static void check(Sight& sight) {
        const bool exclusion_only =
            sight.event.call == Call::UpdateNetBufferListDestinations && sight.event.count == 0;
        const bool filters = sight.focus.module->kind == ExtensionClass::filtering;
        if (exclusion_only && filters)
            return sight.extension_doubted(Doubt::exclusion_by_filter,
                                           "committed exclusions, being a filtering extension", 0);
        if (exclusion_only) return sight.held();
        if (sight.event.place > 0) return;
        const ExtensionClass kind = sight.focus.module->kind;
        if (kind == ExtensionClass::capturing)
            return sight.extension_broke("added a destination, being a capturing extension", 0);
        if (kind == ExtensionClass::filtering)
            return sight.extension_broke("added a destination, being a filtering extension", 0);
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr) return;
        const PacketState down = packet->token(Path::ingress, sight.event.module).state;
        const Token&      up   = packet->token(Path::egress, sight.event.module);
        if (up.state == PacketState::held && down != PacketState::held &&
            packet->origin != sight.event.module)
            return sight.extension_broke("added a destination to a packet on its way up", up.since);
        sight.held();
    }
};

struct EveryPacketResolved {
    static constexpr Rule rule{
        .id    = "FWD-08",
        .title = "A forwarding extension resolves every packet",
        .says =
            "A forwarding extension passes a packet down only with a destination committed, "
            "unless the switch forwards it itself.",
        .page    = adding_page,
        .heading = adding,
        .also    = "PKT-05",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (sight.focus.module->kind != ExtensionClass::forwarding || packet == nullptr) return;
        const bool native =
            packet->native || (sight.event.detail & flag::native_forwarding_required) != 0;
        const Token& token = packet->token(Path::ingress, sight.event.module);
        const bool   its   = token.state == PacketState::held || token.state == PacketState::made;
        if (native || packet->vague || !packet->known || !its) return;
        if (packet->commits != no_index) return sight.held();
        sight.extension_broke("passed down a packet without a destination", token.since);
    }
};

using Family = boost::mp11::mp_list<NotBeforeConnect, NotAfterDisconnect, OriginStopsAtDisconnect,
                                    NothingNamesDeleted, OnlyForwardersAdd, EveryPacketResolved>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> destination_rules() {
    return family;
}

}  // namespace interlock::model
