// The members of a stack: who stands where, who is told what, and who learns what by asking.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view querying_page = "querying-the-hyper-v-extensible-switch-configuration";

struct LearnBeforeUse {
    static constexpr Rule rule{
        .id       = "ATTACH-04",
        .title    = "Attached late: learn before use",
        .modality = Modality::must_not,
        .says =
            "What was there before an extension was attached, it uses only after a query, a "
            "notification or a packet has told it of it.",
        .page    = querying_page,
        .heading = "Querying the Hyper-V Extensible Switch Configuration",
    };
    static constexpr std::array watches{Watch{Call::ReferenceSwitchNic, Phase::enter},
                                        Watch{Call::ReferenceSwitchPort, Phase::enter},
                                        Watch{Call::AddNetBufferListDestination, Phase::enter},
                                        Watch{Call::NdisFOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        const Module& module = *sight.focus.module;
        if (!module.late) return;
        if (sight.event.call == Call::NdisFOidRequest && !is_own_request(sight)) return;
        const auto mine    = static_cast<std::uint8_t>(1U << sight.event.module);
        const bool of_port = sight.event.call == Call::ReferenceSwitchPort ||
                             sight.event.oid == oid::port_property_enum;
        if (of_port) {
            const Port* port = sight.focus.port;
            if (port != nullptr) judge(sight, (port->strange_to & mine) != 0, port->changed);
            return;
        }
        const bool towards = sight.event.call != Call::ReferenceSwitchNic;
        const Nic* nic     = towards ? sight.focus.other : sight.focus.nic;
        if (nic != nullptr) judge(sight, (nic->strange_to & mine) != 0, nic->changed);
    }

    static void judge(Sight& sight, bool strange, Place since) {
        if (!strange) return sight.held();
        sight.extension_broke("used what was there before it, without asking for it", since);
    }
};

struct AnnouncedOnce {
    static constexpr Rule rule{
        .id       = "ATTACH-06",
        .title    = "Activation is announced once",
        .obliged  = Obliged::host,
        .severity = Severity::warning,
        .says =
            "An extension is told once that the switch was activated, and an active switch "
            "never says again that it is not.",
        .page    = querying_page,
        .heading = "Querying the Hyper-V Extensible Switch Configuration",
    };
    static constexpr std::array watches{Watch{Call::FilterNetPnPEvent, Phase::enter},
                                        Watch{Call::MiniportEdgeOidRequestComplete, Phase::enter}};

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (event.call == Call::FilterNetPnPEvent) {
            if (event.detail != pnp::switch_activate) return;
            if (!sight.focus.module->activation_told) return sight.held();
            if (sight.focus.module->activation == ActivationState::told) return;  // A blank cell.
            return sight.host_broke("announced its activation again", 0);
        }
        const bool told = event.oid == oid::parameters && event.status == status::success;
        if (told && event.detail == 0 && sight.ledger.activated)
            sight.host_broke("said that it is not active, after it was", 0);
    }
};

/// That it passes the event on: FILT-20.
struct ActivationSucceeds {
    static constexpr Rule rule{
        .id       = "ATTACH-07",
        .title    = "The activation event is not failed",
        .modality = Modality::must_not,
        .severity = Severity::warning,
        .says =
            "An extension that is told of the activation returns success, whatever became of "
            "its own preparations.",
        .page    = "nc-ndis-filter_net_pnp_event",
        .heading = "Return value",
    };
    static constexpr std::array watches{Watch{Call::FilterNetPnPEvent, Phase::leave}};

    static void check(Sight& sight) {
        const Frame& frame = *sight.focus.frame;
        if (frame.detail != pnp::switch_activate) return;
        if (sight.event.status == status::success) return sight.held();
        sight.extension_broke("failed the activation of the switch", frame.first);
    }
};

struct NobodyIsPassedBy {
    static constexpr Rule rule{
        .id      = "ATTACH-10",
        .title   = "A paused module misses nothing",
        .obliged = Obliged::host,
        .says =
            "What the switch notifies of comes to every attached module on its way, running or "
            "paused.",
        .page    = "filter-module-states-and-operations",
        .heading = "Filter Module States and Operations",
    };
    static constexpr std::array watches{Watch{Call::FilterOidRequest, Phase::enter},
                                        Watch{Call::MiniportEdgeOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        const Request* request = sight.focus.request;
        if (request == nullptr) return;
        const Request& root = sight.ledger.requests[request->root];
        if (root.own || root.maker != host_module || !root.sent) return;
        const ModuleId below = sight.event.module < modules_max ? sight.event.module : modules_max;
        bool           met   = false;
        for (ModuleId module = 0; module < below; ++module) {
            if (!takes_part(sight.ledger.modules[module], root)) continue;
            if ((root.handed_to >> module & 1U) == 0)
                return sight.broken(Party::host, host_module,
                                    "passed by an attached module with an OID request",
                                    sight.subject(), sight.ledger.modules[module].changed);
            met = true;
        }
        if (met) sight.held();
    }

    /// It has a handler, as it was handed others before, and was there as this one was issued.
    static bool takes_part(const Module& module, const Request& root) {
        return module.oids_handed && !module.detaching && !module.adopted &&
               module.state >= FilterState::paused && module.attached < root.since_issue;
    }
};

struct OrderOfClasses {
    static constexpr Rule rule{
        .id       = "ATTACH-12",
        .title    = "Stack composition",
        .obliged  = Obliged::host,
        .severity = Severity::warning,
        .says =
            "Capturing extensions stand above filtering ones, these above the forwarding one, "
            "of which there is one at most.",
        .page    = "forwarding-extensions",
        .heading = "Forwarding Extensions",
    };
    static constexpr std::array watches{Watch{Call::FilterAttach, Phase::enter}};

    static void check(Sight& sight) {
        const auto kind = static_cast<ExtensionClass>(sight.event.detail & 3U);
        if (kind == ExtensionClass::unknown) return;
        for (ModuleId module = 0; module < modules_max; ++module) {
            const Module& other = sight.ledger.modules[module];
            if (module == sight.event.module || other.kind == ExtensionClass::unknown) continue;
            if (other.state == FilterState::detached || other.detached) continue;
            if (kind == ExtensionClass::forwarding && other.kind == kind)
                return sight.host_broke("attached a second forwarding extension", other.changed);
            const bool above = module < sight.event.module;
            if (above ? other.kind > kind : other.kind < kind)
                return sight.host_broke("attached extensions in another order than their classes'",
                                        other.changed);
        }
        sight.held();
    }
};

using Family = boost::mp11::mp_list<LearnBeforeUse, AnnouncedOnce, ActivationSucceeds,
                                    NobodyIsPassedBy, OrderOfClasses>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> member_rules() {
    return family;
}

}  // namespace interlock::model
