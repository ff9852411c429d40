#include "model/rules/cases.hpp"
#include "model/rules/packet_ways.hpp"

namespace interlock::model {
namespace {

void traffic(Story& s) {
    s.guest(3);
    s.guest(4);
    s.delivers({3}, {4});
}

void is_dropped(Story& s, ObjectId nbl) {
    s.drops(nbl, {3});
    s.done(nbl);
}

void external_team(Story& s, NicIndex members) {
    s.port_created(1, port_type::external);
    for (NicIndex index = 0; index <= members; ++index) {
        s.nic_created({1, index}, nic_type::external);
        s.nic_connected({1, index});
    }
    s.guest(3);
}

void sets_context(Story& s, ObjectId nbl, std::uint32_t type, std::uint16_t set = 1) {
    s.call(Call::SetNetBufferListSwitchContext, {.object = nbl, .count = set, .flags = type});
}

/// Holds back a disconnect, and forwards it with or without the reference that it took meanwhile.
void drains(Story& s, bool gives_back) {
    s.guest(3);
    const ObjectId going = s.issue(oid::nic_disconnect, {3});
    s.deliver(going);
    s.handler_returns(going, status::pending);
    s.reference_port(3);
    if (gives_back) s.dereference_port(3);
    const ObjectId clone = s.forward(going);
    s.answer(clone);
    s.complete_up(going);
    s.edge_completes(going);
    if (!gives_back) s.dereference_port(3);
    s.nic_deleted({3});
}

// clang-format off
const Case table[] = {
    {"NBL-07", Party::extension, traffic,
    [](Story& s) {
        const ObjectId nbl = going_down(s);
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.call(Call::GetNetBufferListDestinations, {.object = nbl});
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    }},
    {"NBL-07", Party::extension, traffic,
    [](Story& s) {  // Reported when it was let go already.
        const ObjectId nbl = going_down(s);
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.call(Call::ReportFilteredNetBufferLists, {.object = nbl, .port = 3, .count = 1});
        s.done(nbl);
    },
    [] { return Story(); }, "_report"},
    {"NBL-07", Party::extension, traffic,
    [](Story& s) {  // Written to when it was passed on.
        const ObjectId nbl = going_down(s);
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.enter(Call::Misused, {.object = nbl,
                                .detail = static_cast<std::uint32_t>(Misuse::wrote_to_freed)});
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    },
    [] { return Story(); }, "_write"},
    {"FWD-09", Party::extension, traffic,
    [](Story& s) {
        const ObjectId nbl = going_down(s);
        s.call(Call::AddNetBufferListDestination,
               {.object = nbl, .other_port = 4, .detail = destination::no_room}, status::failure);
        is_dropped(s, nbl);
    }},
    {"FWD-14", Party::extension,
    [](Story& s) {
        external_team(s, 2);
        s.delivers({3}, {1, 2});
    },
    [](Story& s) {
        external_team(s, 2);
        s.delivers({3}, {1, 0});
    }},
    {"FWD-14", Party::extension,
    [](Story& s) {  // With a single one, index 0 is as good.
        external_team(s, 1);
        s.delivers({3}, {1, 0});
        s.nic_created({1, 2}, nic_type::external);
        s.nic_connected({1, 2});
        s.delivers({3}, {1, 1});
    },
    [](Story& s) {
        external_team(s, 2);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.call(Call::UpdateNetBufferListDestinations,
               {.object = nbl, .count = 1, .other_port = 1});
        s.pass_down(nbl);
        s.turns_round(nbl);
        s.comes_back(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    },
    [] { return Story(); }, "_update"},
    {"FWD-15", Party::extension,
    [](Story& s) {
        const ObjectId nbl = going_down(s);
        s.call(Call::UpdateNetBufferListDestinations,
               {.object = nbl, .count = 1, .other_port = 4});
        is_dropped(s, nbl);
    },
    [](Story& s) {
        const ObjectId nbl = going_down(s);
        s.call(Call::UpdateNetBufferListDestinations,
               {.object = nbl, .count = 1, .other_port = 4, .detail = destination::stale_array},
               status::invalid_parameter);
        is_dropped(s, nbl);
    }},
    {"FWD-19", Party::extension,
    [](Story& s) {  // Of another type, and after it was taken off.
        const ObjectId nbl = going_down(s);
        sets_context(s, nbl, 1);
        sets_context(s, nbl, 2);
        sets_context(s, nbl, 1, 0);
        sets_context(s, nbl, 1);
        is_dropped(s, nbl);
    },
    [](Story& s) {
        const ObjectId nbl = going_down(s);
        sets_context(s, nbl, 1);
        sets_context(s, nbl, 1);
        is_dropped(s, nbl);
    }},
    {"PKT-07", Party::extension, [](Story& s) { drains(s, true); },
    [](Story& s) { drains(s, false); }},
    {"PKT-07", Party::extension,
    [](Story& s) {  // One that it had before may stay.
        s.guest(3);
        s.reference_port(3);
        s.nic_disconnected({3});
        s.dereference_port(3);
        s.nic_deleted({3});
    },
    [](Story& s) { drains(s, false); }, [] { return Story(); }, "_before"},
};
// clang-format on

}  // namespace

std::vector<Case> handlers_cases() {
    return {std::begin(table), std::end(table)};
}

namespace {

/// Two packets to these destinations, in one call with these flags, down or up.
void both(Story& s, Call call, std::uint32_t flags, PortId first, PortId second) {
    s.guest(3);
    s.guest(4);
    s.guest(5);
    const ObjectId one = s.sent_by({3}), two = s.sent_by({3});
    for (const ObjectId nbl : {one, two}) {
        s.hand_down(nbl, {3});
        s.commit(nbl, {nbl == one ? first : second});
    }
    const bool handed = call == Call::FilterReceiveNetBufferLists;
    const bool up     = call == Call::NdisFIndicateReceiveNetBufferLists || handed;
    if (up) {
        for (const ObjectId nbl : {one, two}) {
            s.pass_down(nbl);
            s.turns_round(nbl);
            if (!handed) s.hand_up(nbl);
        }
    }
    s.enter(call, {.object = one, .port = 3, .count = 2, .flags = flags});
    s.enter(call, {.object = two, .port = 3, .count = 2, .place = 1, .flags = flags});
    s.leave(call);
    for (const ObjectId nbl : {one, two}) {
        if (handed) s.pass_up(nbl);
    }
    for (const ObjectId nbl : {one, two}) {
        if (up) {
            s.give_back_up(nbl);
            s.return_down(nbl);
            s.turned_round(nbl);
        }
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    }
}

void returns(Story& s, std::uint32_t flags) {
    const ObjectId nbl = going_down(s);
    s.commit(nbl, {4});
    s.pass_down(nbl);
    s.turns_round(nbl);
    s.hand_up(nbl);
    s.pass_up(nbl);
    s.give_back_up(nbl);
    s.enter(Call::NdisFReturnNetBufferLists,
            {.object = nbl, .port = 3, .count = 1, .flags = flags});
    s.leave(Call::NdisFReturnNetBufferLists);
    s.turned_round(nbl);
    s.give_back_down(nbl);
    s.finish_up(nbl);
    s.done(nbl);
}

constexpr auto up        = Call::NdisFIndicateReceiveNetBufferLists;
constexpr auto handed_up = Call::FilterReceiveNetBufferLists;

// clang-format off
const Case group_table[] = {
    {"FLAG-02", Party::extension, [](Story& s) { returns(s, flag::return_single_source); },
    [](Story& s) { returns(s, 0); }},
    {"FLAG-04", Party::extension,
    [](Story& s) { both(s, up, flag::receive_destination_group, 4, 4); },
    [](Story& s) { both(s, up, flag::receive_destination_group, 4, 5); }},
    {"FLAG-04", Party::host,
    [](Story& s) { both(s, handed_up, flag::receive_destination_group, 4, 4); },
    [](Story& s) { both(s, handed_up, flag::receive_destination_group, 4, 5); },
    [] { return Story(); }, "_handed"},
    {"FLAG-03", Party::extension,
    [](Story& s) { both(s, Call::NdisFSendNetBufferLists, flag::send_destination_group, 4, 4); },
    [](Story& s) { both(s, Call::NdisFSendNetBufferLists, flag::send_destination_group, 4, 5); },
    [] { return Story(); }, "_different"},
};
// clang-format on

}  // namespace

std::vector<Case> group_cases() {
    return {std::begin(group_table), std::end(group_table)};
}

}  // namespace interlock::model
