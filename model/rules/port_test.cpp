#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

void life(Story& s) {
    s.port_created(3);
    s.port_torn_down(3);
    s.port_deleted(3);
}

const Case port_table[] = {
    {"PORT-01", Party::host, life, [](Story& s) {
        s.port_created(3);
        s.port_created(3);
    }},
    {"PORT-01", Party::host, life, [](Story& s) { s.port_created(default_port); },
    [] { return Story(); }, "_reserved"},
    {"PORT-02", Party::host, life, [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        const ObjectId add    = s.issue(oid::port_property_add, {3});
        s.edge_completes(create);
        s.edge_completes(add);
    }},
    {"PORT-03", Party::host,
    [](Story& s) {
        s.decide(oid::port_create, {3}, status::data_not_accepted);
        s.port_created(3);
    },
    [](Story& s) {
        s.decide(oid::port_create, {3}, status::data_not_accepted);
        s.pass(oid::port_property_add, {3});
    }},
    {"PORT-04", Party::host,
    [](Story& s) {
        s.port_created(3);
        s.pass(oid::port_updated, {3});
    },
    [](Story& s) {
        s.port_created(3);
        s.port_torn_down(3);
        s.pass(oid::port_updated, {3});
        s.port_deleted(3);
    }},
    {"PORT-05", Party::host, life, [](Story& s) {
        s.port_created(3);
        s.port_deleted(3);
    }},
    {"PORT-06", Party::host,
    [](Story& s) {
        s.guest(3);
        s.guest_gone(3);
    },
    [](Story& s) {
        s.guest(3);
        s.port_torn_down(3);
        s.nic_disconnected({3});
        s.nic_deleted({3});
        s.port_deleted(3);
    }},
    {"PORT-07", Party::host,
    [](Story& s) {
        s.port_created(3);
        s.pass(oid::port_property_add, {3});
        s.port_torn_down(3);
        s.port_deleted(3);
    },
    [](Story& s) {
        s.port_created(3);
        s.port_torn_down(3);
        s.pass(oid::port_property_add, {3});
        s.port_deleted(3);
    }},
    {"PORT-08", Party::host,
    [](Story& s) {
        s.port_created(3);
        s.reference_port(3);
        s.port_torn_down(3);
        s.dereference_port(3);
        s.port_deleted(3);
    },
    [](Story& s) {
        s.port_created(3);
        s.reference_port(3);
        s.port_torn_down(3);
        s.port_deleted(3);
        s.dereference_port(3);
    }},
    {"PORT-09", Party::host, life, [](Story& s) {
        s.port_created(3);
        const ObjectId late = s.issue(oid::port_property_add, {3});
        s.port_torn_down(3);
        s.port_deleted(3);
        s.edge_completes(late);
    }},
    {"PORT-10", Party::host, life, [](Story& s) {
        s.port_created(3);
        s.port_torn_down(3);
    }},
    {"PORT-11", Party::host,
    [](Story& s) {
        s.guest(3);
        s.pass(oid::nic_request, {3});
        s.guest_gone(3);
    },
    [](Story& s) {
        s.port_created(3);
        s.port_torn_down(3);
        s.port_deleted(3);
        s.pass(oid::nic_request, {3});
    }},
    {"PORT-13", Party::host,
    [](Story& s) { s.guest(3); },
    [](Story& s) {
        s.port_created(3, port_type::synthetic | port_type::validation_port);
        s.nic_created({3});
    }},
    {"PROP-01", Party::host, [](Story& s) {
        s.port_created(3);
        s.pass(oid::port_property_add, {3});
    }},
};

}  // namespace

std::vector<Case> port_cases() {
    return {std::begin(port_table), std::end(port_table)};
}

}  // namespace interlock::model
