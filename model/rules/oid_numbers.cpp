// What goes with an OID request besides its status: who completes it, what it counts, where from.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

struct ToldOnce {
    static constexpr Rule rule{
        .id      = "OIDF-05",
        .title   = "A request is answered to an extension once",
        .obliged = Obliged::host,
        .says =
            "FilterOidRequestComplete is called once for a request for which NdisFOidRequest "
            "returns NDIS_STATUS_PENDING, and never for any other.",
        .page    = "generating-oid-requests-from-an-ndis-filter-driver",
        .heading = "Generating OID Requests from an NDIS Filter Driver",
    };
    static constexpr std::array watches{Watch{Call::FilterOidRequestComplete, Phase::enter},
                                        Watch{Call::NdisFOidRequest, Phase::leave}};

    static void check(Sight& sight) {
        const Request* request = sight.focus.request;
        if (request == nullptr || request->maker != sight.event.module ||
            !in_order(sight, *request))
            return;
        const bool returns = sight.event.call == Call::NdisFOidRequest;
        if (returns && sight.event.status == status::pending) return;
        if (!request->finished) return sight.held();
        sight.host_broke("answered an OID request of an extension twice", request->since);
    }

    static bool in_order(const Sight& sight, const Request& request) {
        if (request.tainted || !request.sent) return false;
        return request.parent == no_index || !sight.ledger.requests[request.parent].tainted;
    }
};

struct BytesFit {
    static constexpr Rule rule{
        .id    = "OIDF-06",
        .title = "A request says truly how much was written",
        .says  = "A request is completed with no more bytes written than its buffer has room for.",
        .page  = "bug-check-0x7c--bugcode-ndis-driver",
        .heading  = "BUGCODE_NDIS_DRIVER Parameters",
        .verifier = "0x7C/0x1D",
    };
    static constexpr auto watches = completions;

    static void check(Sight& sight) {
        if (!completion(sight)) return;
        if ((sight.event.flags & buffer::overstated) == 0) return sight.held();
        sight.extension_broke("said that it had written more than the buffer holds", 0);
    }
};

struct ForwardedAtOnce {
    static constexpr Rule rule{
        .id       = "OIDF-13",
        .title    = "Requests to an adapter are passed on at once",
        .severity = Severity::warning,
        .says =
            "OID_SWITCH_NIC_REQUEST is passed on within the call to FilterOidRequest that "
            "brought it.",
        .page    = "forwarding-oid-requests-to-physical-network-adapters",
        .heading = "Forwarding OID Requests to Physical Network Adapters",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        if (sight.event.parent == 0 || sight.event.oid != oid::nic_request) return;
        const Index index = sight.ledger.requests.find(sight.event.parent);
        if (index == no_index || sight.ledger.requests[index].tainted) return;
        const Frame* within = sight.ledger.callback(sight.event.task, sight.event.module);
        const bool   inside = within != nullptr && within->call == Call::FilterOidRequest &&
                            within->object == sight.event.parent;
        if (inside) return sight.held();
        sight.extension_broke("passed on a request to an adapter later",
                              sight.ledger.requests[index].handed);
    }
};

using Family = boost::mp11::mp_list<ToldOnce, BytesFit, ForwardedAtOnce>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> oid_numbers_rules() {
    return family;
}

}  // namespace interlock::model
