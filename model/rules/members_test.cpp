#include "model/listing.hpp"
#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

/// A guest's adapter that was there before the extension came.
void comes_late(Story& s) {
    for (const Oid oid : {oid::port_create, oid::nic_create, oid::nic_connect})
        s.edge_completes(s.issue(
            oid, {3}, oid == oid::port_create ? port_type::synthetic : nic_type::synthetic));
    s.host(Call::SwitchActivated);
    s.attach();
    s.restart();
}

void references_it(Story& s) {
    s.reference_nic({3});
    s.dereference_nic({3});
}

/// Two extensions in one stack; the upper one is told of a port.
void stack_of_two(Story& s) {
    s.module = 1;
    s.attach(ExtensionClass::unknown);
    s.module = 0;
    s.attach();
    s.module = 1;
    s.restart();
    s.module = 0;
    s.restart();
    s.host(Call::SwitchActivated);
    s.port_created(3);
}

/// The upper one is paused and hears of an adapter.
void told_while_paused(Story& s) {
    stack_of_two(s);
    s.pause();
    s.nic_created({3});
}

void told_to_nobody(Story& s) {
    stack_of_two(s);
    const ObjectId request = s.issue(oid::nic_create, {3}, nic_type::synthetic);
    s.host(Call::MiniportEdgeOidRequest, {.object = request, .oid = oid::nic_create});
    s.edge_completes(request);
}

void says_active(Story& s, std::uint32_t active) {
    const ObjectId asked = s.ask(oid::parameters);
    s.host(Call::MiniportEdgeOidRequestComplete,
           {.object = asked, .oid = oid::parameters, .detail = active});
    s.answered(asked, status::success, active);
}

void activated(Story& s, Status returned) {
    s.host(Call::SwitchActivated);
    s.enter(Call::FilterNetPnPEvent, {.detail = pnp::switch_activate});
    s.call(Call::NdisFNetPnPEvent, {.detail = pnp::switch_activate});
    s.leave(Call::FilterNetPnPEvent, {.status = returned});
}

void attached_above(Story& s, ExtensionClass upper, ExtensionClass lower) {
    s.module = 1;
    s.attach(lower);
    s.module = 0;
    s.attach(upper);
}

const Case member_table[] = {
    {"ATTACH-04", Party::extension,
    [](Story& s) {
        comes_late(s);
        s.learns_parameters();
        s.answered(s.ask(oid::nic_array));
        references_it(s);
    },
    [](Story& s) {
        comes_late(s);
        references_it(s);
    },
    Story::before_attach},
    {"ATTACH-04", Party::extension,
    [](Story& s) {  // A packet tells of it too.
        comes_late(s);
        s.done(s.sent_by({3}));
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.finish_up(nbl);
        s.done(nbl);
        references_it(s);
    },
    [](Story& s) {
        comes_late(s);
        s.reference_port(3);
        s.dereference_port(3);
    },
    Story::before_attach, "_by_a_packet"},
    {"ATTACH-06", Party::host, [](Story& s) { activated(s, status::success); },
    [](Story& s) {
        activated(s, status::success);
        s.net_pnp(pnp::switch_activate);
    },
    Story::before_activation},
    {"ATTACH-06", Party::host,
    [](Story& s) {
        says_active(s, 0);
        activated(s, status::success);
        says_active(s, 1);
    },
    [](Story& s) {
        activated(s, status::success);
        says_active(s, 0);
    },
    Story::before_activation, "_and_taken_back"},
    {"ATTACH-07", Party::extension, [](Story& s) { activated(s, status::success); },
    [](Story& s) { activated(s, status::failure); }, Story::before_activation},
    {"ATTACH-10", Party::host, told_while_paused, told_to_nobody, Story::before_attach},
    {"ATTACH-12", Party::host,
    [](Story& s) { attached_above(s, ExtensionClass::filtering, ExtensionClass::forwarding); },
    [](Story& s) { attached_above(s, ExtensionClass::forwarding, ExtensionClass::forwarding); },
    Story::before_attach},
    {"ATTACH-12", Party::host,
    [](Story& s) { attached_above(s, ExtensionClass::capturing, ExtensionClass::filtering); },
    [](Story& s) { attached_above(s, ExtensionClass::forwarding, ExtensionClass::capturing); },
    Story::before_attach, "_order"},
};

}  // namespace

