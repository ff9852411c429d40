#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

constexpr Status link_state = 0x4001'0017;  // NDIS_STATUS_LINK_STATE

Event of_adapter(At from, At to = {}, Status inner = link_state, std::uint32_t flags = 0) {
    return {.port       = from.port,
            .nic        = from.nic,
            .other_port = to.port,
            .other_nic  = to.nic,
            .status     = indication::switch_nic_status,
            .flags      = flags,
            .detail     = inner,
            .digest     = 7};
}

Event removal(At of, std::uint32_t flags = 0) {
    return of_adapter({}, of, indication::switch_port_remove_vf, flags);
}

/// A status of the external adapter, handed over and passed on with other data.
void changes_data(Story& s) {
    const Event comes = of_adapter({1});
    Event       goes  = comes;
    goes.digest       = 8;
    s.enter(Call::FilterStatus, comes);
    s.indicates(goes);
    s.leave(Call::FilterStatus);
}

void speaks(Story& s, const Event& what, At under_reference) {
    s.reference_nic(under_reference);
    s.indicates(what);
    s.dereference_nic(under_reference);
}

const Case indication_table[] = {
    {"STAT-01", Party::host,
    [](Story& s) {
        s.team(1);
        s.status_comes(of_adapter({1}));
        s.status_comes(of_adapter({1, 1}));
    },
    [](Story& s) {
        s.guest(3);
        s.status_comes(of_adapter({3}));
    }},
    {"STAT-01", Party::host,
    [](Story& s) {
        s.team(1);
        s.status_comes(of_adapter({1}));
    },
    [](Story& s) {
        s.team(1);
        s.status_comes(of_adapter({1}, {}, 0, buffer::no_inner));
    },
    [] { return Story(); }, "_with_nothing_inside"},
    {"STAT-02", Party::extension,
    [](Story& s) {
        s.team(1);
        s.status_comes(of_adapter({1}));
    },
    [](Story& s) {
        s.team(1);
        changes_data(s);
    },
    [] { return Story(ExtensionClass::filtering); }},
    {"STAT-03", Party::extension,
    [](Story& s) {
        s.team(1);
        speaks(s, of_adapter({1}), {1});
    },
    [](Story& s) {
        s.team(1);
        speaks(s, of_adapter({1, 1}), {1, 1});
    }},
    {"STAT-04", Party::extension,
    [](Story& s) {
        s.team(1);
        s.reference_nic({1});
        changes_data(s);
        s.dereference_nic({1});
    },
    [](Story& s) {
        s.team(1);
        changes_data(s);
    }},
    {"STAT-04", Party::extension,
    [](Story& s) {
        s.guest(3);
        speaks(s, removal({3}), {3});
    },
    [](Story& s) {
        s.guest(3);
        s.indicates(removal({3}));
    },
    [] { return Story(); }, "_of_a_guest"},
    {"STAT-05", Party::extension,
    [](Story& s) {
        s.guest(3);
        speaks(s, removal({3}), {3});
    },
    [](Story& s) { s.indicates({.status = indication::switch_port_remove_vf}); }},
    {"STAT-05", Party::extension,
    [](Story& s) {
        s.guest(3);
        speaks(s, removal({3}), {3});
    },
    [](Story& s) {
        s.guest(3);
        s.reference_nic({3});
        s.nic_disconnected({3});
        s.indicates(removal({3}));
        s.dereference_nic({3});
        s.nic_deleted({3});
    },
    [] { return Story(); }, "_after_the_disconnect"},
    {"STAT-05", Party::extension,
    [](Story& s) {
        s.guest(3);
        speaks(s, removal({3}), {3});
    },
    [](Story& s) {
        s.guest(3);
        speaks(s, removal({3}, buffer::inner_data), {3});
    },
    [] { return Story(); }, "_with_data"},
    {"STAT-07", Party::extension, [](Story& s) { s.status_comes({.status = link_state}); },
    [](Story& s) { s.call(Call::FilterStatus, {.status = link_state}); }},
};

}  // namespace

std::vector<Case> indication_cases() {
    return {std::begin(indication_table), std::end(indication_table)};
}

}  // namespace interlock::model
