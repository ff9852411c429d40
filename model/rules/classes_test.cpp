#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

Story capturing() { return Story(ExtensionClass::capturing); }

/// Passed on down and up by an extension that adds nothing.
void monitored(Story& s) {
    s.guest(3);
    const ObjectId nbl = s.sent_by({3});
    s.hand_down(nbl, {3});
    s.pass_down(nbl);
    s.turns_round(nbl);
    s.comes_back(nbl);
    s.finish_up(nbl);
    s.done(nbl);
}

const Case class_table[] = {
    {"OID-15", Party::extension, monitored,
    [](Story& s) { s.decide(oid::port_create, {3}, status::data_not_accepted); }, capturing},
    {"NBL-14", Party::extension, monitored,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.drops(nbl, {3});
        s.done(nbl);
    },
    capturing},
    {"NBL-16", Party::extension,
    [](Story& s) {
        const ObjectId own = s.makes();
        s.pass_down(own);
        s.give_back_down(own);
        s.unmakes(own);
    },
    [](Story& s) {
        const ObjectId own = s.makes();
        s.pass_up(own);
        s.give_back_up(own);
        s.unmakes(own);
    },
    capturing},
    {"FLAG-03", Party::extension, monitored,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.enter(Call::NdisFSendNetBufferLists,
                {.object = nbl, .count = 1, .flags = flag::send_destination_group});
        s.leave(Call::NdisFSendNetBufferLists);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    },
    capturing},
    {"FLAG-05", Party::extension, monitored,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.pass_down(nbl);
        s.turns_round(nbl);
        s.hand_up(nbl);
        s.enter(Call::NdisFIndicateReceiveNetBufferLists,
                {.object = nbl, .count = 1, .flags = flag::receive_resources});
        s.leave(Call::NdisFIndicateReceiveNetBufferLists);
        s.give_back_up(nbl);
        s.return_down(nbl);
        s.turned_round(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    },
    capturing},
};

}  // namespace

std::vector<Case> class_cases() {
    return {std::begin(class_table), std::end(class_table)};
}

}  // namespace interlock::model
