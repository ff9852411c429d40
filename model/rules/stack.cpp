// What the switch owes a stack of modules: order, quiet before a detach, and the right IRQL.

#include "model/rules/handing.hpp"

namespace interlock::model {
namespace {

struct QuietAtDetach {
    static constexpr Rule rule{
        .id      = "FILT-15",
        .title   = "A module is quiet when it is detached, and left alone after it",
        .obliged = Obliged::host,
        .says =
            "FilterDetach is called only when what the module had passed on is back, and after "
            "it nothing of the module is called any more.",
        .page    = "detaching-a-filter-module",
        .heading = "Detaching a Filter Module",
    };
    static constexpr std::array watches{Watch{Call::FilterDetach, Phase::enter},
                                        Watch{Call::FilterStatus, Phase::enter},
                                        Watch{Call::FilterNetPnPEvent, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call != Call::FilterDetach) {
            if (sight.focus.module->detached)
                sight.host_broke("called a module that is detached", sight.focus.module->changed);
            return;
        }
        for (const Index index : sight.ledger.packets_open) {
            const Packet& packet = sight.ledger.packets[index];
            for (const Path path : paths) {
                const Token& token = packet.token(path, sight.event.module);
                if (token.state == PacketState::passed && !packet.tainted)
                    return sight.host_broke("detached a module whose packets were under way",
                                            token.since);
            }
        }
        sight.held();
    }
};

struct StackOrder {
    static constexpr Rule rule{
        .id      = "FILT-16",
        .title   = "A stack is paused from the top and restarted from the bottom",
        .obliged = Obliged::host,
        .says =
            "No module is paused or restarted while one above it in the stack is still, or "
            "already, running.",
        .page    = "pausing-a-driver-stack",
        .heading = "Pausing a Driver Stack",
    };
    static constexpr std::array watches{Watch{Call::FilterPause, Phase::enter},
                                        Watch{Call::FilterRestart, Phase::enter}};

    static void check(Sight& sight) {
        for (ModuleId above = 0; above < sight.event.module; ++above) {
            const Module& module = sight.ledger.modules[above];
            if (module.state == FilterState::running && !module.unsure)
                return sight.host_broke("paused or restarted a module below one that is running",
                                        module.changed);
        }
        sight.held();
    }
};

struct DeliveredWhereItGoes {
    static constexpr Rule rule{
        .id      = "FWD-20",
        .title   = "Packets are delivered to adapters that are there",
        .obliged = Obliged::host,
        .says =
            "What the switch delivers it delivers to an adapter that was created and is not "
            "deleted.",
        .page    = "packet-flow-through-the-extensible-switch-data-path",
        .heading = "Overlying protocol edge",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeDeliver, Phase::enter}};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.other;
        if (nic == nullptr && !sight.ledger.facts.whole) return;
        const bool there = nic != nullptr && nic->state >= NicState::created &&
                           nic->state <= NicState::disconnected;
        if (there) return sight.held();
        sight.host_broke("delivered a packet to an adapter that is not there",
                         nic == nullptr ? 0 : nic->changed);
    }
};

struct CallbackIrql {
    static constexpr Rule rule{
        .id      = "IRQL-01",
        .title   = "Callbacks come at their IRQL",
        .obliged = Obliged::host,
        .says =
            "Attach, detach, pause, restart, module options and PnP events come at "
            "PASSIVE_LEVEL.",
        .page    = "nc-ndis-filter_attach",
        .heading = "Requirements",
    };
    static constexpr std::array watches{Watch{Call::FilterAttach, Phase::enter},
                                        Watch{Call::FilterDetach, Phase::enter},
                                        Watch{Call::FilterPause, Phase::enter},
                                        Watch{Call::FilterRestart, Phase::enter},
                                        Watch{Call::FilterSetModuleOptions, Phase::enter},
                                        Watch{Call::FilterNetPnPEvent, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.irql == irql::passive) return sight.held();
        sight.host_broke("made a call above PASSIVE_LEVEL that is for it only", 0);
    }
};

using Family = boost::mp11::mp_list<QuietAtDetach, StackOrder, DeliveredWhereItGoes, CallbackIrql>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> stack_rules() {
    return family;
}

}  // namespace interlock::model
