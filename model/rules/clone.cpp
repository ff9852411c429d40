// Packets that an extension makes itself: clones, and what goes with them.

#include "model/ndis_versions.hpp"
#include "model/rules/handing.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view cloning_page = "cloning-or-duplicating-packet-traffic";
constexpr std::string_view cloning      = "Cloning Packet Traffic";

const Packet* original_of(const Ledger& ledger, const Packet& clone) {
    const Index index = clone.parent == 0 ? no_index : ledger.packets.find(clone.parent);
    return index == no_index ? nullptr : &ledger.packets[index];
}

struct CloneOnEgress {
    static constexpr Rule rule{
        .id    = "NBL-17",
        .title = "Only a faithful clone is indicated",
        .says =
            "A clone is passed up only if its original came on its way up, and with the source "
            "and the destinations of that; any other is sent down.",
        .page    = cloning_page,
        .heading = cloning,
    };
    static constexpr std::array watches{
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* clone = own_passing(sight);
        if (clone == nullptr || clone->parent == 0) return;  // NBL-16
        const Packet* original = original_of(sight.ledger, *clone);
        if (original == nullptr || original->tainted) return;
        const ModuleId    module = sight.event.module;
        const PacketState down   = original->token(Path::ingress, module).state;
        const PacketState up     = original->token(Path::egress, module).state;
        if (down == PacketState::held && up == PacketState::away)
            return sight.extension_broke("indicated a clone of a packet on its way down", 0);
        if (!clone->preserved)
            return sight.extension_broke(
                "indicated a clone without the destinations of its original", 0);
        if (clone->sourced && clone->port != original->port)
            return sight.extension_broke("indicated a clone with another source", 0);
        sight.extension_doubted(Doubt::faithful_clone_up, "indicated a clone", 0);
    }
};

struct CloneNamesParent {
    static constexpr Rule rule{
        .id    = "NBL-18",
        .title = "A clone points to its original",
        .says =
            "From NDIS 6.40 on, ParentNetBufferList of a clone points to the packet that it was "
            "cloned from.",
        .page    = cloning_page,
        .heading = cloning,
    };
    static constexpr auto watches = passings;

    static void check(Sight& sight) {
        const Packet* clone = own_passing(sight);
        if (clone == nullptr || !clone->shares_data ||
            sight.ledger.facts.ndis < holds_since("NBL-18"))
            return;
        if (sight.event.parent == clone->parent) return sight.held();
        sight.extension_broke("passed on a clone that does not point to its original", 0);
    }
};

/// A warning: the page asks for it, and says twice that the original may go first.
struct ParentOutlivesClones {
    static constexpr Rule rule{
        .id       = "NBL-19",
        .title    = "An original outlives its clones",
        .modality = Modality::must_not,
        .severity = Severity::warning,
        .says =
            "A packet is not completed or returned while a clone of it that shares its data is "
            "under way.",
        .page    = cloning_page,
        .heading = cloning,
        .also    = "NBL-20",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
                                        Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.focus.packet == nullptr || !sight.focus.packet->cloned) return;
        const auto handed = handing(sight);
        if (!handed) return;
        for (const Index index : sight.ledger.packets_open) {
            const Packet& clone = sight.ledger.packets[index];
            if (clone.parent != handed->packet.id || clone.origin != sight.event.module) continue;
            if (!clone.shares_data || clone.tainted) continue;
            for (const Path path : paths) {
                const Token& token = clone.token(path, sight.event.module);
                if (token.state == PacketState::own_passed)
                    return sight.extension_broke(
                        "finished a packet while a clone that shares its data was under way",
                        token.since);
            }
        }
        sight.held();
    }
};

struct CopyThenSource {
    static constexpr Rule rule{
        .id       = "FWD-04",
        .title    = "A clone's context is copied before its source is set",
        .severity = Severity::warning,
        .says =
            "CopyNetBufferListInfo comes before SetNetBufferListSource, because it writes the "
            "source of the original over that of the clone.",
        .page    = cloning_page,
        .heading = cloning,
    };
    static constexpr std::array watches{Watch{Call::CopyNetBufferListInfo, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->origin != sight.event.module || packet->tainted) return;
        if (!packet->sourced || packet->copied) return sight.held();
        sight.extension_broke("copied a forwarding context over a source that it had set", 0);
    }
};

struct NoDestinationsDown {
    static constexpr Rule rule{
        .id       = "FWD-05",
        .title    = "A filtering extension sends no clone with destinations",
        .modality = Modality::must_not,
        .says =
            "A filtering extension that sends a clone down has not copied the destinations of "
            "the original to it.",
        .page    = cloning_page,
        .heading = cloning,
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* clone = own_passing(sight);
        if (clone == nullptr || !clone->copied) return;
        if (sight.focus.module->kind != ExtensionClass::filtering) return;
        if (!clone->preserved) return sight.held();
        sight.extension_broke("sent a clone with the destinations of its original", 0);
    }
};

struct DataIsSafe {
    static constexpr Rule rule{
        .id       = "FWD-17",
        .title    = "New packets are marked as safe",
        .severity = Severity::warning,
        .says =
            "An extension sets IsPacketDataSafe in a packet of its own whose bytes it holds "
            "itself.",
        .page    = "originating-packet-traffic",
        .heading = "Originating Packet Traffic",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = own_passing(sight);
        if (packet == nullptr || packet->shares_data) return;
        if ((sight.event.detail & mark::data_not_safe) == 0) return sight.held();
        sight.extension_broke("sent a packet of its own that is not marked as safe", 0);
    }
};

using Family = boost::mp11::mp_list<CloneOnEgress, CloneNamesParent, ParentOutlivesClones,
                                    CopyThenSource, NoDestinationsDown, DataIsSafe>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> clone_rules() {
    return family;
}

}  // namespace interlock::model
