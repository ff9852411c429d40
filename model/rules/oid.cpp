// OID requests: one at a time, forwarded by clone, completed once. Vetoes: veto.cpp.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view filtering_page = "filtering-oid-requests-in-an-ndis-filter-driver";
constexpr std::string_view receiving_page =
    "receiving-oid-requests-about-hyper-v-extensible-switch-configuration-changes";

constexpr Oid nic_direct_request = oid::undocumented.front().value;  // It is not serialised.

struct OneAtATime {
    static constexpr Rule rule{
        .id       = "OID-01",
        .title    = "One OID request at a time for each module",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "FilterOidRequest is not called for a module that has not finished the request "
            "before.",
        .page     = "nc-ndis-filter_oid_request",
        .heading  = "Remarks",
        .verifier = "0x9100E",
        .also     = "OIDF-01",
    };
    static constexpr std::array watches{Watch{Call::FilterOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        const Module& module = *sight.focus.module;
        if (sight.event.oid == nic_direct_request) return;
        if (module.inflight == 0) return sight.held();
        sight.host_broke("handed over an OID request before the last one was finished",
                         module.inflight_since);
    }
};

struct OneCompletion {
    static constexpr Rule rule{
        .id    = "OID-02",
        .title = "Exactly one final completion for each OID request",
        .says =
            "A request that was handed over is finished once: by what FilterOidRequest "
            "returns, or after NDIS_STATUS_PENDING by one NdisFOidRequestComplete.",
        .page     = "nf-ndis-ndisfoidrequestcomplete",
        .heading  = "Remarks",
        .verifier = "0x91001 0x91002 DoubleComplete DoubleCompleteWorkItem 0x7C/0x26",
        .also     = "OIDF-02",
    };
    static constexpr auto watches = completions;

    static void check(Sight& sight) {
        if (completion(sight)) sight.held();
        if (sight.event.call == Call::FilterOidRequest || sight.event.status != status::pending)
            return;
        sight.extension_broke("completed an OID request with NDIS_STATUS_PENDING", 0);
    }
};

/// Whether something that m waits for is in other hands: then it may be they that keep it waiting.
bool waits_for_others(const Ledger& ledger, ModuleId module) {
    if (ledger.modules[module].own_open > 0) return true;
    for (const Index index : ledger.packets_open)
        for (const Path path : paths)
            for (ModuleId other = 0; other < modules_max; ++other) {
                const PacketState state = ledger.packets[index].token(path, other).state;
                if (other != module && (state == PacketState::held || state == PacketState::back))
                    return true;
            }
    return false;
}

struct AlwaysCompleted {
    static constexpr Rule rule{
        .id    = "OID-03",
        .title = "Every OID request is completed in the end",
        .kind  = RuleKind::obligation,
        .says =
            "A request that was handed over is not parked for ever: it is forwarded or "
            "completed, and after it came back, completed.",
        .page     = filtering_page,
        .heading  = "Filtering OID Requests in an NDIS Filter Driver",
        .verifier = "0x92003 0x7C/0x25/0x24",
        .also     = "OIDF-15 PKT-06 OIDF-11 FILT-11 ATTACH-08",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequestComplete, Phase::enter},
                                        Watch{Call::FilterOidRequest, Phase::leave},
                                        Watch{Call::Quiescent, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.still() == Still::no) {
            if (completion(sight)) sight.held();
            return;
        }
        for (const Index index : sight.ledger.requests_open) {
            const Request& request = sight.ledger.requests[index];
            if (!request.tainted && request.state != OidState::forwarded) name(sight, request);
        }
    }

    static void name(Sight& sight, const Request& request) {
        if (sight.ledger.modules[request.module].restart_asked) return;  // OID-13
        if (request.cancelled && !sight.ledger.activated) return;        // OID-18
        // No page says whether it may be held until the switch is active.
        if (!sight.ledger.activated && sight.ledger.facts.whole)
            return sight.undecided("an OID request is held before the switch is active");
        // Nor whether until its first restart. Whoever has asked for the parameters had that.
        const Module& holder = sight.ledger.modules[request.module];
        const bool    has_asked = holder.activation == ActivationState::inactive ||
                                holder.activation == ActivationState::active;
        if (holder.state == FilterState::paused && !has_asked)
            return sight.undecided("an OID request is held before the first restart");
        if (waits_for_others(sight.ledger, request.module))
            return sight.undecided("an OID request is held while others hold up its holder");
        if (!sight.name_once(Matter::request, request.module, request.id)) return;
        Subject subject{.object = request.id, .oid = request.oid};
        if (request.port != no_index) subject.port = sight.ledger.ports[request.port].id;
        if (request.nic != no_index) {
            subject.nic     = sight.ledger.nics[request.nic].index;
            subject.has_nic = true;
        }
        sight.broken(Party::extension, request.module,
                     request.state == OidState::answered
                         ? "never completed an OID request that came back from below"
                         : "never forwarded or completed an OID request",
                     subject, request.handed);
    }
};

