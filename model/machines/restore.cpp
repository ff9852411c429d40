// The restores of one adapter. Source: hyper-v-extensible-switch-restore-operations.

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

template <RestoreState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using Idle   = In<RestoreState::idle>;
using Open   = In<RestoreState::open>;
using Failed = In<RestoreState::failed>;

using RestoreIssued    = table::On<RestoreEvent::restore_issued>;
using RestoreSucceeded = table::On<RestoreEvent::restore_succeeded>;
using RestoreFailed    = table::On<RestoreEvent::restore_failed>;
using CompleteIssued   = table::On<RestoreEvent::complete_issued>;

// clang-format off
//  Order of rows: a session's life; one without anything to restore; then the answers that come
//  when it is over. A blank cell has no row.
using Rows = boost::mp11::mp_list<
//  in state   on event           go to    granted by
Row< Idle   , RestoreIssued    , Open   , "SAVE-09" >,
Row< Open   , RestoreIssued    , Open   , "SAVE-09" >,
Row< Open   , RestoreSucceeded , Open   , "OID-02"  >,
Row< Open   , RestoreFailed    , Failed , "OID-02"  >,
Row< Open   , CompleteIssued   , Idle   , "SAVE-09" >,
Row< Failed , CompleteIssued   , Idle   , "SAVE-09" >,
Row< Idle   , CompleteIssued   , Idle   , "SAVE-09" >,
Row< Idle   , RestoreSucceeded , Idle   , "OID-02"  >,
Row< Idle   , RestoreFailed    , Idle   , "OID-02"  >,
Row< Failed , RestoreSucceeded , Failed , "OID-02"  >,
Row< Failed , RestoreFailed    , Failed , "OID-02"  >
>;

//  One that failed has failed, whatever is issued after it.
constexpr table::BlankTable<RestoreState, RestoreEvent, 1, 0> meaning{
    .otherwise = {{
        //  on event                   breaks     and goes on in
        {RestoreEvent::restore_issued, "SAVE-09"},
    }},
    .except = {{}},
};
// clang-format on

constexpr auto states = table::names_to<RestoreState::failed>();
constexpr auto events = table::names_to<RestoreEvent::complete_issued>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Machine machine{"restore", states, events, {}, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, RestoreState> {
    using initial_state    = Idle;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& restore_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_restore() {
    return std::make_unique<table::Run<Backend, RestoreEvent, events.size()>>();
}

}  // namespace interlock::model
