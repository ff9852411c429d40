// One network adapter connection, (port, index). Source:
// hyper-v-extensible-switch-port-and-network-adapter-states, and the pages of OID_SWITCH_NIC_*.
//
// The page's "Network adapter connection deleted" is `absent` here: its rights and its ways out are
// those of a connection that never was.

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
using enum NicGuard;

template <NicState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using Absent        = In<NicState::absent>;
using Creating      = In<NicState::creating>;
using Created       = In<NicState::created>;
using Connecting    = In<NicState::connecting>;
using Connected     = In<NicState::connected>;
using Disconnecting = In<NicState::disconnecting>;
using Disconnected  = In<NicState::disconnected>;
using Deleting      = In<NicState::deleting>;

using CreateIssued        = table::On<NicEvent::create_issued>;
using CreateSucceeded     = table::On<NicEvent::create_succeeded>;
using CreateFailed        = table::On<NicEvent::create_failed>;
using ConnectIssued       = table::On<NicEvent::connect_issued>;
using ConnectSucceeded    = table::On<NicEvent::connect_succeeded>;
using ConnectFailed       = table::On<NicEvent::connect_failed>;
using UpdatedIssued       = table::On<NicEvent::updated_issued>;
using SaveIssued          = table::On<NicEvent::save_issued>;
using RestoreIssued       = table::On<NicEvent::restore_issued>;
using DisconnectIssued    = table::On<NicEvent::disconnect_issued>;
using DisconnectCompleted = table::On<NicEvent::disconnect_completed>;
using DeleteIssued        = table::On<NicEvent::delete_issued>;
using DeleteCompleted     = table::On<NicEvent::delete_completed>;
using HostPacket          = table::On<NicEvent::host_packet>;

using Placed         = Guards<external_first, index_fits>;
using Quiet          = Guards<no_packets, no_nic_oids, no_nic_references>;
using NeverConnected = Guards<no_packets, no_nic_oids, no_nic_references, bound_adapters_gone>;

// clang-format off
//  Order of rows: a connection's life. A blank cell has no row.
using Rows = boost::mp11::mp_list<
//     in state      on event              go to           granted by   if
Row< Absent        , CreateIssued        , Creating      , "NIC-02" , Placed                      >,
Row< Creating      , CreateSucceeded     , Created       , "NIC-06"                               >,
Row< Creating      , CreateFailed        , Absent        , "NIC-05"                               >,
Row< Created       , HostPacket          , Created       , "NIC-07"                               >,
Row< Created       , RestoreIssued       , Created       , "SAVE-09", Guards<guest_nic>           >,
Row< Created       , ConnectIssued       , Connecting    , "NIC-08" , Guards<external_connected>  >,
Row< Created       , DeleteIssued        , Deleting      , "NIC-16" , NeverConnected              >,
Row< Connecting    , HostPacket          , Connecting    , "NIC-07"                               >,
Row< Connecting    , ConnectSucceeded    , Connected     , "NIC-09"                               >,
Row< Connected     , HostPacket          , Connected     , "NIC-09"                               >,
Row< Connected     , UpdatedIssued       , Connected     , "NIC-10"                               >,
Row< Connected     , SaveIssued          , Connected     , "SAVE-01", Guards<guest_nic>           >,
Row< Connected     , RestoreIssued       , Connected     , "SAVE-09", Guards<guest_nic>           >,
Row< Connected     , DisconnectIssued    , Disconnecting , "NIC-12" , Guards<bound_adapters_gone> >,
Row< Disconnecting , DisconnectCompleted , Disconnected  , "NIC-12"                               >,
Row< Disconnected  , DeleteIssued        , Deleting      , "NIC-16" , Quiet                       >,
Row< Deleting      , DeleteCompleted     , Absent        , "NIC-20"                               >
>;

//  As with ports, an OID that is issued where it may not be is assumed to have begun. A failed
//  connect leaves what was there before. A packet changes nothing: one that the switch starts after
//  the disconnect is none of those "issued before" that NIC-15 lets through.
constexpr table::BlankTable<NicState, NicEvent, 14, 7> meaning{
    .otherwise = {{
        //  on event                       breaks     and goes on in
        {NicEvent::create_issued,        "NIC-02", NicState::creating},
        {NicEvent::create_succeeded,     "OID-02"},
        {NicEvent::create_failed,        "OID-02"},
        {NicEvent::connect_issued,       "NIC-08", NicState::connecting},
        {NicEvent::connect_succeeded,    "OID-02"},
        {NicEvent::connect_failed,       "OID-02"},
        {NicEvent::updated_issued,       "NIC-10"},
        {NicEvent::save_issued,          "SAVE-01"},
        {NicEvent::restore_issued,       "SAVE-09"},
        {NicEvent::disconnect_issued,    "NIC-12", NicState::disconnecting},
        {NicEvent::disconnect_completed, "OID-02"},
        {NicEvent::delete_issued,        "NIC-16", NicState::deleting},
        {NicEvent::delete_completed,     "OID-02"},
        {NicEvent::host_packet,          "PKT-03"},
    }},
    .except = {{
        //  in state                 on event                    breaks     and goes on in
        {NicState::absent,        NicEvent::connect_issued,    "NIC-05", NicState::connecting},
        {NicState::connecting,    NicEvent::connect_failed,    "NIC-09", NicState::created},
        {NicState::deleting,      NicEvent::save_issued,       "NIC-17"},
        {NicState::absent,        NicEvent::disconnect_issued, "NIC-05", NicState::disconnecting},
        {NicState::absent,        NicEvent::delete_issued,     "NIC-05", NicState::deleting},
        {NicState::disconnecting, NicEvent::host_packet,       "NIC-15"},
        {NicState::disconnected,  NicEvent::host_packet,       "NIC-15"},
    }},
};
// clang-format on

constexpr auto states = table::names_to<NicState::deleting>();
constexpr auto events = table::names_to<NicEvent::host_packet>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Guard guards[] = {
    {"no_packets", "NIC-17"},         {"no_nic_oids", "NIC-17"},
    {"no_nic_references", "NIC-17"},  {"external_first", "PHY-01"},
    {"external_connected", "PHY-02"}, {"bound_adapters_gone", "PHY-04"},
    {"index_fits", "NIC-03"},         {"guest_nic", "SAVE-01"},
};

constexpr Machine machine{"nic", states, events, guards, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, NicState> {
    using initial_state    = Absent;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& nic_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_nic() {
    return std::make_unique<table::Run<Backend, NicEvent, events.size()>>();
}

}  // namespace interlock::model
