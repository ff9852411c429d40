#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

void external(Story& s) {
    s.port_created(1, port_type::external);
    s.nic_created({1, 0}, nic_type::external);
    s.nic_created({1, 1}, nic_type::external);
    s.nic_connected({1, 0});
    s.nic_connected({1, 1});
}

void external_gone(Story& s) {
    s.nic_disconnected({1, 1});
    s.nic_deleted({1, 1});
    s.nic_disconnected({1, 0});
    s.nic_deleted({1, 0});
    s.port_torn_down(1);
    s.port_deleted(1);
}

void asks(Story& s, At target) { s.answered(s.ask(oid::nic_request, {}, target)); }

void life(Story& s) {
    s.guest(3);
    s.guest_gone(3);
}

void team(Story& s) {
    external(s);
    external_gone(s);
}

const Case nic_table[] = {
    {"NIC-01", Party::host, life, [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        const ObjectId nic    = s.issue(oid::nic_create, {3});
        s.edge_completes(create);
        s.edge_completes(nic);
    }},
    {"NIC-02", Party::host,
    [](Story& s) {
        s.guest(3);
        s.nic_disconnected({3});
        s.nic_deleted({3});
        s.nic_created({3});
        s.nic_connected({3});
        s.guest_gone(3);
    },
    [](Story& s) {
        s.guest(3);
        s.nic_created({3});
    }},
    {"NIC-03", Party::host, team, [](Story& s) {
        s.guest(3);
        s.nic_created({3, 1});
    }},
    {"NIC-04", Party::extension, team,
    [](Story& s) {
        s.port_created(1, port_type::external);
        s.nic_created({1, 0}, nic_type::external);
        s.decide(oid::nic_create, {1, 1}, status::data_not_accepted, nic_type::external);
    }},
    {"NIC-05", Party::host,
    [](Story& s) {
        s.port_created(3);
        s.decide(oid::nic_create, {3}, status::data_not_accepted, nic_type::synthetic);
        s.nic_created({3});
    },
    [](Story& s) {
        s.port_created(3);
        s.decide(oid::nic_create, {3}, status::data_not_accepted, nic_type::synthetic);
        s.nic_connected({3});
    }},
    {"NIC-06", Party::extension,
    [](Story& s) {
        external(s);
        s.reference_nic({1, 1});
        asks(s, {1, 1});
        s.dereference_nic({1, 1});
    },
    [](Story& s) {
        s.port_created(1, port_type::external);
        s.nic_created({1, 0}, nic_type::external);
        asks(s, {1, 0});
    }},
    {"NIC-06", Party::extension,
    [](Story& s) {
        external(s);
        s.reference_nic({1, 1});
        asks(s, {1, 1});
        s.dereference_nic({1, 1});
    },
    [](Story& s) { asks(s, {1, 1}); }, [] { return Story(); }, "_never_created"},
    {"NIC-07", Party::host, [](Story& s) {
        s.port_created(3);
        s.nic_created({3});
        s.done(s.sent_by({3}));
    }},
    {"NIC-08", Party::host, life, [](Story& s) {
        s.guest(3);
        s.nic_connected({3});
    }},
    {"NIC-09", Party::host, life, [](Story& s) {
        s.port_created(3);
        s.nic_created({3});
        s.pass(oid::nic_connect, {3}, 0, status::failure);
    }},
    {"NIC-10", Party::host,
    [](Story& s) {
        s.guest(3);
        s.pass(oid::nic_updated, {3});
    },
    [](Story& s) {
        s.port_created(3);
        s.nic_created({3});
        s.pass(oid::nic_updated, {3});
    }},
    {"NIC-12", Party::host, life, [](Story& s) {
        s.port_created(3);
        s.nic_created({3});
        s.nic_disconnected({3});
        s.nic_deleted({3});
    }},
    {"NIC-13", Party::extension,
    [](Story& s) {
        external(s);
        s.reference_nic({1, 1});
        s.nic_disconnected({1, 1});
        asks(s, {1, 1});
        s.dereference_nic({1, 1});
        s.nic_deleted({1, 1});
    },
    [](Story& s) {
        external(s);
        s.nic_disconnected({1, 1});
        asks(s, {1, 1});
        s.nic_deleted({1, 1});
    }},
    {"NIC-15", Party::host,
    [](Story& s) {
        s.guest(3);
        s.guest(4);
        const ObjectId nbl = s.sent_by({3});
        s.nic_disconnected({3});
        s.hand_down(nbl, {3});
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.turns_round(nbl);
        s.comes_back(nbl);
        s.finish_up(nbl);
        s.done(nbl);
        s.nic_deleted({3});
    },
    [](Story& s) {
        s.guest(3);
        s.nic_disconnected({3});
        s.done(s.sent_by({3}));
        s.nic_deleted({3});
    }},
    {"NIC-16", Party::host,
    [](Story& s) {
        s.port_created(3);
        s.nic_created({3});
        s.nic_deleted({3});
    },
    [](Story& s) {
        s.guest(3);
        s.nic_deleted({3});
    }},
    {"NIC-17", Party::host, life,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.nic_disconnected({3});
        s.nic_deleted({3});
        s.done(nbl);
    },
    [] { return Story(); }, "_by_source"},
    {"NIC-17", Party::host, life,
    [](Story& s) {
        s.guest(3);
        s.guest(4);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.nic_disconnected({4});
        s.nic_deleted({4});
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    },
    [] { return Story(); }, "_by_destination"},
    {"NIC-17", Party::host, life,
    [](Story& s) {
        s.guest(3);
        s.reference_nic({3});
        s.nic_disconnected({3});
        s.nic_deleted({3});
        s.dereference_nic({3});
    },
    [] { return Story(); }, "_by_reference"},
    {"NIC-19", Party::host, life, [](Story& s) {
        s.guest(3);
        s.nic_disconnected({3});
    }},
    {"NIC-20", Party::extension, life, [](Story& s) {
        external(s);
        s.nic_disconnected({1, 1});
        s.nic_deleted({1, 1});
        asks(s, {1, 1});
    }},
    {"PHY-01", Party::host, team, [](Story& s) {
        s.port_created(1, port_type::external);
        s.nic_created({1, 1}, nic_type::external);
    }},
    {"PHY-02", Party::host, team, [](Story& s) {
        s.port_created(1, port_type::external);
        s.nic_created({1, 0}, nic_type::external);
        s.nic_created({1, 1}, nic_type::external);
        s.nic_connected({1, 1});
    }},
    {"PHY-04", Party::host, team, [](Story& s) {
        external(s);
        s.nic_disconnected({1, 0});
        s.nic_disconnected({1, 1});
        s.nic_deleted({1, 1});
        s.nic_deleted({1, 0});
    }},
};

}  // namespace