struct ForwardByClone {
    static constexpr Rule rule{
        .id    = "OID-04",
        .title = "Forward by clone, once, and finish after it is back",
        .says =
            "A request is passed on by a clone of it and not itself, once; and the "
            "original is completed only after the clone has come back.",
        .page    = receiving_page,
        .heading = "Receiving OID Requests about Hyper-V Extensible Switch Configuration Changes",
        .also    = "OIDF-03 OIDF-04",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        const Request* request = sight.focus.request;
        if (request == nullptr || request->maker == sight.event.module) return;
        if (request->tainted || request->module != sight.event.module) return;
        sight.extension_broke("passed on an OID request itself, not a clone of it", request->since);
    }
};

struct StatusUnchanged {
    static constexpr Rule rule{
        .id    = "OID-05",
        .title = "The result from below goes up unchanged",
        .says =
            "A notification that was forwarded is completed with the status that came from "
            "below.",
        .page    = "nc-ndis-filter_oid_request_complete",
        .heading = "Remarks",
        .also    = "OIDF-06",
    };
    static constexpr auto watches = completions;

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || done->local || done->info().from != Originator::host) return;
        if (done->status == done->request.below) return sight.held();
        sight.extension_broke(done->status == status::success
                                  ? "turned a failure from below into success"
                                  : "changed the result that came from below",
                              done->request.since);
    }
};

struct ForwardOnly {
    static constexpr Rule rule{
        .id       = "OID-06",
        .title    = "Forward-only notifications",
        .obliged  = Obliged::both,
        .modality = Modality::must_not,
        .says =
            "What a notification tells of and cannot be vetoed is always passed on: an "
            "extension completes it neither with success nor with failure, and the miniport "
            "edge with success.",
        .page     = "oid-switch-nic-disconnect",
        .heading  = "Remarks",
        .verifier = "0x91001",
        .also     = "OIDF-09 SAVE-08 ATTACH-08",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequestComplete, Phase::enter},
                                        Watch{Call::FilterOidRequest, Phase::leave},
                                        Watch{Call::MiniportEdgeOidRequestComplete, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::MiniportEdgeOidRequestComplete) return at_bottom(sight);
        const auto done = completion(sight);
        if (!done || done->info().tells == Tells::nothing) return;
        if (done->info().handling != Handling::forward) return;
        if (!done->local) return sight.held();
        if (done->for_want_of_memory()) return;
        constexpr std::string_view what = "completed an OID request that it may only forward";
        if (done->request.cancelled && done->status == status::request_aborted)
            return sight.extension_doubted(Doubt::abort_when_cancelled, what, done->request.handed);
        sight.extension_broke(what, done->request.handed);
    }

    /// Of a connect: NIC-09.
    static void at_bottom(Sight& sight) {
        if (sight.focus.request == nullptr) return;
        const Request& root = sight.ledger.requests[sight.focus.request->root];
        const OidInfo& info = oid::info(root.oid);
        if (info.handling != Handling::forward || info.tells == Tells::nothing || root.own) return;
        if (sight.event.status == status::success) return sight.held();
        if (info.tells != Tells::nic_connect)
            sight.host_broke("failed an OID request that nobody may fail", root.since_issue);
    }
};

struct NotificationsReadOnly {
    static constexpr Rule rule{
        .id       = "OID-09",
        .title    = "Notification data is read only",
        .modality = Modality::must_not,
        .says     = "An extension changes nothing of what a notification points to.",
        .page     = receiving_page,
        .heading  = "Receiving OID Requests about Hyper-V Extensible Switch Configuration Changes",
        .also     = "OIDF-08",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter},
                                        Watch{Call::NdisFOidRequestComplete, Phase::enter},
                                        Watch{Call::FilterOidRequest, Phase::leave}};

    static void check(Sight& sight) {
        const bool           forwards = sight.event.call == Call::NdisFOidRequest;
        const Request* const about    = forwards ? passed_request(sight) : sight.focus.request;
        if (about == nullptr || sight.event.digest == 0) return;
        const Request& request = *about;
        if (request.module != sight.event.module || request.digest == 0) return;
        // What is asked for is filled in. Of an MTU no digest is taken: NIC-18.
        const OidInfo& info = oid::info(request.oid);
        if (info.from != Originator::host || info.type != RequestType::set) return;
        if (request.digest == sight.event.digest) return sight.held();
        sight.extension_broke("changed the data of a notification", request.handed);
    }
};

