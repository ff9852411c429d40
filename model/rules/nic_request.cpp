// OID_SWITCH_NIC_REQUEST: requests to an adapter, wrapped in one of the switch's.

#include "model/offload.hpp"
#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view forwarding_page = "forwarding-oid-requests-to-physical-network-adapters";
constexpr std::string_view forwarding_heading =
    "Forwarding OID Requests to Physical Network Adapters";
constexpr std::string_view offload_page =
    "managing-hardware-offload-oid-requests-to-physical-network-adapters";
constexpr std::string_view offload_heading =
    "Managing Hardware Offload OID Requests to Physical Network Adapters";

constexpr std::array sent_down{Watch{Call::NdisFOidRequest, Phase::enter}};

bool is_own(const Sight& sight) {
    return sight.event.oid == oid::nic_request && is_own_request(sight);
}

/// What is passed on; null if it is not a request to an adapter.
const Request* passed_nic_request(const Sight& sight) {
    const Request* original = passed_request(sight);
    return original != nullptr && original->oid == oid::nic_request ? original : nullptr;
}

bool only_watches(const Sight& sight) {
    const ExtensionClass kind = sight.focus.module->kind;
    return kind == ExtensionClass::capturing || kind == ExtensionClass::filtering;
}

bool is_external(const Ledger& ledger, PortId id) {
    const Index port = ledger.port_at(id);
    return port != no_index && ledger.ports[port].type == port_type::external;
}

bool is_live(const Nic* nic) {
    return nic != nullptr && switch_requests(nic->state).request;
}

/// A free reference: one that guards no request which is under way.
bool holds(const Nic& nic, ModuleId module) {
    return nic.adopted || nic.references.held[module] > nic.references.guarding[module];
}

struct HostAddresses {
    static constexpr Rule rule{
        .id      = "NREQ-01",
        .title   = "How the switch addresses encapsulated requests",
        .obliged = Obliged::host,
        .says =
            "A request that the switch wraps comes from an adapter that is there or from none, "
            "and goes to the external adapter or to none; it has a request inside.",
        .page    = "oid-switch-nic-request",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (event.oid != oid::nic_request || !sight.ledger.facts.whole) return;
        if ((event.flags & buffer::no_inner) != 0) return sight.host_broke("wrapped no request", 0);
        const Port* port  = sight.focus.port;
        const bool  there = port != nullptr && port->state != PortState::not_created &&
                           port->state != PortState::deleting;
        if (event.port != default_port && !there) return;  // PORT-11
        if (event.port != default_port && !is_live(sight.focus.nic))
            return sight.host_broke("issued a request from an adapter that is not there", 0);
        const bool sent_on = event.other_port != default_port;
        if (sent_on && !is_external(sight.ledger, event.other_port))
            return sight.host_broke("issued a request to what is not the external adapter", 0);
        if (sent_on && !is_live(sight.focus.other))
            return sight.host_broke("issued a request to an adapter that is not there", 0);
        sight.held();
    }
};

struct SourceStays {
    static constexpr Rule rule{
        .id       = "NREQ-02",
        .title    = "Source fields survive",
        .modality = Modality::must_not,
        .says =
            "An extension that passes on or redirects an encapsulated request keeps the source "
            "that the switch wrote in it.",
        .page    = "oid-switch-nic-request",
        .heading = "Remarks",
    };
    static constexpr auto       watches = sent_down;
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        const Request* original = passed_nic_request(sight);
        if (original == nullptr) return;
        if (original->from == Target{sight.event.port, sight.event.nic}) return sight.held();
        sight.extension_broke("changed the source of a request that it passed on",
                              original->handed);
    }
};

struct Redirecting {
    static constexpr Rule rule{
        .id    = "NREQ-03",
        .title = "Redirecting a request",
        .says =
            "Only a forwarding extension redirects an encapsulated request, to a physical "
            "adapter below the external one, and holds a reference on it.",
        .page    = forwarding_page,
        .heading = forwarding_heading,
    };
    static constexpr auto       watches = sent_down;
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        const Request* original = passed_nic_request(sight);
        const Target   to{sight.event.other_port, sight.event.other_nic};
        if (original == nullptr || original->to == to) return;
        if (only_watches(sight))
            return sight.extension_broke("redirected a request, not being a forwarding extension",
                                         original->handed);
        if (!sight.ledger.facts.whole) return;  // Which port is external is not known.
        if (to.nic == 0 || !is_external(sight.ledger, to.port))
            return sight.extension_broke("redirected a request to what is no physical adapter",
                                         original->handed);
        const Nic* nic = sight.focus.other;
        if (nic == nullptr || !holds(*nic, sight.event.module))
            return sight.extension_broke("redirected a request without a reference on its target",
                                         original->handed);
        sight.held();
    }
};

struct NamesTheAdapter {
    static constexpr Rule rule{
        .id    = "PHY-06",
        .title = "A physical adapter is named by its own index",
        .says =
            "A request that an extension starts to a physical adapter names the external port "
            "and the index of that adapter, which is not 0.",
        .page    = forwarding_page,
        .heading = forwarding_heading,
    };
    static constexpr auto       watches = sent_down;
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        if (!is_own(sight) || !is_external(sight.ledger, sight.event.other_port)) return;
        const Nic* nic = sight.focus.other;
        if (nic == nullptr || rights::of(nic->view[sight.event.module]).oid != Right::granted)
            return;  // NIC-06, NIC-13, NIC-20
        if (nic->index > 0) return sight.held();
        sight.extension_broke("sent a request to the external adapter itself", 0);
    }
};

