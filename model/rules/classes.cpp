// What the class of an extension forbids it, and what the switch's data path forbids them all.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view flags_page = "hyper-v-extensible-switch-send-and-receive-flags";

bool is_capturing(const Sight& sight) {
    return sight.focus.module->kind == ExtensionClass::capturing;
}

struct CapturingPassesOids {
    static constexpr Rule rule{
        .id       = "OID-15",
        .title    = "Capturing extensions answer no control traffic",
        .modality = Modality::must_not,
        .says =
            "A capturing extension passes every notification on; it vetoes and completes "
            "none.",
        .page    = "capturing-extensions",
        .heading = "Capturing Extensions",
        .also    = "OIDF-10",
    };
    static constexpr auto watches = completions;

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || !is_capturing(sight)) return;
        // Saving run-time data is not spoken of; what may not be vetoed by anybody is OID-06's.
        if (done->info().handling != Handling::forward_or_veto) return;
        if (!done->local || done->status == status::success) return sight.held();
        if (done->for_want_of_memory() || done->index(sight.ledger) > 0) return;
        sight.extension_broke("vetoed, being a capturing extension", done->request.handed);
    }
};

struct CapturingPassesPackets {
    static constexpr Rule rule{
        .id       = "NBL-14",
        .title    = "Capturing extensions drop nothing",
        .modality = Modality::must_not,
        .says     = "A capturing extension that is running passes every packet on.",
        .page     = "capturing-extensions",
        .heading  = "Capturing Extensions",
    };
    static constexpr std::array watches{
        Watch{Call::NdisFSendNetBufferLists, Phase::enter},
        Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter},
        Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (!is_capturing(sight) || packet == nullptr || packet->tainted) return;
        const Call call = sight.event.call;
        const bool down =
            call == Call::NdisFSendNetBufferLists || call == Call::NdisFSendNetBufferListsComplete;
        const bool passes = call == Call::NdisFSendNetBufferLists ||
                            call == Call::NdisFIndicateReceiveNetBufferLists;
        const Token& token = packet->token(down ? Path::ingress : Path::egress, sight.event.module);
        if (token.state != PacketState::held || token.entered != FilterState::running ||
            sight.focus.module->state != FilterState::running)
            return;
        if (passes) return sight.held();
        sight.extension_broke("dropped a packet, being a capturing extension", token.since);
    }
};

struct NewOnIngressOnly {
    static constexpr Rule rule{
        .id       = "NBL-16",
        .title    = "New packets enter on their way down only",
        .modality = Modality::must_not,
        .says =
            "A packet that an extension makes, and that is no clone of one, is sent and "
            "not indicated.",
        .page    = "originating-packet-traffic",
        .heading = "Originating Packet Traffic",
    };
    static constexpr std::array watches{
        Watch{Call::NdisFSendNetBufferLists, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->origin != sight.event.module || packet->parent != 0)
            return;
        if (sight.event.call == Call::NdisFSendNetBufferLists) return sight.held();
        const Token& up = packet->token(Path::egress, sight.event.module);
        if (up.state == PacketState::held) return;  // It comes by on its way up.
        sight.extension_broke("indicated a packet that it had made from nothing", 0);
    }
};

/// Whether the flag came with the list that is being passed on.
bool was_handed_over(const Sight& sight, Call by, std::uint32_t bit) {
    const Frame* within = sight.ledger.callback(sight.event.task, sight.event.module);
    return within != nullptr && within->call == by && (within->flags & bit) != 0;
}

struct GroupOfDestinations {
    static constexpr Rule rule{
        .id       = "FLAG-03",
        .title    = "Only a forwarding extension groups by destination",
        .modality = Modality::must_not,
        .says =
            "Capturing and filtering extensions do not set the flag for a group of packets "
            "with the same destinations.",
        .page    = flags_page,
        .heading = "NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const ExtensionClass kind = sight.focus.module->kind;
        if (sight.event.place > 0 || kind == ExtensionClass::unknown) return;
        const bool set = (sight.event.flags & flag::send_destination_group) != 0;
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

using Family = boost::mp11::mp_list<CapturingPassesOids, CapturingPassesPackets, NewOnIngressOnly,
                                    GroupOfDestinations, NoResourcesFlag>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> class_rules() {
    return family;
}

}  // namespace interlock::model
