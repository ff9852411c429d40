// One NBL at one extension, on one of the two paths. Source:
// sending-data-from-a-filter-driver, receiving-data-in-a-filter-driver and
// packet-flow-through-the-extensible-switch-data-path.

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

template <PacketState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using Away      = In<PacketState::away>;
using Held      = In<PacketState::held>;
using Passed    = In<PacketState::passed>;
using Back      = In<PacketState::back>;
using Made      = In<PacketState::made>;
using OwnPassed = In<PacketState::own_passed>;
using OwnBack   = In<PacketState::own_back>;

using Delivered = table::On<PacketEvent::delivered>;
using Passes    = table::On<PacketEvent::passed>;
using GivenBack = table::On<PacketEvent::given_back>;
using Finished  = table::On<PacketEvent::finished>;
using Makes     = table::On<PacketEvent::made>;
using Unmade    = table::On<PacketEvent::unmade>;

// clang-format off
//  Order of rows: what is somebody else's, then what is its own. A blank cell has no row.
using Rows = boost::mp11::mp_list<
//     in state  on event    go to       granted by
Row< Away      , Delivered , Held      , "NBL-01" >,
Row< Held      , Passes    , Passed    , "NBL-01" >,
Row< Held      , Finished  , Away      , "NBL-02" >,
Row< Passed    , GivenBack , Back      , "NBL-01" >,
Row< Back      , Finished  , Away      , "NBL-09" >,
Row< Away      , Makes     , Made      , "FWD-02" >,
Row< Made      , Passes    , OwnPassed , "FWD-02" >,
Row< Made      , Unmade    , Away      , "FWD-03" >,
Row< OwnPassed , GivenBack , OwnBack   , "NBL-01" >,
Row< OwnBack   , Passes    , OwnPassed , "NBL-08" >,
Row< OwnBack   , Unmade    , Away      , "FWD-03" >
>;

//  Who does not own it changes nothing by touching it; only what is passed on is gone, and what is
//  handed to it is there.
constexpr table::BlankTable<PacketState, PacketEvent, 6, 6> meaning{
    .otherwise = {{
        //  on event                breaks     and goes on in
        {PacketEvent::delivered,  "NBL-01", PacketState::held},
        {PacketEvent::passed,     "NBL-01"},
        {PacketEvent::given_back, "NBL-01"},
        {PacketEvent::finished,   "NBL-02"},
        {PacketEvent::made,       "FWD-03"},
        {PacketEvent::unmade,     "FWD-03"},
    }},
    .except = {{
        //  in state                 on event              breaks     and goes on in
        {PacketState::away,       PacketEvent::passed,   "NBL-01", PacketState::passed},
        {PacketState::back,       PacketEvent::passed,   "NBL-09", PacketState::passed},
        {PacketState::passed,     PacketEvent::finished, "NBL-01"},
        {PacketState::made,       PacketEvent::finished, "NBL-08"},
        {PacketState::own_passed, PacketEvent::finished, "NBL-08"},
        {PacketState::own_back,   PacketEvent::finished, "NBL-08"},
    }},
};
// clang-format on

constexpr auto states = table::names_to<PacketState::own_back>();
constexpr auto events = table::names_to<PacketEvent::unmade>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Machine machine{"packet", states, events, {}, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, PacketState> {
    using initial_state    = Away;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& packet_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_packet() {
    return std::make_unique<table::Run<Backend, PacketEvent, events.size()>>();
}

}  // namespace interlock::model
