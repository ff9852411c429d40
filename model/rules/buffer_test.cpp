#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

constexpr std::uint32_t mtu(std::uint32_t bytes) {
    return bytes << nic_type::mtu_shift;
}

/// Issued and passed on with other fields than it came with.
void passes_changed(Story& s, const Event& comes, std::uint32_t goes_with_detail) {
    const ObjectId request = s.issue(comes);
    s.deliver(request);
    const ObjectId clone = s.forward(request);
    for (auto event = s.events.rbegin(); event->object == clone; ++event)
        event->detail = goes_with_detail;
    s.answer(clone);
    s.handler_returns(request);
    s.edge_completes(request);
}

void beginning_nic(Story& s, std::uint32_t passed_mtu) {
    s.port_created(3);
    passes_changed(s,
                   {.port   = 3,
                    .oid    = oid::nic_create,
                    .flags  = buffer::nic_initializing,
                    .detail = nic_type::synthetic | mtu(1500)},
                   nic_type::synthetic | mtu(passed_mtu));
}

/// The create of an adapter of that name, and an update under another or the same.
void named_nic(Story& s, std::uint32_t at_create, std::uint32_t at_update) {
    s.port_created(3);
    s.pass({.port   = 3,
            .oid    = oid::nic_create,
            .flags  = buffer::with_number(at_create),
            .detail = nic_type::synthetic});
    s.nic_connected({3});
    s.pass({.port   = 3,
            .oid    = oid::nic_updated,
            .flags  = buffer::with_number(at_update),
            .detail = nic_type::synthetic});
}

void internal_nic(Story& s, std::uint32_t flags) {
    s.port_created(3, port_type::internal);
    s.pass({.port   = 3,
            .oid    = oid::nic_create,
            .flags  = buffer::with_number(7) | flags,
            .detail = nic_type::internal});
}

void property_of_type(Story& s, std::uint32_t type) {
    s.port_created(3);
    s.pass({.port   = 3,
            .oid    = oid::port_property_add,
            .flags  = buffer::with_number(7),
            .detail = type});
}

const Case buffer_table[] = {
    {"OID-14", Party::host, [](Story& s) { s.port_created(3); },
    [](Story& s) { s.pass({.port = 3, .oid = oid::port_create, .flags = buffer::ill_formed}); }},
    {"PORT-12", Party::host,
    [](Story& s) {
        s.team(1);
        s.pass(oid::port_create, {2}, port_type::external | port_type::validation_port);
    },
    [](Story& s) {
        s.port_created(1, port_type::external);
        s.port_created(2, port_type::external);
    }},
    {"PORT-12", Party::host,
    [](Story& s) {  // What is torn down is in operation no more.
        s.port_created(1, port_type::external);
        s.port_torn_down(1);
        s.port_created(2, port_type::external);
        s.port_deleted(1);
    },
    nullptr, [] { return Story(); }, "_after_a_teardown"},
    {"PORT-12", Party::host,
    [](Story& s) {  // A generic port takes any.
        s.port_created(3, port_type::generic);
        s.nic_created({3}, nic_type::emulated);
    },
    [](Story& s) {
        s.port_created(3, port_type::synthetic);
        s.nic_created({3}, nic_type::internal);
    },
    [] { return Story(); }, "_adapter"},
    {"NIC-11", Party::host, [](Story& s) { named_nic(s, 7, 7); },
    [](Story& s) { named_nic(s, 7, 8); }},
    {"NIC-18", Party::extension, [](Story& s) { beginning_nic(s, 1400); },
    [](Story& s) { beginning_nic(s, 1600); }},
    {"NIC-18", Party::extension, [](Story& s) { beginning_nic(s, 1500); },
    [](Story& s) {
        s.guest(3);
        passes_changed(s, {.port = 3, .oid = oid::nic_updated, .detail = 1 | mtu(1500)},
                       1 | mtu(1400));
    },
    [] { return Story(); }, "_at_an_update"},
    {"NIC-18", Party::host, [](Story& s) { beginning_nic(s, 1500); },
    [](Story& s) {
        s.guest(3);
        s.pass({.port   = 3,
                .oid    = oid::nic_updated,
                .flags  = buffer::nic_initializing,
                .detail = nic_type::synthetic});
    },
    [] { return Story(); }, "_flag"},
    {"NIC-21", Party::host, [](Story& s) { internal_nic(s, 0); },
    [](Story& s) { internal_nic(s, buffer::vm_mac); }},
    {"PROP-07", Party::host, [](Story& s) { property_of_type(s, property_type::profile); },
    [](Story& s) { property_of_type(s, property_type::isolation); }},
    {"PROP-07", Party::host, [](Story& s) { property_of_type(s, property_type::routing_domain); },
    [](Story& s) { property_of_type(s, property_type::routing_domain + 1); },
    [] { return Story(); }, "_from_640_on", 640},
};

}  // namespace

std::vector<Case> buffer_cases() {
    return {std::begin(buffer_table), std::end(buffer_table)};
}

}  // namespace interlock::model
