#include "model/leak.hpp"
#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

/// A second extension below the first, in the order of a stack.
void stacked(Story& s) {
    s.pause();
    s.module = 1;
    s.attach(ExtensionClass::unknown);
    s.restart();
    s.module = 0;
    s.restart();
}

/// The upper asks, the lower pends and passes it on, and completes it when it is back.
void asked_through_the_lower(Story& s) {
    const ObjectId question = s.ask(oid::parameters);
    s.module                = 1;
    s.deliver(question);
    const ObjectId clone = s.forward(question);
    s.answer(clone);
    s.complete_up(question);
    s.handler_returns(question, status::pending);
    s.module = 0;
    s.leave(Call::NdisFOidRequest, {.object = question, .status = status::pending});
    s.call(Call::FilterOidRequestComplete,
           {.object = question, .oid = oid::parameters, .detail = 1});
}

void delivered_to(Story& s, At destination) {
    s.guest(3);
    s.guest(4);
    const ObjectId nbl = s.sent_by({3});
    s.hand_down(nbl, {3});
    s.commit(nbl, {4});
    s.pass_down(nbl);
    s.turns_round(nbl);
    s.hand_up(nbl);
    s.pass_up(nbl);
    s.host(
        Call::ProtocolEdgeDeliver,
        {.object = nbl, .port = 3, .other_port = destination.port, .other_nic = destination.nic});
    s.give_back_up(nbl);
    s.return_down(nbl);
    s.turned_round(nbl);
    s.give_back_down(nbl);
    s.finish_up(nbl);
    s.done(nbl);
}

// clang-format off
const Case table[] = {
    {"FILT-15", Party::host,
    [](Story& s) {
        s.pause();
        s.detach();
    },
    [](Story& s) {
        s.guest(3);
        s.guest(4);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.pause();
        s.detach();
    }},
    {"FILT-15", Party::host,
    [](Story& s) {
        s.pause();
        s.detach();
    },
    [](Story& s) {
        s.pause();
        s.detach();
        s.call(Call::FilterStatus);
    },
    [] { return Story(); }, "_after"},
    {"OID-01", Party::host,
    [](Story& s) {
        stacked(s);
        asked_through_the_lower(s);
        asked_through_the_lower(s);
    },
    nullptr, [] { return Story(); }, "_of_what_another_asks"},
    {"FILT-16", Party::host, stacked,
    [](Story& s) {
        stacked(s);
        s.module = 1;
        s.pause();
    }},
    {"FWD-20", Party::host, [](Story& s) { delivered_to(s, {4}); },
    [](Story& s) { delivered_to(s, {9}); }},
    {"IRQL-01", Party::host, stacked,
    [](Story& s) {
        s.enter(Call::FilterPause, {.irql = irql::dispatch});
        s.leave(Call::FilterPause, {.irql = irql::dispatch});
    }},
};
// clang-format on

}  // namespace

std::vector<Case> stack_cases() {
    return {std::begin(table), std::end(table)};
}

