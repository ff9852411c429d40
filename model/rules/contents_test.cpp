#include "model/rules/cases.hpp"
#include "model/rules/packet_ways.hpp"

namespace interlock::model {
namespace {

/// Passed up with these marks, after `before`, and all the way back.
void passes_up(Story& s, ObjectId nbl, std::uint32_t marks) {
    s.enter(Call::NdisFIndicateReceiveNetBufferLists,
            {.object = nbl, .count = 1, .detail = 1 | marks});
    s.leave(Call::NdisFIndicateReceiveNetBufferLists);
    s.give_back_up(nbl);
    ends_its_way(s, nbl);
}

void reports(Story& s, ObjectId nbl) {
    s.call(Call::ReportFilteredNetBufferLists,
           {.object = nbl, .port = 3, .count = 1, .other_port = 4});
}

template <std::uint32_t marks>
void goes_up_with(Story& s) {
    passes_up(s, going_up(s), marks);
}

constexpr auto goes_up = goes_up_with<0>;

/// Passed down, and finished with these marks.
template <std::uint32_t marks>
void comes_back_with(Story& s) {
    const ObjectId nbl = going_down(s);
    s.pass_down(nbl);
    s.give_back_down(nbl);
    s.enter(Call::NdisFSendNetBufferListsComplete,
            {.object = nbl, .port = 3, .count = 1, .detail = 1 | marks});
    s.leave(Call::NdisFSendNetBufferListsComplete);
    s.done(nbl);
}

/// It came so, from an extension below: this one is not to blame.
template <std::uint32_t marks>
void came_with(Story& s) {
    const ObjectId nbl = going_down(s);
    s.pass_down(nbl);
    s.turns_round(nbl);
    s.enter(Call::FilterReceiveNetBufferLists, {.object = nbl, .count = 1, .detail = 1 | marks});
    s.leave(Call::FilterReceiveNetBufferLists);
    passes_up(s, nbl, marks);
}

template <std::uint32_t detail>
void asks_for_context(Story& s) {
    const ObjectId own = s.makes_bare();
    s.call(Call::AllocateNetBufferListForwardingContext, {.object = own, .detail = detail});
    s.unmakes(own);
}

void sets_own_source(Story& s) {
    s.guest(3);
    const ObjectId own = s.makes();
    s.call(Call::SetNetBufferListSource, {.object = own, .port = 3});
    s.pass_down(own);
    s.give_back_down(own);
    s.unmakes(own);
}

// clang-format off
const Case table[] = {
    {"NBL-10", Party::extension, comes_back_with<0>, comes_back_with<mark::shape>, filtering},
    {"NBL-10", Party::extension, came_with<mark::shape>,
    [](Story& s) {
        const ObjectId nbl = going_up(s);
        reports(s, nbl);
        s.enter(Call::NdisFReturnNetBufferLists, {.object = nbl,
                                                  .count  = 1,
                                                  .flags  = flag::return_single_source,
                                                  .detail = 1 | mark::shape});
        s.leave(Call::NdisFReturnNetBufferLists);
        comes_back(s, nbl);
    },
    filtering, "_on_egress"},
    {"NBL-12", Party::extension, asks_for_context<0>,
    asks_for_context<context::foreign_source_handle>, filtering},
    {"NBL-12", Party::extension, came_with<mark::source_handle>,
    comes_back_with<mark::source_handle>, filtering, "_of_others"},
    {"NBL-15", Party::extension, came_with<mark::data>, goes_up_with<mark::data>, filtering},
    {"FWD-03", Party::extension, asks_for_context<0>, asks_for_context<context::detail_not_zero>,
    filtering, "_in_use"},
    {"FWD-06", Party::extension, came_with<mark::source>, comes_back_with<mark::source>, filtering},
    {"FWD-06", Party::extension, sets_own_source,
    [](Story& s) {
        const ObjectId nbl = going_up(s);
        s.call(Call::SetNetBufferListSource, {.object = nbl, .port = 4},
               status::invalid_parameter);
        passes_up(s, nbl, 0);
    },
    filtering, "_set"},
    {"FWD-10", Party::extension,
    [](Story& s) {
        const ObjectId nbl = going_up(s);
        s.call(Call::UpdateNetBufferListDestinations, {.object = nbl});
        reports(s, nbl);
        passes_up(s, nbl, mark::excluded);
    },
    [](Story& s) {
        const ObjectId nbl = going_up(s);
        reports(s, nbl);
        passes_up(s, nbl, mark::excluded | mark::uncommitted);
    },
    filtering},
    {"FWD-11", Party::extension, came_with<mark::destinations>, goes_up_with<mark::destinations>,
    filtering},
    {"FWD-12", Party::extension, came_with<mark::included_again>,
    goes_up_with<mark::included_again>, filtering},
    {"FWD-12", Party::extension, goes_up,
    [](Story& s) {
        const ObjectId nbl = going_up(s);
        reports(s, nbl);
        passes_up(s, nbl, mark::excluded | mark::all_excluded);
    },
    filtering, "_everywhere", 630, Severity::warning},
    {"FWD-16", Party::extension, came_with<mark::native>, goes_up_with<mark::native>, filtering,
    "", 640},
    {"NBL-14", Party::extension, came_with<mark::excluded>, goes_up_with<mark::excluded>,
    [] { return Story(ExtensionClass::capturing); }, "_excludes"},
    {"NBL-13", Party::extension,
    [](Story& s) {
        const ObjectId nbl = going_up(s);
        reports(s, nbl);
        passes_up(s, nbl, mark::excluded);
    },
    goes_up_with<mark::excluded>, filtering, "_exclusion"},
};
// clang-format on

}  // namespace

std::vector<Case> contents_cases() {
    return {std::begin(table), std::end(table)};
}

namespace {

void drops_it(Story& s) {
    const ObjectId nbl = going_down(s);
    s.drops(nbl, {3});
    s.done(nbl);
}

void is_handed_while_paused(Story& s, Status result) {
    s.guest(3);
    s.pause();
    const ObjectId nbl = s.sent_by({3});
    s.hand_down(nbl, {3});
    s.enter(Call::NdisFSendNetBufferListsComplete, {.object = nbl, .count = 1, .status = result});
    s.leave(Call::NdisFSendNetBufferListsComplete);
    s.done(nbl);
}

/// The fate of the second one is decided only when the module runs again.
void is_handed_while_paused_and_dropped_later(Story& s) {
    is_handed_while_paused(s, status::paused);
    const ObjectId nbl = s.sent_by({3});
    s.hand_down(nbl, {3});
    s.restart();
    s.finish_up(nbl);
    s.done(nbl);
}

/// While FilterPause is called, code that does not know of it yet drops one for its own reason.
void is_handed_while_paused_and_reported(Story& s) {
    is_handed_while_paused(s, status::paused);
    const ObjectId nbl = s.sent_by({3});
    s.hand_down(nbl, {3});
    s.call(Call::ReportFilteredNetBufferLists,
           {.object = nbl, .port = 3, .count = 1, .flags = flag::report_is_incoming});
    s.enter(Call::NdisFSendNetBufferListsComplete,
            {.object = nbl, .count = 1, .status = status::failure});
    s.leave(Call::NdisFSendNetBufferListsComplete);
    s.done(nbl);
}

void reported_as(Story& s, PortId port, std::uint32_t flags) {
    const ObjectId nbl = going_down(s);
    s.call(Call::ReportFilteredNetBufferLists,
           {.object = nbl, .port = 3, .count = 1, .other_port = port, .flags = flags});
    s.finish_up(nbl);
    s.done(nbl);
}

void reported_up_as(Story& s, PortId port) {
    const ObjectId nbl = going_down(s);
    s.commit(nbl, {4});
    s.pass_down(nbl);
    s.turns_round(nbl);
    s.hand_up(nbl);
    s.call(Call::ReportFilteredNetBufferLists,
           {.object = nbl, .port = 3, .count = 1, .other_port = port});
    s.return_down(nbl);
    comes_back(s, nbl);
}

// clang-format off
const Case drop_table[] = {
    {"NBL-13", Party::extension, drops_it,
    [](Story& s) {
        const ObjectId nbl = going_down(s);
        s.finish_up(nbl);
        s.done(nbl);
    },
    filtering},
    {"NBL-24", Party::extension, [](Story& s) { is_handed_while_paused(s, status::paused); },
    [](Story& s) { is_handed_while_paused(s, status::success); }},
    {"NBL-24", Party::extension, is_handed_while_paused_and_dropped_later,
    [](Story& s) { is_handed_while_paused(s, status::success); }, [] { return Story(); }, "_later"},
    {"NBL-24", Party::extension, is_handed_while_paused_and_reported,
    [](Story& s) { is_handed_while_paused(s, status::success); }, [] { return Story(); },
     "_reported"},
    {"NBL-23", Party::extension,
    [](Story& s) {
        s.enter(Call::FilterCancelSendNetBufferLists);
        s.call(Call::NdisFCancelSendNetBufferLists);
        s.leave(Call::FilterCancelSendNetBufferLists);
    },
    [](Story& s) { s.call(Call::FilterCancelSendNetBufferLists); }},
    {"FWD-13", Party::extension, drops_it,
    [](Story& s) { reported_as(s, 4, flag::report_is_incoming); }, filtering},
    {"FWD-13", Party::extension, [](Story& s) { reported_up_as(s, 4); },
    [](Story& s) { reported_up_as(s, 3); }, [] { return Story(); }, "_destination"},
};
// clang-format on

}  // namespace

std::vector<Case> drop_cases() {
    return {std::begin(drop_table), std::end(drop_table)};
}

}  // namespace interlock::model