struct BothEndsReferenced {
    static constexpr Rule rule{
        .id    = "NREQ-05",
        .title = "Requests for a guest reference both ends",
        .says =
            "An extension that starts a request on behalf of a guest holds a reference on the "
            "guest's adapter too.",
        .page    = forwarding_page,
        .heading = forwarding_heading,
    };
    static constexpr auto       watches = sent_down;
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (!is_own(sight) || sight.event.port == default_port) return;
        if (nic == nullptr && !sight.ledger.facts.whole) return;
        if (nic != nullptr && holds(*nic, sight.event.module)) return sight.held();
        sight.extension_broke("sent a request for a guest without a reference on its adapter",
                              nic == nullptr ? 0 : nic->viewed[sight.event.module]);
    }
};

/// The request with this request inside that the module was handed and has not finished.
const Request* filtered(const Sight& sight) {
    for (const Index index : sight.ledger.requests_open) {
        const Request& request = sight.ledger.requests[index];
        if (request.module == sight.event.module && request.oid == oid::nic_request &&
            request.detail == sight.event.detail)
            return &request;
    }
    return nullptr;
}

struct InPlaceOfTheFiltered {
    static constexpr Rule rule{
        .id    = "NREQ-06",
        .title = "Own allocations only in place of the filtered one",
        .says =
            "A forwarding extension allocates offload resources by a request of its own only "
            "while it holds such a request from above, which it then does not pass on.",
        .page    = forwarding_page,
        .heading = forwarding_heading,
    };
    static constexpr auto       watches = sent_down;
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        if (!is_own(sight) || only_watches(sight)) return;  // NREQ-08
        if (offload::info(sight.event.detail).effect != OffloadEffect::allocates) return;
        if (sight.focus.module->adopted) return;  // What it holds is not known.
        const Request* original = filtered(sight);
        if (original != nullptr && !original->cloned_on) return sight.held();
        if (original != nullptr)
            return sight.extension_broke("passed on a request and made its own in place of it",
                                         original->since);
        sight.extension_doubted(Doubt::own_allocation,
                                "allocated an offload resource that nobody asked it for", 0);
    }
};

struct CleanupIsUntouchable {
    static constexpr Rule rule{
        .id       = "NREQ-07",
        .title    = "Requests that free a resource are untouchable",
        .modality = Modality::must_not,
        .says =
            "An extension neither changes nor fails a request that clears, frees or completes "
            "the allocation of an offload resource.",
        .page    = offload_page,
        .heading = offload_heading,
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter},
                                        Watch{Call::NdisFOidRequestComplete, Phase::enter},
                                        Watch{Call::FilterOidRequest, Phase::leave}};

    static bool cleans_up(const Request& request) {
        return request.oid == oid::nic_request &&
               offload::info(request.detail).effect == OffloadEffect::cleans_up;
    }
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        if (sight.event.call == Call::NdisFOidRequest) return passed_on(sight);
        const auto done = completion(sight);
        if (!done || !cleans_up(done->request)) return;
        if (!done->local || done->status == status::success) return sight.held();
        // It may have made a request of its own in place of it, and that one failed below.
        if (done->for_want_of_memory() || sight.focus.module->own_since > done->request.handed)
            return;
        sight.extension_broke("failed a request that frees a resource", done->request.handed);
    }

    static void passed_on(Sight& sight) {
        const Request* original = passed_request(sight);
        if (original == nullptr || !cleans_up(*original)) return;
        if (original->digest == 0 || original->digest == sight.event.digest) return;
        sight.extension_broke("changed a request that frees a resource", original->handed);
    }
};

struct ClassLimits {
    static constexpr Rule rule{
        .id       = "NREQ-08",
        .title    = "Only a forwarding extension sets, and frees what it allocated",
        .modality = Modality::must_not,
        .says =
            "Capturing and filtering extensions start encapsulated queries only; nobody frees "
            "an offload resource that it did not allocate.",
        .page    = forwarding_page,
        .heading = forwarding_heading,
    };
    static constexpr auto       watches = sent_down;
    static constexpr std::array about{oid::nic_request};

    static void check(Sight& sight) {
        if (!is_own(sight)) return;
        const bool sets = (sight.event.flags & (buffer::inner_set | buffer::inner_method)) != 0;
        if (sets && only_watches(sight))
            return sight.extension_broke("set something below, not being a forwarding extension",
                                         0);
        const Offload inner  = offload::info(sight.event.detail);
        const bool    frees  = inner.effect == OffloadEffect::cleans_up && inner.kind != 0;
        const Module& module = *sight.focus.module;
        if (!frees || (module.allocated & inner.kind) != 0 || module.adopted) return sight.held();
        if (filtered(sight) != nullptr) return;  // In place of that one.
        sight.extension_broke("freed an offload resource that it had not allocated", 0);
    }
};

using Family = boost::mp11::mp_list<HostAddresses, SourceStays, Redirecting, NamesTheAdapter,
                                    BothEndsReferenced, InPlaceOfTheFiltered, CleanupIsUntouchable,
                                    ClassLimits>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> nic_request_rules() {
    return family;
}

}  // namespace interlock::model