namespace {

void loads(Story& s, std::uint32_t handlers) {
    s.enter(Call::DriverEntry);
    s.call(Call::NdisFRegisterFilterDriver, {.detail = handlers});
    s.leave(Call::DriverEntry);
}

void unloads(Story& s) {
    s.enter(Call::DriverUnload);
    s.call(Call::NdisFDeregisterFilterDriver);
    s.leave(Call::DriverUnload);
}

void detaches(Story& s) {
    s.pause();
    s.detach();
}

constexpr std::uint32_t receiving = handler::mandatory | handler::receive | handler::receive_return;

// clang-format off
const Case driver_table[] = {
    {"FILT-14", Party::extension, detaches,
    [](Story& s) {
        detaches(s);
        s.enter(Call::Misused,
                {.count  = 1,
                 .flags  = static_cast<std::uint32_t>(Resource::timer) | leak::of_module,
                 .detail = static_cast<std::uint32_t>(Misuse::leaked)});
    }},
    {"FILT-17", Party::extension, [](Story& s) { loads(s, receiving | handler::status); },
    [](Story& s) { loads(s, receiving); }, Story::before_attach},
    {"FILT-17", Party::extension, [](Story& s) { loads(s, handler::mandatory); },
    [](Story& s) { loads(s, handler::send); }, Story::before_attach, "_mandatory"},
    {"FILT-19", Party::extension,
    [](Story& s) {
        loads(s, 0);
        unloads(s);
    },
    [](Story& s) {
        loads(s, 0);
        s.call(Call::DriverUnload);
    },
    Story::before_attach},
    {"FILT-19", Party::extension, unloads,
    [](Story& s) {
        s.enter(Call::DriverEntry);
        s.call(Call::NdisFRegisterFilterDriver);
        s.leave(Call::DriverEntry, {.status = status::failure});
    },
    Story::before_attach, "_failed"},
    {"FILT-20", Party::extension, [](Story& s) { s.net_pnp(pnp::switch_activate); },
    [](Story& s) {
        const ObjectId request = s.issue(oid::port_create, {3}, port_type::synthetic);
        s.deliver(request);
        s.call(Call::NdisFNetPnPEvent);
        s.answer(s.forward(request));
        s.handler_returns(request);
        s.edge_completes(request);
    },
    Story::before_activation},
    {"FILT-20", Party::extension,
    [](Story& s) {
        s.enter(Call::FilterStatus);
        s.call(Call::NdisFIndicateStatus);
        s.leave(Call::FilterStatus);
    },
    [](Story& s) { s.call(Call::FilterStatus); }, [] { return Story(ExtensionClass::capturing); },
    "_status"},
    {"FILT-20", Party::extension, [](Story& s) { s.net_pnp(pnp::switch_activate); },
    [](Story& s) { s.call(Call::FilterNetPnPEvent, {.detail = pnp::switch_activate}); },
    Story::before_activation, "_activation", 630, Severity::warning},
};
// clang-format on

}  // namespace

std::vector<Case> driver_cases() {
    return {std::begin(driver_table), std::end(driver_table)};
}

namespace {

void answered_later(Story& s, int times) {
    s.learns_parameters();
    const ObjectId asked = s.ask(oid::nic_array);
    s.leave(Call::NdisFOidRequest,
            {.object = asked, .oid = oid::nic_array, .status = status::pending});
    for (int time = 0; time < times; ++time)
        s.call(Call::FilterOidRequestComplete, {.object = asked, .oid = oid::nic_array});
}

void completes(Story& s, std::uint32_t flags) {
    const ObjectId request = s.issue(oid::port_create, {3}, port_type::synthetic);
    s.deliver(request);
    s.answer(s.forward(request));
    s.leave(Call::FilterOidRequest, {.object = request, .oid = oid::port_create, .flags = flags});
    s.edge_completes(request);
}

void passes_request_on(Story& s, bool within) {
    const ObjectId request = s.issue(oid::nic_request, {});
    s.deliver(request);
    if (!within) s.handler_returns(request, status::pending);
    s.answer(s.forward(request));
    if (within) {
        s.handler_returns(request);
    } else {
        s.complete_up(request);
    }
    s.edge_completes(request);
}

// clang-format off
const Case oid_table[] = {
    {"OIDF-05", Party::host, [](Story& s) { answered_later(s, 1); },
    [](Story& s) { answered_later(s, 2); }},
    {"OIDF-05", Party::host, [](Story& s) { s.learns_parameters(); },
    [](Story& s) {
        s.learns_parameters();
        const ObjectId asked = s.ask(oid::nic_array);
        s.answered(asked);
        s.call(Call::FilterOidRequestComplete, {.object = asked, .oid = oid::nic_array});
    },
    [] { return Story(); }, "_after_return"},
    {"OIDF-06", Party::extension, [](Story& s) { completes(s, 0); },
    [](Story& s) { completes(s, buffer::overstated); }},
    {"OIDF-13", Party::extension, [](Story& s) { passes_request_on(s, true); },
    [](Story& s) { passes_request_on(s, false); }},
};
// clang-format on

}  // namespace

std::vector<Case> oid_numbers_cases() {
    return {std::begin(oid_table), std::end(oid_table)};
}

}  // namespace interlock::model
