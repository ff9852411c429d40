// One filter module. Source: filter-module-states-and-operations, table "Event/State".

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

template <FilterState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using Detached   = In<FilterState::detached>;
using Attaching  = In<FilterState::attaching>;
using Paused     = In<FilterState::paused>;
using Restarting = In<FilterState::restarting>;
using Running    = In<FilterState::running>;
using Pausing    = In<FilterState::pausing>;

using Attach           = table::On<FilterEvent::attach>;
using AttachSucceeded  = table::On<FilterEvent::attach_succeeded>;
using AttachFailed     = table::On<FilterEvent::attach_failed>;
using Restart          = table::On<FilterEvent::restart>;
using RestartSucceeded = table::On<FilterEvent::restart_succeeded>;
using RestartFailed    = table::On<FilterEvent::restart_failed>;
using Pause            = table::On<FilterEvent::pause>;
using PauseCompleted   = table::On<FilterEvent::pause_completed>;
using Detach           = table::On<FilterEvent::detach>;
using SendOrReceive    = table::On<FilterEvent::send_or_receive>;
using OidRequest       = table::On<FilterEvent::oid_request>;

// clang-format off
//  Order of rows: the page's own, top to bottom. A blank cell has no row.
using Rows = boost::mp11::mp_list<
//     in state   on event           go to        granted by
Row< Detached   , Attach           , Attaching  , "ATTACH-01" >,
Row< Attaching  , AttachSucceeded  , Paused     , "ATTACH-01" >,
Row< Paused     , Detach           , Detached   , "ATTACH-01" >,
Row< Paused     , Restart          , Restarting , "ATTACH-01" >,
Row< Restarting , RestartSucceeded , Running    , "ATTACH-01" >,
Row< Running    , Pause            , Pausing    , "ATTACH-01" >,
Row< Pausing    , PauseCompleted   , Paused     , "ATTACH-01" >,
Row< Attaching  , AttachFailed     , Detached   , "ATTACH-01" >,
Row< Restarting , RestartFailed    , Paused     , "ATTACH-01" >,
Row< Running    , SendOrReceive    , Running    , "FILT-02"   >,
Row< Pausing    , SendOrReceive    , Pausing    , "FILT-02"   >,
Row< Paused     , OidRequest       , Paused     , "ATTACH-02" >,
Row< Restarting , OidRequest       , Restarting , "ATTACH-02" >,
Row< Running    , OidRequest       , Running    , "ATTACH-02" >,
Row< Pausing    , OidRequest       , Pausing    , "ATTACH-02" >
>;

//  A call that comes where it may not is assumed to have begun. A completion that nobody waits for
//  is the extension's: it completes a restart or a pause twice.
constexpr table::BlankTable<FilterState, FilterEvent, 11, 0> meaning{
    .otherwise = {{
        //  on event                       breaks     and goes on in
        {FilterEvent::attach,            "ATTACH-01", FilterState::attaching},
        {FilterEvent::attach_succeeded,  "ATTACH-01"},
        {FilterEvent::attach_failed,     "ATTACH-01"},
        {FilterEvent::restart,           "ATTACH-01", FilterState::restarting},
        {FilterEvent::restart_succeeded, "FILT-04"},
        {FilterEvent::restart_failed,    "FILT-04"},
        {FilterEvent::pause,             "ATTACH-01", FilterState::pausing},
        {FilterEvent::pause_completed,   "FILT-05"},
        {FilterEvent::detach,            "ATTACH-01", FilterState::detached},
        {FilterEvent::send_or_receive,   "FILT-02"},
        {FilterEvent::oid_request,       "ATTACH-02"},
    }},
    .except = {{}},
};
// clang-format on

constexpr auto states = table::names_to<FilterState::pausing>();
constexpr auto events = table::names_to<FilterEvent::oid_request>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Machine machine{"filter module", states, events, {}, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, FilterState> {
    using initial_state    = Detached;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& filter_module_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_filter_module() {
    return std::make_unique<table::Run<Backend, FilterEvent, events.size()>>();
}

}  // namespace interlock::model