std::vector<Case> nic_cases() {
    return {std::begin(nic_table), std::end(nic_table)};
}

namespace {

void saved(Story& s) {
    s.guest(3);
    s.pass(oid::nic_save, {3});
    s.pass(oid::nic_save_complete, {3});
}

void restored(Story& s) {
    s.guest(3);
    s.pass(oid::nic_restore, {3});
    s.pass(oid::nic_restore_complete, {3});
}

const Case save_table[] = {
    {"SAVE-01", Party::host, saved, [](Story& s) {
        s.port_created(3);
        s.nic_created({3});
        s.pass(oid::nic_save, {3});
    }},
    {"SAVE-02", Party::host, saved, [](Story& s) {
        s.guest(3);
        s.pass(oid::nic_save_complete, {3});
    }},
    {"SAVE-02", Party::host,
    [](Story& s) {
        s.guest(3);
        s.decide(oid::nic_save, {3}, status::success);
        s.pass(oid::nic_save, {3});
        s.pass(oid::nic_save_complete, {3});
    },
    [](Story& s) {
        s.guest(3);
        s.pass(oid::nic_save, {3});
        s.pass(oid::nic_save, {3});
        s.pass(oid::nic_save_complete, {3});
    },
    [] { return Story(); }, "_again"},
    {"SAVE-09", Party::host, restored, [](Story& s) {
        s.guest(3);
        s.decide(oid::nic_restore, {3}, status::failure);
        s.pass(oid::nic_restore, {3});
    }},
};

}  // namespace

std::vector<Case> save_cases() {
    return {std::begin(save_table), std::end(save_table)};
}

}  // namespace interlock::model
