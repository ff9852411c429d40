// What the class of an extension forbids it.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

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
        .title    = "Capturing extensions drop and exclude nothing",
        .modality = Modality::must_not,
        .says =
            "A capturing extension that is running passes every packet on, to each of its "
            "destinations.",
        .page    = "capturing-extensions",
        .heading = "Capturing Extensions",
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
            sight.focus.module->state != FilterState::running ||
            sight.focus.module->changed > token.since)  // It was paused in between.
            return;
        const std::uint32_t had = std::uint32_t{token.marks} << 16;
        if (passes && (sight.event.detail & ~had & mark::excluded) != 0)
            return sight.extension_broke("excluded a destination, being a capturing extension",
                                         token.since);
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
        if (packet == nullptr || packet->origin != sight.event.module || packet->parent != 0 ||
            !packet->known)
            return;
        if (sight.event.call == Call::NdisFSendNetBufferLists) return sight.held();
        const Token& up = packet->token(Path::egress, sight.event.module);
        if (up.state == PacketState::held) return;  // It comes by on its way up.
        sight.extension_broke("indicated a packet that it had made from nothing", 0);
    }
};

using Family = boost::mp11::mp_list<CapturingPassesOids, CapturingPassesPackets, NewOnIngressOnly>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> class_rules() {
    return family;
}

}  // namespace interlock::model
