// The saves of one adapter. Source: hyper-v-extensible-switch-save-operations.

#include <boost/mp11/mpl.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "model/machines/states.hpp"
#include "model/machines/table.hpp"

namespace interlock::model {
namespace {

namespace msm = boost::msm;
using table::Guards;

template <SaveState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using Idle     = In<SaveState::idle>;
using Open     = In<SaveState::open>;
using AskedAll = In<SaveState::asked_all>;
using Failed   = In<SaveState::failed>;

using SaveIssued      = table::On<SaveEvent::save_issued>;
using SaveClaimed     = table::On<SaveEvent::save_claimed>;
using SaveCameThrough = table::On<SaveEvent::save_came_through>;
using SaveTooShort    = table::On<SaveEvent::save_too_short>;
using SaveFailed      = table::On<SaveEvent::save_failed>;
using CompleteIssued  = table::On<SaveEvent::complete_issued>;

// clang-format off
//  Order of rows: a session's life; then the answers that come when it is over, and say nothing of
//  the next. A blank cell has no row.
using Rows = boost::mp11::mp_list<
//  in state   on event          go to      granted by
Row< Idle     , SaveIssued      , Open     , "SAVE-02" >,
Row< Open     , SaveIssued      , Open     , "SAVE-02" >,
Row< Open     , SaveClaimed     , Open     , "OID-02"  >,
Row< Open     , SaveCameThrough , AskedAll , "OID-02"  >,
Row< Open     , SaveTooShort    , Open     , "OID-02"  >,
Row< Open     , SaveFailed      , Failed   , "OID-02"  >,
Row< Open     , CompleteIssued  , Idle     , "SAVE-02" >,
Row< AskedAll , CompleteIssued  , Idle     , "SAVE-02" >,
Row< Failed   , SaveIssued      , Open     , "SAVE-02" >,
Row< Failed   , CompleteIssued  , Idle     , "SAVE-02" >,
Row< Idle     , SaveClaimed     , Idle     , "OID-02"  >,
Row< Idle     , SaveCameThrough , Idle     , "OID-02"  >,
Row< Idle     , SaveTooShort    , Idle     , "OID-02"  >,
Row< Idle     , SaveFailed      , Idle     , "OID-02"  >,
Row< AskedAll , SaveClaimed     , AskedAll , "OID-02"  >,
Row< AskedAll , SaveCameThrough , AskedAll , "OID-02"  >,
Row< AskedAll , SaveTooShort    , AskedAll , "OID-02"  >,
Row< AskedAll , SaveFailed      , AskedAll , "OID-02"  >,
Row< Failed   , SaveClaimed     , Failed   , "OID-02"  >,
Row< Failed   , SaveCameThrough , Failed   , "OID-02"  >,
Row< Failed   , SaveTooShort    , Failed   , "OID-02"  >,
Row< Failed   , SaveFailed      , Failed   , "OID-02"  >
>;

//  What is issued where it may not be is assumed to have begun.
constexpr table::BlankTable<SaveState, SaveEvent, 2, 0> meaning{
    .otherwise = {{
        //  on event                 breaks     and goes on in
        {SaveEvent::save_issued,     "SAVE-02", SaveState::open},
        {SaveEvent::complete_issued, "SAVE-02"},
    }},
    .except = {{}},
};
// clang-format on

constexpr auto states = table::names_to<SaveState::failed>();
constexpr auto events = table::names_to<SaveEvent::complete_issued>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Machine machine{"save", states, events, {}, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, SaveState> {
    using initial_state    = Idle;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& save_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_save() {
    return std::make_unique<table::Run<Backend, SaveEvent, events.size()>>();
}

}  // namespace interlock::model
