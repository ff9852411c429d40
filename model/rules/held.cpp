// OID requests that are held while somebody waits for them: a restart, or who cancelled them.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

constexpr std::array ends_or_rests{
    Watch{Call::NdisFOidRequestComplete, Phase::enter}, Watch{Call::FilterOidRequest, Phase::leave},
    Watch{Call::Quiescent, Phase::enter}, Watch{Call::EndOfRun, Phase::enter}};

/// Names each request that an extension keeps, and that is one of those.
void name_kept(Sight& sight, std::string_view what, auto is_one) {
    for (const Index index : sight.ledger.requests_open) {
        const Request& request = sight.ledger.requests[index];
        if (request.tainted || request.state == OidState::forwarded || !is_one(request)) continue;
        if (sight.name_once(Matter::request, request.module, request.id))
            sight.broken(Party::extension, request.module, what,
                         {.object = request.id, .oid = request.oid}, request.handed);
    }
}

struct NotWhileWaitingForRestart {
    static constexpr Rule rule{
        .id       = "OID-13",
        .title    = "No OID request is held for a restart",
        .modality = Modality::must_not,
        .kind     = RuleKind::obligation,
        .says =
            "An extension that asked for a restart of the stack finishes the requests that it "
            "holds without waiting for that: it cannot come before.",
        .page    = "hyper-v-extensible-switch-control-path-for-oid-requests",
        .heading = "Hyper-V Extensible Switch Control Path for OID Requests",
    };
    static constexpr auto watches = ends_or_rests;

    static void check(Sight& sight) {
        if (sight.still() != Still::no)
            return name_kept(sight, "holds an OID request while it waits for a restart",
                             [&](const Request& request) {
                                 return sight.ledger.modules[request.module].restart_asked;
                             });
        if (completion(sight) && sight.focus.module->restart_asked) sight.held();
    }
};

struct CancelledIsFinished {
    static constexpr Rule rule{
        .id       = "OID-18",
        .title    = "Cancellation is honoured",
        .kind     = RuleKind::obligation,
        .severity = Severity::warning,
        .says =
            "A request that was cancelled while an extension held it is passed on or finished, "
            "whatever the extension was waiting for.",
        .page    = "nc-ndis-filter_cancel_oid_request",
        .heading = "Remarks",
    };
    static constexpr auto watches = ends_or_rests;

    static void check(Sight& sight) {
        if (sight.still() == Still::no) {
            const auto done = completion(sight);
            if (done && done->request.cancelled) sight.held();
            return;
        }
        // Once the switch is active, OID-03 says the same of any request.
        if (sight.ledger.activated) return;
        name_kept(sight, "keeps an OID request that was cancelled",
                  [](const Request& request) { return request.cancelled; });
    }
};

using Family = boost::mp11::mp_list<NotWhileWaitingForRestart, CancelledIsFinished>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> held_rules() {
    return family;
}

}  // namespace interlock::model
