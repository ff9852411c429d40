// What an extension may change in a packet that came to it, and what it may not.

#include "model/ndis_versions.hpp"
#include "model/rules/handing.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view guidelines_page =
    "packet-management-guidelines-for-the-extensible-switch-data-path";
constexpr std::string_view guidelines =
    "Packet Management Guidelines for the Extensible Switch Data Path";
constexpr std::string_view excluding_page =
    "excluding-packet-delivery-to-extensible-switch-destination-ports";
constexpr std::string_view excluding =
    "Excluding Packet Delivery to Extensible Switch Destination Ports";
constexpr std::string_view update_page = "nc-ndis-ndis_switch_update_net_buffer_list_destinations";

/// Tells of a mark that the packet did not have when it came to the extension. Nearly all packets
/// have none, so that is asked first.
void judge(Sight& sight, std::uint32_t mark, std::string_view what) {
    if ((sight.event.detail & mark) == 0) return sight.held();
    const auto handed = handing(sight);
    if (!handed) return;
    if ((handed->gained & mark) == 0) return sight.held();
    sight.extension_broke(what, handed->token.since);
}

struct GivenBackAsItCame {
    static constexpr Rule rule{
        .id    = "NBL-10",
        .title = "A packet goes back as it came",
        .says =
            "What an extension finishes has the NET_BUFFERs, MDLs, offsets and lengths that it "
            "had when it came: what was changed on the way is undone.",
        .page    = "nf-ndis-ndisfsendnetbufferlistscomplete",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
                                        Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        judge(sight, mark::shape, "gave back a packet whose NET_BUFFERs it had changed");
    }
};

struct SourceHandle {
    static constexpr Rule rule{
        .id    = "NBL-12",
        .title = "SourceHandle is the maker's",
        .says =
            "SourceHandle of a packet of its own an extension sets to its filter handle before "
            "it asks for a forwarding context; that of another's packet it leaves alone.",
        .page     = "sending-data-from-a-filter-driver",
        .heading  = "Send Requests Initiated by a Filter Driver",
        .verifier = "0xC4/0xA001",
    };
    static constexpr std::array watches{
        Watch{Call::AllocateNetBufferListForwardingContext, Phase::enter},
        Watch{Call::NdisFSendNetBufferLists, Phase::enter},
        Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter},
        Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::AllocateNetBufferListForwardingContext) {
            if ((sight.event.detail & context::foreign_source_handle) == 0) return sight.held();
            return sight.extension_broke(
                "asked for a forwarding context before it had set SourceHandle", 0);
        }
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->origin == sight.event.module) return;
        judge(sight, mark::source_handle, "changed the SourceHandle of a packet not its own");
    }
};

struct EgressDataUntouched {
    static constexpr Rule rule{
        .id       = "NBL-15",
        .title    = "Data is not changed on the way up",
        .modality = Modality::must_not,
        .says =
            "An extension passes a packet up with the bytes that came; to change them it "
            "clones the packet and sends the clone down.",
        .page    = guidelines_page,
        .heading = guidelines,
        .also    = "PKT-09",
    };
    static constexpr std::array watches{
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        judge(sight, mark::data, "changed the data of a packet on its way up");
    }
};

struct SourceByHandler {
    static constexpr Rule rule{
        .id    = "FWD-06",
        .title = "The source is set by SetNetBufferListSource, on own packets",
        .says =
            "The source port and index in a packet are changed by SetNetBufferListSource only, "
            "and on the way up only those of a packet of the extension's own.",
        .page     = "modifying-a-packet-s-extensible-switch-source-port-data",
        .heading  = "Modifying a Packet's Extensible Switch Source Port Data",
        .verifier = "0xC4/0xA006",
        .also     = "PKT-09",
    };
    static constexpr std::array watches{
        Watch{Call::SetNetBufferListSource, Phase::enter},
        Watch{Call::NdisFSendNetBufferLists, Phase::enter},
        Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter},
        Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::SetNetBufferListSource) return set(sight);
        judge(sight, mark::source, "wrote the source of a packet itself");
    }

    static void set(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->tainted) return;
        if (packet->origin == sight.event.module) return sight.held();
        const Token& down = packet->token(Path::ingress, sight.event.module);
        const Token& up   = packet->token(Path::egress, sight.event.module);
        if (up.state != PacketState::held || is_in_hands(down.state)) return;
        sight.extension_broke("set the source of a packet on its way up that is not its own",
                              up.since);
    }
};

