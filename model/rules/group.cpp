// Flags that say what the packets of one list have in common.

#include "model/rules/handing.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view flags_page = "hyper-v-extensible-switch-send-and-receive-flags";

struct ReturnsSaySource {
    static constexpr Rule rule{
        .id       = "FLAG-02",
        .title    = "Returns of one source say so",
        .severity = Severity::warning,
        .says =
            "Who returns packets that are not its own, all from the same port, sets the flag "
            "for a single source.",
        .page    = flags_page,
        .heading = "NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE",
    };
    static constexpr std::array watches{Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Event&  event  = sight.event;
        const Packet* packet = sight.focus.packet;
        if (event.place + 1U != event.count || packet == nullptr) return;
        if (packet->origin == event.module || packet->tainted) return;
        if (event.place > 0 && !from_one_port(sight)) return;
        if ((event.flags & flag::return_single_source) != 0) return sight.held();
        sight.extension_broke("returned packets of one source without saying so", 0);
    }

    static bool from_one_port(const Sight& sight) {
        const auto& frames = sight.focus.task->frames;
        return !frames.empty() && frames.back().call == sight.event.call && !frames.back().mixed &&
               frames.back().port == sight.event.port;
    }
};

bool has_destination(const Ledger& ledger, const Packet& packet, Index nic) {
    for (Index index = packet.commits; index != no_index; index = ledger.commits[index].next)
        if (ledger.commits[index].nic == nic) return true;
    return false;
}

bool has_all_of(const Ledger& ledger, const Packet& packet, const Packet& other) {
    for (Index index = other.commits; index != no_index; index = ledger.commits[index].next)
        if (!has_destination(ledger, packet, ledger.commits[index].nic)) return false;
    return true;
}

/// Whether this packet of a list goes where the first one goes. Yes, if that is not known: what the
/// switch forwards itself, no event tells.
bool goes_with_the_first(const Sight& sight) {
    const auto& frames = sight.focus.task->frames;
    if (frames.empty() || frames.back().call != sight.event.call) return true;
    const Index   index  = sight.ledger.packets.find(frames.back().object);
    const Packet* packet = sight.focus.packet;
    if (index == no_index || packet == nullptr) return true;
    const Packet& first = sight.ledger.packets[index];
    if (first.commits == no_index || packet->commits == no_index) return true;
    if (first.vague || packet->vague) return true;
    return has_all_of(sight.ledger, first, *packet) && has_all_of(sight.ledger, *packet, first);
}

struct GroupOnEgress {
    static constexpr Rule rule{
        .id       = "FLAG-04",
        .title    = "A destination group goes to the same destinations",
        .obliged  = Obliged::both,
        .modality = Modality::must_not,
        .says =
            "The flag for a group of destinations is set on what is indicated only if all "
            "packets of the list have the same destinations.",
        .page     = flags_page,
        .heading  = "NDIS_RECEIVE_FLAGS_SWITCH_DESTINATION_GROUP",
        .verifier = "0xC4/0xA00D",
    };
    static constexpr std::array watches{
        Watch{Call::FilterReceiveNetBufferLists, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (event.place == 0 || (event.flags & flag::receive_destination_group) == 0) return;
        if (goes_with_the_first(sight)) return sight.held();
        constexpr std::string_view what = "grouped packets that have different destinations";
        if (event.call == Call::FilterReceiveNetBufferLists) return sight.host_broke(what, 0);
        sight.extension_broke(what, 0);
    }
};

/// Whether the flag came with the list that is being passed on.
bool was_handed_over(const Sight& sight, Call by, std::uint32_t bit) {
    const Frame* within = sight.ledger.callback(sight.event.task, sight.event.module);
    return within != nullptr && within->call == by && (within->flags & bit) != 0;
}

struct GroupOnIngress {
    static constexpr Rule rule{
        .id       = "FLAG-03",
        .title    = "Only a forwarding extension groups by destination",
        .modality = Modality::must_not,
        .says =
            "Capturing and filtering extensions do not set the flag for a group of packets "
            "with the same destinations, and a forwarding one only if they have the same.",
        .page    = flags_page,
        .heading = "NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const ExtensionClass kind = sight.focus.module->kind;
        const bool           set  = (sight.event.flags & flag::send_destination_group) != 0;
        if (sight.event.place > 0) {
            if (set && kind == ExtensionClass::forwarding && !goes_with_the_first(sight))
                sight.extension_broke("grouped packets that have different destinations", 0);
            return;
        }
        if (kind == ExtensionClass::unknown) return;
        if (!set || kind == ExtensionClass::forwarding) return sight.held();
        if (was_handed_over(sight, Call::FilterSendNetBufferLists, flag::send_destination_group))
            return;
        sight.extension_broke(
            "set the flag for a group of destinations, not being a forwarding "
            "extension",
            0);
    }
};

struct NoResourcesFlag {
    static constexpr Rule rule{
        .id       = "FLAG-05",
        .title    = "No RESOURCES flag in the switch",
        .modality = Modality::must_not,
        .says     = "An extension indicates no packet with the flag that asks for it back at once.",
        .page     = flags_page,
        .heading  = "NDIS_RECEIVE_FLAGS_SWITCH_DESTINATION_GROUP",
        .also     = "NBL-25",
    };
    static constexpr std::array watches{
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.place > 0) return;
        if ((sight.event.flags & flag::receive_resources) == 0) return sight.held();
        if (was_handed_over(sight, Call::FilterReceiveNetBufferLists, flag::receive_resources))
            return;
        sight.extension_broke("indicated packets with NDIS_RECEIVE_FLAGS_RESOURCES", 0);
    }
};

using Family =
    boost::mp11::mp_list<ReturnsSaySource, GroupOnEgress, GroupOnIngress, NoResourcesFlag>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> group_rules() {
    return family;
}

}  // namespace interlock::model