struct EnumsPassThrough {
    static constexpr Rule rule{
        .id       = "OID-11",
        .title    = "Enumerations from above are passed through",
        .modality = Modality::must_not,
        .says =
            "A request for properties that another extension made is passed on, not "
            "answered.",
        .page    = "oid-switch-property-enum",
        .heading = "Remarks",
    };
    static constexpr auto watches = completions;

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done) return;
        const Oid asked = done->request.oid;
        if (asked != oid::property_enum && asked != oid::port_property_enum) return;
        if (!done->local) return sight.held();
        if (done->for_want_of_memory()) return;
        sight.extension_broke("answered a request that it may only pass on", done->request.handed);
    }
};

struct HostOnlyOids {
    static constexpr Rule rule{
        .id       = "OID-10",
        .title    = "The switch's own OID requests are never originated by an extension",
        .modality = Modality::must_not,
        .says =
            "An extension does not issue the notifications of the switch on its own "
            "account.",
        .page    = "oid-switch-nic-create",
        .heading = "Remarks",
        .also    = "OIDF-12",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        if (!is_own_request(sight)) return;
        if (oid::info(sight.event.oid).from != Originator::host) return sight.held();
        sight.extension_broke("issued an OID request that only the switch issues", 0);
    }
};

struct OwnAreNotCompleted {
    static constexpr Rule rule{
        .id       = "OID-12",
        .title    = "Own requests are not completed upward",
        .modality = Modality::must_not,
        .says =
            "NdisFOidRequestComplete is not called for a request that the extension "
            "originated.",
        .page    = "nc-ndis-filter_oid_request_complete",
        .heading = "Remarks",
        .also    = "OIDF-07",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequestComplete, Phase::enter}};

    static void check(Sight& sight) {
        const Request* request = sight.focus.request;
        const bool own = request != nullptr && request->own && request->maker == sight.event.module;
        if (!own) return sight.held();
        sight.extension_broke("completed upward an OID request of its own", request->since);
    }
};

struct NoOverlap {
    static constexpr Rule rule{
        .id       = "OID-17",
        .title    = "Life cycle requests of one component do not overlap",
        .obliged  = Obliged::host,
        .modality = Modality::should,
        .severity = Severity::warning,
        .says =
            "The next notification of the life of a port, or of an adapter on it, is "
            "issued only after the last one has completed.",
        .page    = "managing-physical-network-adapter-connection-status",
        .heading = "Managing Physical Network Adapter Connection Status",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        const Tells tells = oid::info(sight.event.oid).tells;
        if (!is_life_cycle(tells)) return;
        const Port* port   = sight.focus.port;
        const Nic*  nic    = sight.focus.nic;
        const bool  of_nic = tells >= Tells::nic_create;
        // What the machines find to be out of turn anyway is told by them, not here.
        const bool update = tells == Tells::port_update || tells == Tells::nic_update ||
                            tells == Tells::nic_disconnect || tells == Tells::port_teardown;
        const bool with_port = port != nullptr && port->life_open > 0 && (of_nic || update);
        const bool with_nics = port != nullptr && port->nics_life_open > 0 && !of_nic && update;
        const bool with_self = of_nic && nic != nullptr && nic->life_open > 0 &&
                               nic->state == NicState::connected && update;
        if (with_nics && port->nics_live > 0 && tells == Tells::port_teardown) return;  // PORT-06
        const bool port_is_there = port != nullptr && port->state == PortState::created;
        if ((with_port || with_nics || with_self) && port_is_there)
            return sight.host_broke("issued it before the last one was completed", port->oid_since);
        sight.held();
    }
};

using Family = boost::mp11::mp_list<OneAtATime, OneCompletion, AlwaysCompleted, ForwardByClone,
                                    StatusUnchanged, ForwardOnly, NotificationsReadOnly,
                                    EnumsPassThrough, HostOnlyOids, OwnAreNotCompleted, NoOverlap>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> oid_rules() {
    return family;
}

}  // namespace interlock::model