std::vector<Case> member_cases() {
    return {std::begin(member_table), std::end(member_table)};
}

namespace {

/// It holds a request and asks for a restart of the stack meanwhile.
ObjectId holds_and_asks(Story& s) {
    const ObjectId request = s.issue(oid::port_create, {3}, port_type::synthetic);
    s.deliver(request);
    s.call(Call::NdisFRestartFilter);
    s.handler_returns(request, status::pending);
    return request;
}

ObjectId holds_what_is_cancelled(Story& s) {
    const ObjectId request = s.issue(oid::port_create, {3}, port_type::synthetic);
    s.deliver(request);
    s.handler_returns(request, status::pending);
    s.call(Call::FilterCancelOidRequest, {.object = request});
    return request;
}

void passes_after_all(Story& s, ObjectId request) {
    s.answer(s.forward(request));
    s.complete_up(request);
    s.edge_completes(request);
}

const Case held_table[] = {
    {"OID-13", Party::extension,
    [](Story& s) {
        passes_after_all(s, holds_and_asks(s));
        s.pause();
        s.restart();
    },
    [](Story& s) {
        holds_and_asks(s);
        s.quiescent();
    }},
    {"OID-18", Party::extension,
    [](Story& s) { passes_after_all(s, holds_what_is_cancelled(s)); },
    [](Story& s) {
        holds_what_is_cancelled(s);
        s.quiescent();
    },
    Story::before_activation},
};

}  // namespace

std::vector<Case> held_cases() {
    return {std::begin(held_table), std::end(held_table)};
}

namespace {

/// A question with room for 100 bytes, which the switch calls too short.
void too_short(Story& s, std::uint32_t needed) {
    s.learns_parameters();
    const Event    question{.oid = oid::nic_array, .flags = buffer::with_number(100)};
    const ObjectId asked = s.ask(question);
    Event          answer = question;
    answer.object         = asked;
    answer.status         = status::invalid_length;
    answer.detail         = needed;
    s.host(Call::MiniportEdgeOidRequestComplete, answer);
    s.answered(asked, status::invalid_length, needed);
}

void lists(Story& s, Oid question, std::uint32_t count, std::uint32_t digest) {
    s.learns_parameters();
    const ObjectId asked = s.ask(question);
    s.host(Call::MiniportEdgeOidRequestComplete,
           {.object = asked, .oid = question, .detail = count, .digest = digest});
    s.answered(asked, status::success, count);
}

const Case answer_table[] = {
    {"QRY-03", Party::host, [](Story& s) { too_short(s, 200); },
    [](Story& s) { too_short(s, 50); }},
    {"QRY-04", Party::host,
    [](Story& s) {
        s.guest(3);
        s.guest(4);
        lists(s, oid::port_array, 2, listed(3, 0) + listed(4, 0));
    },
    [](Story& s) {
        s.guest(3);
        s.guest(4);
        lists(s, oid::port_array, 1, listed(3, 0));
    }},
    {"QRY-04", Party::host,
    [](Story& s) {  // What is only created may be listed, and may not.
        s.guest(3);
        s.port_created(4);
        s.nic_created({4});
        lists(s, oid::nic_array, 2, listed(3, 0) + listed(4, 0));
        lists(s, oid::nic_array, 1, listed(3, 0));
    },
    [](Story& s) {
        s.guest(3);
        lists(s, oid::nic_array, 1, listed(5, 0));
    },
    [] { return Story(); }, "_adapters"},
    {"PHY-03", Party::host,
    [](Story& s) {
        s.team(1);
        s.done(s.sent_by({1}));
    },
    [](Story& s) {
        s.team(1);
        s.nic_disconnected({1, 1});
        s.done(s.sent_by({1}));
        s.nic_deleted({1, 1});
    }},
};

}  // namespace

std::vector<Case> answer_cases() {
    return {std::begin(answer_table), std::end(answer_table)};
}

}  // namespace interlock::model
