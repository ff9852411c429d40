#include "model/offload.hpp"
#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

Event wrapped(At from, At to, Oid inner, std::uint32_t flags = buffer::inner_method) {
    return {.port       = from.port,
            .nic        = from.nic,
            .other_port = to.port,
            .other_nic  = to.nic,
            .oid        = oid::nic_request,
            .flags      = flags,
            .detail     = inner,
            .digest     = 7};
}

Event for_guest(Oid inner) {
    return wrapped({3}, {1}, inner);
}

void team_and_guest(Story& s) {
    s.team(1);
    s.guest(3);
}

/// A guest's request, passed on with a change of what NdisFOidRequest is entered with.
void passes_on(Story& s, Oid inner, void (*change)(Event&)) {
    const ObjectId request = s.issue(for_guest(inner));
    s.deliver(request);
    const ObjectId clone = s.forward(request);
    change(s.events.back());
    s.answer(clone);
    s.handler_returns(request);
    s.edge_completes(request);
}

void redirects(Event& event) {
    event.other_nic = 1;
}

void as_it_is(Event&) {}

/// Allocates a queue for a guest by a request of its own, in place of the guest's.
void allocates_in_place(Story& s) {
    const ObjectId request = s.issue(for_guest(offload::allocate_queue));
    s.deliver(request);
    s.reference_nic({1, 1});
    s.reference_nic({3});
    s.answered(s.ask(wrapped({3}, {1, 1}, offload::allocate_queue)));
    s.dereference_nic({3});
    s.dereference_nic({1, 1});
    s.handler_returns(request);
    s.edge_completes(request);
}

/// Asks the physical adapter for something on its own account.
void asks_below(Story& s, Oid inner, std::uint32_t flags) {
    s.reference_nic({1, 1});
    s.answered(s.ask(wrapped({}, {1, 1}, inner, flags)));
    s.dereference_nic({1, 1});
}

constexpr Oid anything = 0x0001'0101;

const Case nic_request_table[] = {
    {"NREQ-01", Party::host,
    [](Story& s) {
        team_and_guest(s);
        s.pass(for_guest(anything));
        s.pass(wrapped({}, {1}, anything));
        s.pass(wrapped({3}, {}, anything));
    },
    [](Story& s) {
        team_and_guest(s);
        s.guest(4);
        s.pass(wrapped({3}, {4}, anything));
    }},
    {"NREQ-01", Party::host,
    [](Story& s) {
        team_and_guest(s);
        s.pass(for_guest(anything));
    },
    [](Story& s) {
        s.port_created(3);
        s.pass(wrapped({3}, {}, anything));
    },
    [] { return Story(); }, "_from_nobody"},
    {"NREQ-01", Party::host,
    [](Story& s) {
        team_and_guest(s);
        s.pass(for_guest(anything));
    },
    [](Story& s) {
        team_and_guest(s);
        s.pass(wrapped({3}, {}, 0, buffer::no_inner));
    },
    [] { return Story(); }, "_without_a_request"},
    {"NREQ-02", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        passes_on(s, anything, as_it_is);
    },
    [](Story& s) {
        team_and_guest(s);
        passes_on(s, anything, [](Event& event) { event.port = 0; });
    }},
    {"NREQ-03", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        s.reference_nic({1, 1});
        passes_on(s, anything, redirects);
        s.dereference_nic({1, 1});
    },
    [](Story& s) {
        team_and_guest(s);
        passes_on(s, anything, redirects);
    }},
    {"NREQ-03", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        s.reference_nic({1, 1});
        passes_on(s, anything, redirects);
        s.dereference_nic({1, 1});
    },
    [](Story& s) {
        team_and_guest(s);
        s.reference_nic({3});
        passes_on(s, anything, [](Event& event) { event.other_port = 3; });
        s.dereference_nic({3});
    },
    [] { return Story(); }, "_to_a_guest"},
    {"PHY-06", Party::extension,
    [](Story& s) {
        s.team(1);
        asks_below(s, anything, 0);
    },
    [](Story& s) {
        s.team(1);
        s.reference_nic({1});
        s.answered(s.ask(wrapped({}, {1}, anything, 0)));
        s.dereference_nic({1});
    }},
    {"NREQ-05", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        allocates_in_place(s);
    },
    [](Story& s) {
        team_and_guest(s);
        s.reference_nic({1, 1});
        s.answered(s.ask(wrapped({3}, {1, 1}, anything)));
        s.dereference_nic({1, 1});
    }},
    {"NREQ-06", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        allocates_in_place(s);
    },
    [](Story& s) {
        s.team(1);
        asks_below(s, offload::allocate_queue, buffer::inner_method);
    }},
    {"NREQ-06", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        allocates_in_place(s);
    },
    [](Story& s) {
        team_and_guest(s);
        const ObjectId request = s.issue(for_guest(offload::allocate_queue));
        s.deliver(request);
        s.answer(s.forward(request));
        asks_below(s, offload::allocate_queue, buffer::inner_method);
        s.handler_returns(request);
        s.edge_completes(request);
    },
    [] { return Story(); }, "_and_passes_on"},
    {"NREQ-07", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        passes_on(s, offload::free_queue, as_it_is);
        s.decide(for_guest(offload::allocate_queue), status::failure);
    },
    [](Story& s) {
        team_and_guest(s);
        s.decide(for_guest(offload::free_queue), status::failure);
    }},
    {"NREQ-07", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        passes_on(s, offload::delete_vport, as_it_is);
    },
    [](Story& s) {
        team_and_guest(s);
        passes_on(s, offload::delete_vport, [](Event& event) { event.digest = 8; });
    },
    [] { return Story(); }, "_changed"},
    {"NREQ-08", Party::extension,
    [](Story& s) {
        s.team(1);
        asks_below(s, anything, 0);
    },
    [](Story& s) {
        s.team(1);
        asks_below(s, anything, buffer::inner_set);
    },
    [] { return Story(ExtensionClass::filtering); }},
    {"NREQ-08", Party::extension,
    [](Story& s) {
        team_and_guest(s);
        allocates_in_place(s);
        asks_below(s, offload::free_queue, buffer::inner_set);
    },
    [](Story& s) {
        s.team(1);
        asks_below(s, offload::free_queue, buffer::inner_set);
    },
    [] { return Story(); }, "_of_others"},
};

}  // namespace

std::vector<Case> nic_request_cases() {
    return {std::begin(nic_request_table), std::end(nic_request_table)};
}

}  // namespace interlock::model
