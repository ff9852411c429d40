#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

/// A packet that the extension has in its hands.
ObjectId held(Story& s) {
    s.guest(3);
    const ObjectId nbl = s.sent_by({3});
    s.hand_down(nbl, {3});
    return nbl;
}

void bounce(Story& s, ObjectId nbl) {
    s.turns_away(nbl);
    s.done(nbl);
}

void life(Story& s) {
    s.pause();
    s.detach();
    s.attach();
    s.restart();
}

const Case attach_table[] = {
    {"ATTACH-01", Party::host, life, [](Story& s) { s.restart(); }},
    {"ATTACH-02", Party::extension,
    [](Story& s) {
        s.attach();
        s.learns_parameters();
    },
    [](Story& s) {
        s.enter(Call::FilterAttach);
        s.call(Call::NdisFSetAttributes);
        s.learns_parameters();
        s.leave(Call::FilterAttach);
    },
    Story::before_attach},
    {"ATTACH-02", Party::host,
    [](Story& s) {
        s.attach();
        s.pass(oid::nic_request);
    },
    [](Story& s) {
        s.enter(Call::FilterAttach);
        s.call(Call::NdisFSetAttributes);
        s.decide(oid::nic_request, {}, status::failure);
        s.leave(Call::FilterAttach);
    },
    Story::before_attach, "_handed"},
    {"ATTACH-03", Party::extension,
    [](Story& s) {
        s.attach();
        s.port_created(3);
        s.reference_port(3);
        s.dereference_port(3);
    },
    [](Story& s) {
        s.enter(Call::FilterAttach);
        s.call(Call::NdisFSetAttributes);
        s.leave(Call::FilterAttach);
        s.port_created(3);
        s.reference_port(3);
    },
    Story::before_attach},
    {"ATTACH-11", Party::extension, life, [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3});
        s.deliver(create);
        s.handler_returns(create, status::pending);
        s.pause();
        s.detach();
    }},
    {"ATTACH-11", Party::extension, life,
    [](Story& s) {
        s.pause();
        s.detach();
        s.learns_parameters();
    },
    [] { return Story(); }, "_after"},
};

}  // namespace

std::vector<Case> attach_cases() {
    return {std::begin(attach_table), std::end(attach_table)};
}

namespace {

void stops(Story& s) {
    s.pause();
    s.restart();
}

const Case filter_table[] = {
    {"FILT-02", Party::host,
    [](Story& s) { bounce(s, held(s)); },
    [](Story& s) {
        s.guest(3);
        s.pause();
        s.detach();
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        bounce(s, nbl);
    }},
    {"FILT-03", Party::extension, [](Story& s) { s.attach(); },
    [](Story& s) {
        s.enter(Call::FilterAttach);
        s.leave(Call::FilterAttach);
    },
    Story::before_attach},
    {"FILT-04", Party::extension, stops, [](Story& s) {
        s.pause();
        s.call(Call::FilterRestart, {}, status::pending);
        s.call(Call::NdisFRestartComplete);
        s.call(Call::NdisFRestartComplete);
    }},
    {"FILT-04", Party::extension, stops,
    [](Story& s) {
        s.pause();
        s.call(Call::FilterRestart, {}, status::pending);
        s.quiescent();
    },
    [] { return Story(); }, "_never"},
    {"FILT-05", Party::extension, stops,
    [](Story& s) { s.call(Call::FilterPause, {}, status::resources); }},
    {"FILT-05", Party::extension,
    [](Story& s) {
        s.enter(Call::FilterPause);
        s.call(Call::NdisFPauseComplete);
        s.leave(Call::FilterPause, {.status = status::pending});
    },
    [](Story& s) {
        s.enter(Call::FilterPause);
        s.call(Call::NdisFPauseComplete);
        s.leave(Call::FilterPause);
    },
    [] { return Story(); }, "_twice"},
    {"FILT-06", Party::extension,
    [](Story& s) {
        const ObjectId nbl = held(s);
        s.enter(Call::FilterPause);
        bounce(s, nbl);
        s.leave(Call::FilterPause);
    },
    [](Story& s) {
        const ObjectId nbl = held(s);
        s.pause();
        bounce(s, nbl);
    }},
    {"FILT-07", Party::extension,
    [](Story& s) {
        s.guest(3);
        const ObjectId own = s.makes();
        s.commit(own, {3});
        s.pass_down(own);
        s.enter(Call::FilterPause);
        s.give_back_down(own);
        s.unmakes(own);
        s.leave(Call::FilterPause);
    },
    [](Story& s) {
        s.guest(3);
        const ObjectId own = s.makes();
        s.commit(own, {3});
        s.pass_down(own);
        s.pause();
        s.give_back_down(own);
        s.unmakes(own);
    }},
    {"FILT-08", Party::extension,
    [](Story& s) {
        s.guest(3);
        s.pause();
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        bounce(s, nbl);
    },
    [](Story& s) {
        s.guest(3);
        s.guest(4);
        s.pause();
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    }},
    {"FILT-08", Party::extension,
    [](Story& s) {  // What came while it was stopped is sent once it runs.
        s.guest(3);
        s.guest(4);
        s.pause();
        s.enter(Call::FilterRestart);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        bounce(s, nbl);
        s.leave(Call::FilterRestart);
        s.delivers({3}, {4});
    },
    [](Story& s) {
        s.guest(3);
        s.pause();
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.quiescent();
        bounce(s, nbl);
    },
    [] { return Story(); }, "_kept"},
    {"FILT-09", Party::extension,
    [](Story& s) {
        s.pause();
        const ObjectId nbl = 900;
        s.hand_up(nbl);
        s.return_down(nbl);
    },
    [](Story& s) {
        s.pause();
        const ObjectId nbl = 900;
        s.hand_up(nbl);
        s.quiescent();
        s.return_down(nbl);
    }},
    {"FILT-10", Party::extension,
    [](Story& s) {
        s.guest(3);
        const ObjectId own = s.makes();
        s.commit(own, {3});
        s.pass_down(own);
        s.give_back_down(own);
        s.unmakes(own);
    },
    [](Story& s) {
        s.guest(3);
        s.pause();
        const ObjectId own = s.makes();
        s.commit(own, {3});
        s.pass_down(own);
        s.give_back_down(own);
        s.unmakes(own);
    }},
    {"FILT-13", Party::extension, stops, [](Story& s) {
        s.call(Call::FilterPause, {}, status::pending);
        s.quiescent();
    }},
};

}  // namespace

std::vector<Case> filter_cases() {
    return {std::begin(filter_table), std::end(filter_table)};
}

}  // namespace interlock::model
