#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

void life(Story& s) {
    s.guest(3);
    s.guest_gone(3);
}

const Case oid_table[] = {
    {"OID-01", Party::host, life, [](Story& s) {
        const ObjectId first  = s.issue(oid::port_create, {3});
        const ObjectId second = s.issue(oid::port_create, {4});
        s.deliver(first);
        const ObjectId clone = s.forward(first);
        s.deliver(second);
        s.answer(s.forward(second));
        s.handler_returns(second);
        s.answer(clone);
        s.handler_returns(first);
        s.edge_completes(first);
        s.edge_completes(second);
    }},
    {"OID-02", Party::extension,
    [](Story& s) {  // Completed inside the call, which then has to return pending.
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.answer(s.forward(create));
        s.complete_up(create);
        s.handler_returns(create, status::pending);
        s.edge_completes(create);
    },
    [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.answer(s.forward(create));
        s.complete_up(create);
        s.handler_returns(create, status::success);
        s.edge_completes(create);
    }},
    {"OID-02", Party::extension, life,
    [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.answer(s.forward(create));
        s.handler_returns(create);
        s.edge_completes(create);
        s.complete_up(create);
    },
    [] { return Story(); }, "_again"},
    {"OID-03", Party::extension, life, [](Story& s) {
        s.guest(3);
        const ObjectId going = s.issue(oid::nic_disconnect, {3});
        s.deliver(going);
        s.handler_returns(going, status::pending);
        s.quiescent();
    }},
    {"OID-04", Party::extension, life, [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        const ObjectId clone = s.forward(create);
        s.leave(Call::NdisFOidRequest, {.object = clone, .status = status::pending});
        s.complete_up(create);
        s.handler_returns(create, status::pending);
        s.edge_completes(create);
    }},
    {"OID-04", Party::extension, life,
    [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.call(Call::NdisFOidRequest, {.object = create, .port = 3, .oid = oid::port_create});
        s.handler_returns(create);
        s.edge_completes(create);
    },
    [] { return Story(); }, "_itself"},
    {"OID-05", Party::extension, life, [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.answer(s.forward(create), status::data_not_accepted);
        s.handler_returns(create, status::success);
        s.edge_completes(create);
    }},
    {"OID-06", Party::extension, life, [](Story& s) {
        s.guest(3);
        s.decide(oid::nic_disconnect, {3}, status::success);
        s.nic_deleted({3});
    }},
    {"OID-06", Party::extension,
    [](Story& s) {
        s.guest(3);
        s.pause();
        s.nic_disconnected({3});
        s.nic_deleted({3});
    },
    [](Story& s) {
        s.guest(3);
        s.pause();
        s.decide(oid::nic_disconnect, {3}, status::failure);
        s.nic_deleted({3});
    },
    [] { return Story(); }, "_while_paused"},
    {"OID-06", Party::host, life, [](Story& s) {
        s.guest(3);
        s.pass(oid::nic_disconnect, {3}, 0, status::failure);
        s.nic_deleted({3});
    },
    [] { return Story(); }, "_by_the_switch"},
    {"OID-07", Party::extension,
    [](Story& s) { s.decide(oid::port_create, {3}, status::data_not_accepted); },
    [](Story& s) { s.decide(oid::port_create, {3}, status::not_accepted); }},
    {"OID-08", Party::extension, life,
    [](Story& s) { s.decide(oid::port_create, {3}, status::success); }},
    {"OID-09", Party::extension,
    [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.events.back().digest = 7;
        const ObjectId clone   = s.forward(create);
        s.events.back().digest = 7;
        s.answer(clone);
        s.handler_returns(create);
        s.edge_completes(create);
    },
    [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.events.back().digest = 7;
        const ObjectId clone   = s.forward(create);
        s.events.back().digest = 8;
        s.answer(clone);
        s.handler_returns(create);
        s.edge_completes(create);
    }},
    {"OID-11", Party::extension,
    [](Story& s) {
        const ObjectId question = s.issue(oid::property_enum);
        s.deliver(question);
        s.answer(s.forward(question));
        s.handler_returns(question);
        s.edge_completes(question);
    },
    [](Story& s) { s.decide(oid::property_enum, {}, status::success); }},
    {"OID-10", Party::extension, [](Story& s) { s.learns_parameters(); },
    [](Story& s) { s.answered(s.ask(oid::port_create, {3})); }},
    {"OID-12", Party::extension,
    [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.answer(s.forward(create));
        s.complete_up(create);
        s.handler_returns(create, status::pending);
        s.edge_completes(create);
    },
    [](Story& s) {
        const ObjectId own = s.ask(oid::parameters);
        s.leave(Call::NdisFOidRequest, {.object = own, .status = status::pending});
        s.enter(Call::FilterOidRequestComplete, {.object = own, .detail = 1});
        s.complete_up(own);
        s.leave(Call::FilterOidRequestComplete);
    }},
    {"OID-16", Party::extension,
    [](Story& s) {
        s.guest(3);
        s.reference_nic({3});
        s.dereference_nic({3});
    },
    [](Story& s) {
        s.port_created(3);
        s.pass(oid::nic_create, {3}, nic_type::synthetic, status::data_not_accepted);
        s.reference_nic({3}, status::failure);
    }},
    {"OID-17", Party::host, life, [](Story& s) {
        s.port_created(3);
        const ObjectId update = s.issue(oid::port_updated, {3});
        const ObjectId create = s.issue(oid::nic_create, {3}, nic_type::synthetic);
        s.edge_completes(update);
        s.edge_completes(create);
    }},
};

}  // namespace

