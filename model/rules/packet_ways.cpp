#include "model/rules/packet_ways.hpp"

namespace interlock::model {

Story filtering() {
    return Story(ExtensionClass::filtering);
}

ObjectId going_down(Story& s) {
    s.guest(3);
    s.guest(4);
    const ObjectId nbl = s.sent_by({3});
    s.hand_down(nbl, {3});
    return nbl;
}

ObjectId going_up(Story& s) {
    const ObjectId nbl = going_down(s);
    s.pass_down(nbl);
    s.turns_round(nbl);
    s.hand_up(nbl);
    return nbl;
}

void comes_back(Story& s, ObjectId nbl) {
    s.turned_round(nbl);
    s.give_back_down(nbl);
    s.finish_up(nbl);
    s.done(nbl);
}

void ends_its_way(Story& s, ObjectId nbl) {
    s.return_down(nbl);
    comes_back(s, nbl);
}

}  // namespace interlock::model
