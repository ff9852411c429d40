// What one extension knows of the activation of the switch.
// Source: querying-the-hyper-v-extensible-switch-configuration.

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

template <ActivationState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using Unasked  = In<ActivationState::unasked>;
using Told     = In<ActivationState::told>;
using Inactive = In<ActivationState::inactive>;
using Active   = In<ActivationState::active>;

using AsksParameters    = table::On<ActivationEvent::asks_parameters>;
using AnsweredInactive  = table::On<ActivationEvent::answered_inactive>;
using AnsweredActive    = table::On<ActivationEvent::answered_active>;
using Activated         = table::On<ActivationEvent::activated>;
using AsksConfiguration = table::On<ActivationEvent::asks_configuration>;

using WhileActive = Guards<ActivationGuard::switch_active>;

// clang-format off
//  Order of rows: state by state. A switch that was activated is never inactive again. A blank cell
//  has no row.
using Rows = boost::mp11::mp_list<
//  in state   on event            go to      granted by   if
Row< Unasked  , AsksParameters    , Unasked  , "QRY-01"  >,
Row< Unasked  , AnsweredInactive  , Inactive , "QRY-02"  >,
Row< Unasked  , AnsweredActive    , Active   , "QRY-01"  >,
Row< Unasked  , Activated         , Told     , "QRY-02"  >,
Row< Told     , AsksParameters    , Told     , "QRY-01"  >,
Row< Told     , AnsweredInactive  , Active   , "QRY-02"  >,
Row< Told     , AnsweredActive    , Active   , "QRY-01"  >,
Row< Inactive , AsksParameters    , Inactive , "QRY-01"  >,
Row< Inactive , AnsweredInactive  , Inactive , "QRY-02"  >,
Row< Inactive , AnsweredActive    , Active   , "QRY-01"  >,
Row< Inactive , Activated         , Active   , "QRY-02"  >,
Row< Inactive , AsksConfiguration , Inactive , "QRY-01"  , WhileActive >,
Row< Active   , AsksParameters    , Active   , "QRY-01"  >,
Row< Active   , AnsweredInactive  , Active   , "QRY-02"  >,
Row< Active   , AnsweredActive    , Active   , "QRY-01"  >,
Row< Active   , Activated         , Active   , "QRY-02"  >,
Row< Active   , AsksConfiguration , Active   , "QRY-01"  >
>;

//  Who asks too early has asked; that alone tells it nothing.
constexpr table::BlankTable<ActivationState, ActivationEvent, 2, 0> meaning{
    .otherwise = {{
        //  on event                           breaks     and goes on in
        {ActivationEvent::activated,          "ATTACH-06"},
        {ActivationEvent::asks_configuration, "QRY-01"},
    }},
    .except = {{}},
};
// clang-format on

constexpr auto states = table::names_to<ActivationState::active>();
constexpr auto events = table::names_to<ActivationEvent::asks_configuration>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Guard guards[] = {{"switch_active", "QRY-02"}};

constexpr Machine machine{"activation", states, events, guards, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, ActivationState> {
    using initial_state    = Unasked;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& activation_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_activation() {
    return std::make_unique<table::Run<Backend, ActivationEvent, events.size()>>();
}

}  // namespace interlock::model
