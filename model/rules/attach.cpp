// Attaching to a switch and detaching from it.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

struct ModuleMachine {
    static constexpr Rule rule{
        .id      = "ATTACH-01",
        .title   = "Module state machine",
        .obliged = Obliged::host,
        .says =
            "NDIS attaches what is detached, restarts and detaches what is paused, pauses "
            "what is running, and starts nothing while one of these is under way.",
        .page    = "filter-module-states-and-operations",
        .heading = "Filter Module States and Operations",
        .also    = "FILT-01",
    };
};

struct ControlOnlyAttached {
    static constexpr Rule rule{
        .id      = "ATTACH-02",
        .title   = "Control traffic only in an attached module",
        .obliged = Obliged::both,
        .says =
            "OID requests come to a module, and are made by it, only while it is paused, "
            "restarting, running or pausing.",
        .page    = "attaching-a-filter-module",
        .heading = "Attaching a Filter Module",
        .also    = "FILT-02 FILT-03",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        const Module& module = *sight.focus.module;
        if (module.detaching) return;  // ATTACH-11
        if (module.state != FilterState::attaching && module.state != FilterState::detached)
            return sight.held();
        sight.extension_broke("made an OID request before it was attached", module.changed);
    }
};

constexpr std::array handler_calls{
    Watch{Call::AllocateNetBufferListForwardingContext, Phase::enter},
    Watch{Call::SetNetBufferListSource, Phase::enter},
    Watch{Call::AddNetBufferListDestination, Phase::enter},
    Watch{Call::GrowNetBufferListDestinations, Phase::enter},
    Watch{Call::UpdateNetBufferListDestinations, Phase::enter},
    Watch{Call::CopyNetBufferListInfo, Phase::enter},
    Watch{Call::ReportFilteredNetBufferLists, Phase::enter},
    Watch{Call::ReferenceSwitchNic, Phase::enter},
    Watch{Call::DereferenceSwitchNic, Phase::enter},
    Watch{Call::ReferenceSwitchPort, Phase::enter},
    Watch{Call::DereferenceSwitchPort, Phase::enter}};

struct HandlersObtained {
    static constexpr Rule rule{
        .id    = "ATTACH-03",
        .title = "Switch handlers are obtained before they are called",
        .says =
            "An extension calls the switch's handlers only after it has got them, for this "
            "module, from NdisFGetOptionalSwitchHandlers.",
        .page    = "nf-ndis-ndisfgetoptionalswitchhandlers",
        .heading = "Remarks",
        .also    = "FWD-01",
    };
    static constexpr auto watches = handler_calls;

    static void check(Sight& sight) {
        if (sight.focus.module->handlers_got) return sight.held();
        sight.extension_broke("called a handler of a switch that it never asked for", 0);
    }
};

struct NothingPendingAtDetach {
    static constexpr Rule rule{
        .id    = "ATTACH-11",
        .title = "Detach leaves nothing pending",
        .says =
            "When FilterDetach returns, every OID request that the module was handed or "
            "made is finished, and it calls nothing any more.",
        .page    = "detaching-a-filter-module",
        .heading = "Detaching a Filter Module",
    };
    static constexpr std::array watches{
        Watch{Call::FilterDetach, Phase::leave},
        Watch{Call::NdisFOidRequest, Phase::enter},
        Watch{Call::NdisFIndicateStatus, Phase::enter},
        Watch{Call::NdisFSendNetBufferLists, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter},
        Watch{Call::AllocateNetBufferListForwardingContext, Phase::enter},
        Watch{Call::AddNetBufferListDestination, Phase::enter},
        Watch{Call::ReferenceSwitchNic, Phase::enter},
        Watch{Call::DereferenceSwitchNic, Phase::enter},
        Watch{Call::ReferenceSwitchPort, Phase::enter},
        Watch{Call::DereferenceSwitchPort, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::FilterDetach) return at_return(sight);
        const Module& module = *sight.focus.module;
        if (!module.detaching) return;
        // While FilterDetach runs, another thread may not know yet, and references are given back.
        const Frame* within = sight.ledger.callback(sight.event.task, sight.event.module);
        const bool   inside = within != nullptr && within->call == Call::FilterDetach;
        const bool   giving = sight.event.call == Call::DereferenceSwitchNic ||
                            sight.event.call == Call::DereferenceSwitchPort;
        if (!module.detached && (!inside || giving)) return;
        sight.extension_broke("made a call for a module that is detached", module.changed);
    }

    static void at_return(Sight& sight) {
        const ModuleId module = sight.event.module;
        if (sight.focus.module->own_open > 0)
            sight.extension_broke("was detached with an OID request of its own under way", 0);
        bool kept = sight.focus.module->own_open > 0;
        for (const Index index : sight.ledger.requests_open) {
            const Request& request = sight.ledger.requests[index];
            if (request.module != module || request.tainted) continue;
            if (request.state == OidState::forwarded) continue;  // NDIS should have waited.
            kept = true;
            if (sight.name_once(Matter::request, module, request.id))
                sight.broken(Party::extension, module,
                             "was detached with an OID request that it had not finished",
                             {.object = request.id, .oid = request.oid}, request.handed);
        }
        if (!kept) sight.held();
    }
};

using Family = boost::mp11::mp_list<ModuleMachine, ControlOnlyAttached, HandlersObtained,
                                    NothingPendingAtDetach>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> attach_rules() {
    return family;
}

}  // namespace interlock::model