struct ExclusionsCommitted {
    static constexpr Rule rule{
        .id    = "FWD-10",
        .title = "Changed destinations are committed before the packet moves on",
        .says =
            "Who excludes a destination calls UpdateNetBufferListDestinations before it passes "
            "the packet on.",
        .page    = excluding_page,
        .heading = excluding,
    };
    static constexpr auto watches = passings;

    static void check(Sight& sight) {
        judge(sight, mark::uncommitted,
              "passed on a packet with an exclusion that it had not committed");
    }
};

struct CommittedStays {
    static constexpr Rule rule{
        .id       = "FWD-11",
        .title    = "Committed destinations stay",
        .modality = Modality::must_not,
        .says =
            "Once committed, a destination is neither removed nor made to name another port or "
            "adapter; only its exclusion may be set.",
        .page     = update_page,
        .heading  = "Remarks",
        .verifier = "0xC4/0xA007",
        .also     = "PKT-27",
    };
    static constexpr auto watches = passings;

    static void check(Sight& sight) {
        judge(sight, mark::destinations, "changed or removed a destination that was committed");
    }
};

struct ExclusionIsOneWay {
    static constexpr Rule rule{
        .id       = "FWD-12",
        .title    = "An exclusion is not taken back",
        .modality = Modality::must_not,
        .says =
            "A destination that was excluded stays so; a packet all of whose destinations are "
            "excluded is returned, not passed up.",
        .page    = excluding_page,
        .heading = excluding,
        .also    = "PKT-27",
    };
    static constexpr auto watches = passings;

    static void check(Sight& sight) {
        if ((sight.event.detail & mark::all_excluded) != 0) everywhere(sight);
        judge(sight, mark::included_again, "took back the exclusion of a destination");
    }

    /// One sentence of the page says "should", the next "must".
    static void everywhere(Sight& sight) {
        const auto handed = handing(sight);
        if (!handed || handed->path != Path::egress) return;
        if ((handed->gained & mark::all_excluded) != 0)
            sight.extension_doubted(Doubt::excluded_everywhere,
                                    "passed up a packet that it had excluded everywhere",
                                    handed->token.since);
    }
};

struct NativeFlagReadOnly {
    static constexpr Rule rule{
        .id       = "FWD-16",
        .title    = "NativeForwardingRequired is the switch's",
        .modality = Modality::must_not,
        .says =
            "Only the switch says which packets it forwards itself; an extension reads the flag "
            "and leaves it.",
        .page    = "hybrid-forwarding",
        .heading = "Flow of NVGRE and non-NVGRE packets through the switch",
    };
    static constexpr std::array watches{handings[0], handings[1], handings[2], handings[3],
                                        Watch{Call::AddNetBufferListDestination, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.ledger.facts.ndis < holds_since("FWD-16")) return;
        if (sight.event.call == Call::AddNetBufferListDestination) return adding(sight);
        judge(sight, mark::native, "changed NativeForwardingRequired");
    }

    static void adding(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || !packet->native || packet->origin == sight.event.module) return;
        sight.extension_doubted(Doubt::native_destinations,
                                "added a destination to a packet that the switch forwards itself",
                                packet->sent);
    }
};

using Family = boost::mp11::mp_list<GivenBackAsItCame, SourceHandle, EgressDataUntouched,
                                    SourceByHandler, ExclusionsCommitted, CommittedStays,
                                    ExclusionIsOneWay, NativeFlagReadOnly>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> contents_rules() {
    return family;
}

}  // namespace interlock::model
