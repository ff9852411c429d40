// One port. Source: hyper-v-extensible-switch-port-and-network-adapter-states, and the pages
// of OID_SWITCH_PORT_CREATE, _UPDATED, _TEARDOWN and _DELETE.

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
using enum PortGuard;

template <PortState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using NotCreated      = In<PortState::not_created>;
using Creating        = In<PortState::creating>;
using Created         = In<PortState::created>;
using TeardownPending = In<PortState::teardown_pending>;
using TornDown        = In<PortState::torn_down>;
using Deleting        = In<PortState::deleting>;

using CreateIssued      = table::On<PortEvent::create_issued>;
using CreateSucceeded   = table::On<PortEvent::create_succeeded>;
using CreateFailed      = table::On<PortEvent::create_failed>;
using UpdatedIssued     = table::On<PortEvent::updated_issued>;
using PropertyIssued    = table::On<PortEvent::property_issued>;
using NicCreateIssued   = table::On<PortEvent::nic_create_issued>;
using TeardownIssued    = table::On<PortEvent::teardown_issued>;
using TeardownCompleted = table::On<PortEvent::teardown_completed>;
using DeleteIssued      = table::On<PortEvent::delete_issued>;
using DeleteCompleted   = table::On<PortEvent::delete_completed>;

using Unused = Guards<no_port_references, no_port_oids>;

// clang-format off
//  Order of rows: a port's life. A blank cell has no row.
using Rows = boost::mp11::mp_list<
//     in state        on event            go to             granted by   if
Row< NotCreated      , CreateIssued      , Creating        , "PORT-01", Guards<port_id_real>   >,
Row< Creating        , CreateSucceeded   , Created         , "PORT-02"                         >,
Row< Creating        , CreateFailed      , NotCreated      , "PORT-03"                         >,
Row< Created         , UpdatedIssued     , Created         , "PORT-04"                         >,
Row< Created         , PropertyIssued    , Created         , "PROP-01"                         >,
Row< Created         , NicCreateIssued   , Created         , "NIC-01" , Guards<operational>    >,
Row< Created         , TeardownIssued    , TeardownPending , "PORT-05", Guards<no_nic_on_port> >,
Row< TeardownPending , TeardownCompleted , TornDown        , "PORT-05"                         >,
Row< TornDown        , DeleteIssued      , Deleting        , "PORT-05", Unused                 >,
Row< Deleting        , DeleteCompleted   , NotCreated      , "PORT-11"                         >
>;

//  An OID that is issued where it may not be is on its way all the same: what it asks for is
//  assumed to have begun, so that nobody is blamed for its completion.
constexpr table::BlankTable<PortState, PortEvent, 10, 5> meaning{
    .otherwise = {{
        //  on event                      breaks     and goes on in
        {PortEvent::create_issued,      "PORT-01", PortState::creating},
        {PortEvent::create_succeeded,   "OID-02"},
        {PortEvent::create_failed,      "OID-02"},
        {PortEvent::updated_issued,     "PORT-04"},
        {PortEvent::property_issued,    "PORT-07"},
        {PortEvent::nic_create_issued,  "NIC-01"},
        {PortEvent::teardown_issued,    "PORT-05", PortState::teardown_pending},
        {PortEvent::teardown_completed, "OID-02"},
        {PortEvent::delete_issued,      "PORT-05", PortState::deleting},
        {PortEvent::delete_completed,   "OID-02"},
    }},
    .except = {{
        //  in state              on event                    breaks     and goes on in
        {PortState::creating,    PortEvent::property_issued, "PORT-02"},
        {PortState::deleting,    PortEvent::property_issued, "PORT-09"},
        {PortState::not_created, PortEvent::property_issued, "PORT-03"},
        {PortState::not_created, PortEvent::delete_issued,   "PORT-03", PortState::deleting},
        {PortState::not_created, PortEvent::teardown_issued, "PORT-03",
         PortState::teardown_pending},
    }},
};
// clang-format on

constexpr auto states = table::names_to<PortState::deleting>();
constexpr auto events = table::names_to<PortEvent::delete_completed>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Guard guards[] = {
    {"port_id_real", "PORT-01"}, {"no_nic_on_port", "PORT-06"}, {"no_port_references", "PORT-08"},
    {"no_port_oids", "PORT-09"}, {"operational", "PORT-13"},
};

constexpr Machine machine{"port", states, events, guards, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, PortState> {
    using initial_state    = NotCreated;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& port_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_port() {
    return std::make_unique<table::Run<Backend, PortEvent, events.size()>>();
}

}  // namespace interlock::model
