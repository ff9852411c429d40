#include "model/rules/cases.hpp"
#include "model/rules/packet_ways.hpp"

namespace interlock::model {
namespace {

/// Indicates a clone that was copied with these flags, from this source.
void indicates_clone(Story& s, std::uint32_t copy_flags, PortId source) {
    const ObjectId nbl   = going_up(s);
    const ObjectId clone = s.clones(nbl, copy_flags);
    if (source != 3) s.call(Call::SetNetBufferListSource, {.object = clone, .port = source});
    s.pass_up(clone);
    s.give_back_up(clone);
    s.unmakes(clone);
    ends_its_way(s, nbl);
}

/// Sends a clone down that says to be one of `parent`.
template <bool named>
void sends_clone(Story& s) {
    const ObjectId nbl   = going_up(s);
    const ObjectId clone = s.clones(nbl);
    s.enter(Call::NdisFSendNetBufferLists,
            {.object = clone, .parent = named ? nbl : 0, .count = 1});
    s.leave(Call::NdisFSendNetBufferLists);
    s.give_back_down(clone);
    s.unmakes(clone);
    ends_its_way(s, nbl);
}

void sends_own(Story& s, std::uint32_t marks) {
    const ObjectId own = s.makes();
    s.enter(Call::NdisFSendNetBufferLists, {.object = own, .count = 1, .detail = 1 | marks});
    s.leave(Call::NdisFSendNetBufferLists);
    s.give_back_down(own);
    s.unmakes(own);
}

// clang-format off
const Case table[] = {
    {"NBL-17", Party::extension,
    [](Story& s) { indicates_clone(s, flag::copy_preserve_destinations, 3); },
    [](Story& s) { indicates_clone(s, 0, 3); }, filtering},
    {"NBL-17", Party::extension,
    [](Story& s) { indicates_clone(s, flag::copy_preserve_destinations, 3); },
    [](Story& s) { indicates_clone(s, flag::copy_preserve_destinations, 4); }, filtering,
    "_source"},
    {"NBL-17", Party::extension,
    [](Story& s) { indicates_clone(s, flag::copy_preserve_destinations, 3); },
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        const ObjectId clone = s.clones(nbl, flag::copy_preserve_destinations);
        s.pass_up(clone);
        s.give_back_up(clone);
        s.unmakes(clone);
        s.finish_up(nbl);
        s.done(nbl);
    },
    filtering, "_from_below"},
    {"NBL-18", Party::extension, sends_clone<true>, sends_clone<false>, filtering, "", 640},
    {"NBL-19", Party::extension, sends_clone<true>,
    [](Story& s) {
        const ObjectId nbl   = going_up(s);
        const ObjectId clone = s.clones(nbl);
        s.pass_down(clone);
        ends_its_way(s, nbl);
        s.give_back_down(clone);
        s.unmakes(clone);
    },
    filtering},
    {"FWD-04", Party::extension, sends_clone<true>,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        const ObjectId own = s.makes();
        s.call(Call::SetNetBufferListSource, {.object = own, .port = 3});
        s.call(Call::CopyNetBufferListInfo, {.object = own, .parent = nbl});
        s.unmakes(own);
        s.finish_up(nbl);
        s.done(nbl);
    },
    filtering},
    {"FWD-05", Party::extension, sends_clone<true>,
    [](Story& s) {
        const ObjectId nbl   = going_up(s);
        const ObjectId clone = s.clones(nbl, flag::copy_preserve_destinations);
        s.pass_down(clone);
        s.give_back_down(clone);
        s.unmakes(clone);
        ends_its_way(s, nbl);
    },
    filtering},
    {"FWD-17", Party::extension, [](Story& s) { sends_own(s, 0); },
    [](Story& s) { sends_own(s, mark::data_not_safe); }, filtering},
};
// clang-format on

}  // namespace

std::vector<Case> clone_cases() {
    return {std::begin(table), std::end(table)};
}

}  // namespace interlock::model
