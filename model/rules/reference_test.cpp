#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

void port_kept(Story& s) {
    s.port_created(3);
    s.reference_port(3);
    s.port_torn_down(3);
    s.dereference_port(3);
    s.port_deleted(3);
}

void nic_kept(Story& s) {
    s.guest(3);
    s.reference_nic({3});
    s.nic_disconnected({3});
    s.dereference_nic({3});
    s.nic_deleted({3});
}

const Case reference_table[] = {
    {"REF-01", Party::extension, port_kept,
    [](Story& s) { s.reference_port(3, status::failure); }},
    {"REF-01", Party::extension, port_kept,
    [](Story& s) {
        s.port_created(3);
        s.port_torn_down(3);
        s.reference_port(3, status::failure);
        s.port_deleted(3);
    },
    [] { return Story(); }, "_in_teardown"},
    {"REF-02", Party::extension, nic_kept, [](Story& s) {
        s.port_created(3);
        s.nic_created({3});
        s.reference_nic({3}, status::failure);
    }},
    {"REF-02", Party::extension, nic_kept,
    [](Story& s) {
        s.guest(3);
        s.nic_disconnected({3});
        s.reference_nic({3}, status::failure);
        s.nic_deleted({3});
    },
    [] { return Story(); }, "_after_disconnect"},
    {"REF-02", Party::extension,
    [](Story& s) {  // The call overlaps the disconnect: its result decides.
        s.guest(3);
        const ObjectId going = s.issue(oid::nic_disconnect, {3});
        s.deliver(going);
        s.reference_nic({3});
        s.answer(s.forward(going));
        s.handler_returns(going);
        s.edge_completes(going);
        s.dereference_nic({3});
        s.nic_deleted({3});
    },
    [](Story& s) {
        s.guest(3);
        s.guest_gone(3);
        s.reference_nic({3}, status::failure);
    },
    [] { return Story(); }, "_overlapping_and_deleted"},
    {"REF-04", Party::extension, nic_kept, [](Story& s) {
        s.guest(3);
        s.dereference_nic({3});
    }},
    {"REF-04", Party::extension, port_kept,
    [](Story& s) {  // Taken on one life of the adapter, given back on the next.
        s.guest(3);
        s.reference_nic({3});
        s.dereference_nic({3});
        s.nic_disconnected({3});
        s.nic_deleted({3});
        s.nic_created({3});
        s.nic_connected({3});
        s.dereference_nic({3});
    },
    [] { return Story(); }, "_another_incarnation"},
    {"REF-04", Party::extension,
    [](Story& s) {  // Giving back is never too late.
        s.guest(3);
        s.reference_nic({3});
        s.nic_disconnected({3});
        s.dereference_nic({3});
        s.nic_deleted({3});
    },
    nullptr, [] { return Story(); }, "_after_the_disconnect"},
    {"REF-06", Party::extension, nic_kept, [](Story& s) {
        s.guest(3);
        s.reference_nic({3});
        s.nic_disconnected({3});
        s.quiescent();
    }},
    {"REF-06", Party::extension,
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
        s.reference_port(3);
        const ObjectId question = s.ask(oid::port_property_enum, {3});
        s.dereference_port(3);
        s.answered(question);
    },
    [] { return Story(); }, "_too_early"},
    {"REF-08", Party::host, nic_kept, [](Story& s) {
        s.guest(3);
        const ObjectId going = s.issue(oid::nic_disconnect, {3});
        s.edge_completes(going);
        s.reference_nic({3});
        s.dereference_nic({3});
        s.nic_deleted({3});
    }},
    {"REF-06", Party::extension, nic_kept,
    [](Story& s) {
        s.guest(3);
        s.reference_nic({3});
        s.pause();
        s.detach();
    },
    [] { return Story(); }, "_at_detach"},
};

}  // namespace

std::vector<Case> reference_cases() {
    return {std::begin(reference_table), std::end(reference_table)};
}

}  // namespace interlock::model
