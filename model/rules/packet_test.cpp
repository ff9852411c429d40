#include "model/rules/cases.hpp"
#include "model/rules/packet_ways.hpp"

namespace interlock::model {
namespace {

void two_guests(Story& s) {
    s.guest(3);
    s.guest(4);
}

void traffic(Story& s) {
    two_guests(s);
    s.delivers({3}, {4});
}

/// Down to the bottom, with a destination.
ObjectId sent_down(Story& s) {
    two_guests(s);
    const ObjectId nbl = s.sent_by({3});
    s.hand_down(nbl, {3});
    s.commit(nbl, {4});
    s.pass_down(nbl);
    return nbl;
}

void own_sent(Story& s, At destination) {
    const ObjectId own = s.makes();
    s.commit(own, destination);
    s.pass_down(own);
    s.give_back_down(own);
    s.unmakes(own);
}

const Case destination_table[] = {
    {"PKT-01", Party::extension, traffic,
    [](Story& s) {
        s.guest(3);
        s.port_created(4);
        s.nic_created({4});
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.commit(nbl, {4}, status::failure);
        s.drops(nbl, {3});
        s.done(nbl);
    }},
    {"PKT-01", Party::extension,
    [](Story& s) {  // The connect has been delivered: that is early enough.
        s.guest(3);
        s.port_created(4);
        s.nic_created({4});
        const ObjectId connect = s.issue(oid::nic_connect, {4});
        s.deliver(connect);
        s.delivers({3}, {4});
        s.answer(s.forward(connect));
        s.handler_returns(connect);
        s.edge_completes(connect);
    },
    [](Story& s) {
        const ObjectId own = s.makes();
        s.call(Call::SetNetBufferListSource, {.object = own, .port = 9}, status::failure);
        s.unmakes(own);
    },
    [] { return Story(); }, "_source"},
    {"PKT-04", Party::extension, traffic,
    [](Story& s) {
        two_guests(s);
        s.nic_disconnected({4});
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.commit(nbl, {4}, status::failure);
        s.drops(nbl, {3});
        s.done(nbl);
        s.nic_deleted({4});
    }},
    {"PKT-04", Party::extension,
    [](Story& s) {  // Committed before the forward, sent after it; and while it is pended.
        two_guests(s);
        const ObjectId early = s.sent_by({3});
        s.hand_down(early, {3});
        const ObjectId going = s.issue(oid::nic_disconnect, {4});
        s.deliver(going);
        s.handler_returns(going, status::pending);
        s.commit(early, {4});
        const ObjectId clone = s.forward(going);
        s.answer(clone);
        s.complete_up(going);
        s.edge_completes(going);
        s.pass_down(early);
        s.turns_round(early);
        s.comes_back(early);
        s.finish_up(early);
        s.done(early);
        s.nic_deleted({4});
    },
    [](Story& s) {  // Forwarded, and not back yet.
        two_guests(s);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        const ObjectId going = s.issue(oid::nic_disconnect, {4});
        s.deliver(going);
        const ObjectId clone = s.forward(going);
        s.task               = 2;
        s.commit(nbl, {4}, status::failure);
        s.task = 1;
        s.answer(clone);
        s.handler_returns(going);
        s.edge_completes(going);
        s.drops(nbl, {3});
        s.done(nbl);
        s.nic_deleted({4});
    },
    [] { return Story(); }, "_race"},
    {"PKT-08", Party::extension,
    [](Story& s) {
        s.guest(3);
        const ObjectId own = s.makes();
        s.call(Call::SetNetBufferListSource, {.object = own, .port = 3});
        s.unmakes(own);
    },
    [](Story& s) {
        s.guest(3);
        s.nic_disconnected({3});
        const ObjectId own = s.makes();
        s.call(Call::SetNetBufferListSource, {.object = own, .port = 3}, status::failure);
        s.unmakes(own);
        s.nic_deleted({3});
    }},
    {"PKT-15", Party::extension, traffic,
    [](Story& s) {
        two_guests(s);
        s.nic_disconnected({4});
        s.nic_deleted({4});
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.commit(nbl, {4}, status::failure);
        s.drops(nbl, {3});
        s.done(nbl);
    }},
    {"FWD-07", Party::extension,
    [](Story& s) {  // It commits that it excluded one, and adds none.
        two_guests(s);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.pass_down(nbl);
        s.turns_round(nbl);
        s.hand_up(nbl);
        s.call(Call::UpdateNetBufferListDestinations, {.object = nbl});
        s.return_down(nbl);
        s.turned_round(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    },
    traffic, filtering, "_filtering"},
    {"FWD-07", Party::extension, traffic,
    [](Story& s) {
        const ObjectId nbl = sent_down(s);
        s.turns_round(nbl);
        s.hand_up(nbl);
        s.commit(nbl, {3});
        s.pass_up(nbl);
        s.give_back_up(nbl);
        s.return_down(nbl);
        s.turned_round(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    },
    [] { return Story(); }, "_on_egress"},
    {"FWD-08", Party::extension, traffic,
    [](Story& s) {
        two_guests(s);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.pass_down(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    }},
};

}  // namespace

std::vector<Case> destination_cases() {
    return {std::begin(destination_table), std::end(destination_table)};
}

namespace {

void own(Story& s) {
    s.guest(3);
    own_sent(s, {3});
}

const Case packet_table[] = {
    {"PKT-03", Party::host,
    [](Story& s) {
        traffic(s);
        s.guest_gone(3);
    },
    [](Story& s) {
        s.port_created(3);
        s.done(s.sent_by({3}));
    }},
    {"PKT-13", Party::extension,
    [](Story& s) {
        traffic(s);
        s.guest_gone(3);
    },
    [](Story& s) {  // It lets go, but only at its pause.
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.nic_disconnected({3});
        s.quiescent();
        s.enter(Call::FilterPause);
        s.finish_up(nbl);
        s.done(nbl);
        s.leave(Call::FilterPause);
        s.nic_deleted({3});
    }},
    {"NBL-01", Party::extension, traffic,
    [](Story& s) {
        const ObjectId nbl = sent_down(s);
        s.pass_down(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    }},
    {"NBL-01", Party::extension, own,
    [](Story& s) {
        s.guest(3);
        const ObjectId made = s.makes();
        s.commit(made, {3});
        s.pass_down(made);
        s.call(Call::NdisFreeNetBufferList, {.object = made});
    },
    [] { return Story(); }, "_freed"},
    {"NBL-02", Party::extension, traffic,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.nic_disconnected({3});
        s.quiescent();
        s.quiescent();
    }},
    {"NBL-02", Party::extension, traffic,
    [](Story& s) {
        const ObjectId nbl = sent_down(s);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    },
    [] { return Story(); }, "_twice"},
    {"NBL-02", Party::extension,
    [](Story& s) {  // Held, but nobody waits: that is an extension's right.
        two_guests(s);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.quiescent();
        s.drops(nbl, {3});
        s.done(nbl);
    },
    [](Story& s) {
        s.guest(3);
        s.pause();
        s.hand_down(s.sent_by({3}), {3});
        s.detach();
    },
    [] { return Story(); }, "_at_detach"},
    {"NBL-03", Party::extension, traffic,
    [](Story& s) {
        const ObjectId nbl = sent_down(s);
        s.turns_round(nbl);
        s.hand_up(nbl);
        s.nic_disconnected({4});
        s.quiescent();
    }},
    {"NBL-04", Party::extension, traffic,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.return_down(nbl);
    }},
    {"NBL-06", Party::host, traffic,
    [](Story& s) {
        const ObjectId nbl = sent_down(s);
        s.turns_round(nbl);
        s.host(Call::MiniportEdgeSendComplete, {.object = nbl});
        s.comes_back(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    }},
    {"NBL-08", Party::extension,
    [](Story& s) {  // Used again without being freed.
        s.guest(3);
        const ObjectId made = s.makes();
        s.commit(made, {3});
        s.pass_down(made);
        s.give_back_down(made);
        s.commit(made, {3});
        s.pass_down(made);
        s.give_back_down(made);
        s.unmakes(made);
    },
    [](Story& s) {
        s.guest(3);
        const ObjectId made = s.makes();
        s.commit(made, {3});
        s.pass_down(made);
        s.give_back_down(made);
        s.finish_up(made);
        s.unmakes(made);
    }},
    {"NBL-09", Party::extension, traffic,
    [](Story& s) {
        const ObjectId nbl = sent_down(s);
        s.give_back_down(nbl);
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    }},
    {"NBL-27", Party::extension, traffic,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.call(Call::ReportFilteredNetBufferLists, {.object = nbl, .port = 3, .count = 2});
        s.finish_up(nbl);
        s.done(nbl);
    }},
    {"FWD-02", Party::extension,
    [](Story& s) {
        const ObjectId made = s.makes();
        s.pass_down(made);
        s.give_back_down(made);
        s.unmakes(made);
    },
    [](Story& s) {
        const ObjectId made = s.makes_bare();
        s.enter(Call::NdisFSendNetBufferLists, {.object = made, .count = 1});
        s.leave(Call::NdisFSendNetBufferLists);
        s.give_back_down(made);
        s.call(Call::NdisFreeNetBufferList, {.object = made});
    },
    filtering},
    {"FWD-03", Party::extension, own,
    [](Story& s) {
        const ObjectId made = s.makes();
        s.call(Call::NdisFreeNetBufferList, {.object = made});
    }},
    {"FWD-03", Party::extension, own,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.call(Call::FreeNetBufferListForwardingContext, {.object = nbl});
        s.drops(nbl, {3});
        s.done(nbl);
    },
    [] { return Story(); }, "_foreign"},
};

}  // namespace

std::vector<Case> packet_cases() {
    return {std::begin(packet_table), std::end(packet_table)};
}

}  // namespace interlock::model