std::vector<Case> oid_cases() {
    return {std::begin(oid_table), std::end(oid_table)};
}

namespace {

void asks(Story& s) {
    s.learns_parameters();
    s.answered(s.ask(oid::nic_array));
}

const Case query_table[] = {
    {"QRY-01", Party::extension, asks,
    [](Story& s) { s.answered(s.ask(oid::nic_array)); }},
    {"QRY-02", Party::extension,
    [](Story& s) {
        s.learns_parameters(false);
        s.host(Call::SwitchActivated);
        s.net_pnp(pnp::switch_activate);
        s.answered(s.ask(oid::nic_array));
    },
    [](Story& s) {
        s.learns_parameters(false);
        s.answered(s.ask(oid::nic_array));
    },
    Story::before_activation},
    {"NREQ-04", Party::extension,
    [](Story& s) {
        s.port_created(1, port_type::external);
        for (const At at : {At{1, 0}, At{1, 1}}) s.nic_created(at, nic_type::external);
        for (const At at : {At{1, 0}, At{1, 1}}) s.nic_connected(at);
        s.reference_nic({1, 1});
        s.answered(s.ask(oid::nic_request, {}, {1, 1}));
        s.dereference_nic({1, 1});
    },
    [](Story& s) {
        s.port_created(1, port_type::external);
        for (const At at : {At{1, 0}, At{1, 1}}) s.nic_created(at, nic_type::external);
        for (const At at : {At{1, 0}, At{1, 1}}) s.nic_connected(at);
        s.answered(s.ask(oid::nic_request, {}, {1, 1}));
    }},
    {"QRY-05", Party::extension,
    [](Story& s) {
        s.learns_parameters();
        s.port_created(3);
        s.reference_port(3);
        s.answered(s.ask(oid::port_property_enum, {3}));
        s.dereference_port(3);
    },
    [](Story& s) {
        s.learns_parameters();
        s.port_created(3);
        s.answered(s.ask(oid::port_property_enum, {3}));
    }},
};

}  // namespace

std::vector<Case> query_cases() {
    return {std::begin(query_table), std::end(query_table)};
}

}  // namespace interlock::model
