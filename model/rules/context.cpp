// The forwarding context of an extension's own packets.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

struct ContextBeforeUse {
    static constexpr Rule rule{
        .id    = "FWD-02",
        .title = "A forwarding context before use of one's own packets",
        .says =
            "A packet of an extension's own gets a forwarding context before its source or "
            "destinations are set and before it is sent or indicated.",
        .page     = "managing-the-hyper-v-extensible-switch-forwarding-context",
        .heading  = "Managing the Hyper-V Extensible Switch Forwarding Context",
        .verifier = "0xC4/0xA003",
    };
    static constexpr std::array watches{
        Watch{Call::NdisFSendNetBufferLists, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter},
        Watch{Call::SetNetBufferListSource, Phase::enter},
        Watch{Call::AddNetBufferListDestination, Phase::enter},
        Watch{Call::UpdateNetBufferListDestinations, Phase::enter},
        Watch{Call::SetNetBufferListSwitchContext, Phase::enter},
        Watch{Call::CopyNetBufferListInfo, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->origin != sight.event.module || packet->tainted) return;
        // On its way up it may be handed to its maker like any other.
        if (packet->context ||
            packet->token(Path::egress, sight.event.module).state == PacketState::held)
            return sight.held();
        sight.extension_broke("used a packet of its own that has no forwarding context", 0);
    }
};

struct ContextFreed {
    static constexpr Rule rule{
        .id    = "FWD-03",
        .title = "The forwarding context is freed once, after completion, before the packet",
        .says =
            "An extension frees the forwarding context of a packet of its own once, when "
            "the packet is back and before it is freed or gets another; of others' packets it "
            "never does.",
        .page     = "nc-ndis-ndis_switch_free_net_buffer_list_forwarding_context",
        .heading  = "Remarks",
        .verifier = "0xC4/0xA002",
        .also     = "NBL-22",
    };
    static constexpr std::array watches{
        Watch{Call::AllocateNetBufferListForwardingContext, Phase::enter},
        Watch{Call::FreeNetBufferListForwardingContext, Phase::enter},
        Watch{Call::NdisFreeNetBufferList, Phase::enter}, Watch{Call::FilterDetach, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::FilterDetach) return at_detach(sight);
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || !packet->known || packet->tainted) return;
        const bool own = packet->origin == sight.event.module;
        if (sight.event.call == Call::NdisFreeNetBufferList) {
            const PacketState down = packet->token(Path::ingress, sight.event.module).state;
            if (!own || !packet->context || down == PacketState::own_passed) return;  // NBL-01
            return sight.extension_broke("freed a packet that still has its forwarding context", 0);
        }
        const bool in_use = sight.event.call == Call::AllocateNetBufferListForwardingContext &&
                            (sight.event.detail & context::detail_not_zero) != 0;
        if (own && in_use)
            return sight.extension_broke("allocated a forwarding context over one in use", 0);
        if (own) return sight.held();
        sight.extension_broke(sight.event.call == Call::AllocateNetBufferListForwardingContext
                                  ? "allocated a forwarding context for a packet not its own"
                                  : "freed the forwarding context of a packet not its own",
                              0);
    }

    static void at_detach(Sight& sight) {
        const ModuleId module = sight.event.module;
        for (const Index index : sight.ledger.packets_open) {
            const Packet& packet = sight.ledger.packets[index];
            if (packet.origin != module || !packet.context || packet.tainted) continue;
            if (sight.name_once(Matter::own_packet, module, packet.id))
                sight.broken(Party::extension, module,
                             "was detached with a forwarding context that it had not freed",
                             {.object = packet.id}, packet.token(Path::ingress, module).since);
        }
    }
};

using Family = boost::mp11::mp_list<ContextBeforeUse, ContextFreed>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> context_rules() {
    return family;
}

}  // namespace interlock::model
