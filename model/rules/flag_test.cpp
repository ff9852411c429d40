#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

/// Two packets in one call down, with these sources and flags.
void both_down(Story& s, PortId first, PortId second, std::uint32_t flags) {
    s.guest(3);
    s.guest(4);
    const ObjectId one = s.sent_by({first});
    const ObjectId two = s.sent_by({second});
    s.hand_down(one, {first});
    s.hand_down(two, {second});
    s.enter(Call::NdisFSendNetBufferListsComplete,
            {.object = one,
             .port   = first,
             .count  = 2,
             .status = status::request_aborted,
             .flags  = flags});
    s.enter(Call::NdisFSendNetBufferListsComplete,
            {.object = two,
             .port   = second,
             .count  = 2,
             .place  = 1,
             .status = status::request_aborted,
             .flags  = flags});
    s.leave(Call::NdisFSendNetBufferListsComplete);
    s.done(one);
    s.done(two);
}

/// Two packets in one list from above, with these sources and flags, at this IRQL.
void both_handed(Story& s, PortId second, std::uint32_t flags, std::uint8_t irql) {
    constexpr auto handed = Call::FilterSendNetBufferLists;
    s.guest(3);
    s.guest(4);
    const ObjectId one = s.sent_by({3});
    const ObjectId two = s.sent_by({second});
    s.enter(handed, {.irql = irql, .object = one, .port = 3, .count = 2, .flags = flags});
    s.enter(handed, {.irql   = irql,
                     .object = two,
                     .port   = second,
                     .count  = 2,
                     .place  = 1,
                     .flags  = flags});
    s.leave(handed, {.irql = irql});
    for (const ObjectId nbl : {one, two}) {
        s.turns_away(nbl);
        s.done(nbl);
    }
}

void misuse(Story& s, Misuse what) {
    s.enter(Call::Misused, {.detail = static_cast<std::uint32_t>(what)});
}

void waits(Story& s) {
    s.enter(Call::FilterPause);
    s.enter(Call::Waited, {.detail = waited::event});
    s.leave(Call::FilterPause);
}

const Case flag_table[] = {
    {"FLAG-01", Party::extension,
    [](Story& s) { both_down(s, 3, 3, flag::complete_single_source); },
    [](Story& s) { both_down(s, 3, 4, flag::complete_single_source); }},
    {"FLAG-01", Party::host,
    [](Story& s) { both_handed(s, 3, flag::send_single_source, irql::passive); },
    [](Story& s) { both_handed(s, 4, flag::send_single_source, irql::passive); },
    [] { return Story(); }, "_handed"},
    {"FLAG-06", Party::host,
    [](Story& s) { both_handed(s, 4, flag::dispatch_level, irql::dispatch); },
    [](Story& s) { both_handed(s, 4, flag::dispatch_level, irql::passive); },
    [] { return Story(); }, "_handed"},
    {"FLAG-06", Party::extension,
    [](Story& s) {
        s.guest(3);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.enter(Call::NdisFSendNetBufferListsComplete, {.irql   = irql::dispatch,
                                                        .object = nbl,
                                                        .count  = 1,
                                                        .flags  = flag::dispatch_level});
        s.leave(Call::NdisFSendNetBufferListsComplete, {.irql = irql::dispatch});
        s.done(nbl);
    },
    [](Story& s) { both_down(s, 3, 4, flag::dispatch_level); }},
    {"IRQL-02", Party::extension, [](Story& s) { s.call(Call::NdisFNetPnPEvent); },
    [](Story& s) { s.call(Call::NdisFNetPnPEvent, {.irql = irql::dispatch}); }},
    {"IRQL-03", Party::extension, waits, [](Story& s) {
        s.enter(Call::Waited, {.irql = irql::dispatch, .detail = waited::sleep});
    }},
    {"IRQL-04", Party::extension, waits,
    [](Story& s) {
        s.enter(Call::FilterStatus);
        s.leave(Call::FilterStatus, {.irql = irql::dispatch, .locks = 1});
    }},
    {"IRQL-04", Party::extension, waits,
    [](Story& s) {
        s.enter(Call::FilterStatus);
        misuse(s, Misuse::lock_held_at_return);
        s.leave(Call::FilterStatus, {.irql = irql::dispatch, .locks = 1});
    },
    [] { return Story(); }, "_told_by_runtime"},
};

}  // namespace

std::vector<Case> flag_cases() {
    return {std::begin(flag_table), std::end(flag_table)};
}

namespace {

void nothing(Story& s) { s.call(Call::DriverUnload); }

const Case runtime_table[] = {
    {"RUN-01", Party::extension, nothing, [](Story& s) { s.enter(Call::Crashed); }},
    {"RUN-02", Party::extension, nothing, [](Story& s) { s.enter(Call::AssertionFailed); }},
    {"RUN-03", Party::extension, nothing, [](Story& s) { misuse(s, Misuse::freed_twice); }},
    {"RUN-04", Party::extension, nothing, [](Story& s) {
        s.enter(Call::FilterStatus);
        s.quiescent();
    }},
    {"RUN-05", Party::extension, nothing, [](Story& s) { misuse(s, Misuse::lock_order); }},
    {"RUN-06", Party::extension, nothing, [](Story& s) { misuse(s, Misuse::data_race); }},
    {"RUN-07", Party::extension, nothing, [](Story& s) {
        const ObjectId request = s.issue(oid::port_updated, {3});
        s.deliver(request);
        s.answer(s.forward(request));
        s.handler_returns(request);
        s.edge_completes(request);
        s.enter(Call::Misused, {.object = request, .oid = oid::port_updated,
                                .detail = static_cast<std::uint32_t>(Misuse::wrote_to_freed)});
    }, [] { Story s; s.guest(3); return s; }},
};

}  // namespace

std::vector<Case> runtime_cases() {
    return {std::begin(runtime_table), std::end(runtime_table)};
}

}  // namespace interlock::model
