// One property of a port or of the switch, by its type and instance.
// Source: managing-port-policies, managing-switch-policies.

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

template <PropertyState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using Unheard = In<PropertyState::unheard>;
using Absent  = In<PropertyState::absent>;
using Present = In<PropertyState::present>;

using AddIssued       = table::On<PropertyEvent::add_issued>;
using AddSucceeded    = table::On<PropertyEvent::add_succeeded>;
using AddFailed       = table::On<PropertyEvent::add_failed>;
using UpdateIssued    = table::On<PropertyEvent::update_issued>;
using UpdateCompleted = table::On<PropertyEvent::update_completed>;
using DeleteIssued    = table::On<PropertyEvent::delete_issued>;
using DeleteSucceeded = table::On<PropertyEvent::delete_succeeded>;
using DeleteFailed    = table::On<PropertyEvent::delete_failed>;

// clang-format off
//  Order of rows: state by state. A blank cell has no row.
using Rows = boost::mp11::mp_list<
//  in state   on event          go to     granted by
Row< Unheard , AddIssued       , Absent  , "PROP-02" >,
Row< Unheard , UpdateIssued    , Unheard , "PROP-02" >,
Row< Unheard , UpdateCompleted , Unheard , "PROP-02" >,
Row< Unheard , DeleteIssued    , Unheard , "PROP-02" >,
Row< Unheard , DeleteSucceeded , Absent  , "PROP-02" >,
Row< Unheard , DeleteFailed    , Unheard , "PROP-02" >,
Row< Absent  , AddIssued       , Absent  , "PROP-02" >,
Row< Absent  , AddSucceeded    , Present , "PROP-02" >,
Row< Absent  , AddFailed       , Absent  , "PROP-02" >,
Row< Absent  , UpdateCompleted , Absent  , "PROP-02" >,
Row< Absent  , DeleteSucceeded , Absent  , "PROP-02" >,
Row< Absent  , DeleteFailed    , Absent  , "PROP-02" >,
Row< Present , AddSucceeded    , Present , "PROP-02" >,
Row< Present , AddFailed       , Present , "PROP-02" >,
Row< Present , UpdateIssued    , Present , "PROP-02" >,
Row< Present , UpdateCompleted , Present , "PROP-02" >,
Row< Present , DeleteIssued    , Present , "PROP-02" >,
Row< Present , DeleteSucceeded , Absent  , "PROP-02" >,
Row< Present , DeleteFailed    , Present , "PROP-02" >
>;

//  What is issued where it may not be changes nothing before it is answered. No add is answered
//  that was not issued, which nobody leaves unheard.
constexpr table::BlankTable<PropertyState, PropertyEvent, 5, 0> meaning{
    .otherwise = {{
        //  on event                   breaks     and goes on in
        {PropertyEvent::add_issued,    "PROP-02"},
        {PropertyEvent::add_succeeded, "OID-02"},
        {PropertyEvent::add_failed,    "OID-02"},
        {PropertyEvent::update_issued, "PROP-02"},
        {PropertyEvent::delete_issued, "PROP-02"},
    }},
    .except = {{}},
};
// clang-format on

constexpr auto states = table::names_to<PropertyState::present>();
constexpr auto events = table::names_to<PropertyEvent::delete_failed>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Machine machine{"property", states, events, {}, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, PropertyState> {
    using initial_state    = Unheard;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& property_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_property() {
    return std::make_unique<table::Run<Backend, PropertyEvent, events.size()>>();
}

}  // namespace interlock::model
