// One OID request at the upper edge of one extension. Source:
// filtering-oid-requests-in-an-ndis-filter-driver, nc-ndis-filter_oid_request and
// nc-ndis-filter_oid_request_complete.

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

template <OidState state>
using In = table::In<msm::front::state<>, state>;

template <class From, class Event, class To, table::RuleId id, class Asked = Guards<>>
using Row = table::RuledRow<msm::front::Row<From, Event, To, msm::front::none, Asked>, From, Event,
                            To, id, Asked>;

using Unknown   = In<OidState::unknown>;
using Held      = In<OidState::held>;
using Forwarded = In<OidState::forwarded>;
using Answered  = In<OidState::answered>;
using Completed = In<OidState::completed>;
using Done      = In<OidState::done>;

using Delivered       = table::On<OidEvent::delivered>;
using Forwards        = table::On<OidEvent::forwarded>;
using Answers         = table::On<OidEvent::answered>;
using Completes       = table::On<OidEvent::completed>;
using ReturnedPending = table::On<OidEvent::returned_pending>;
using ReturnedFinal   = table::On<OidEvent::returned_final>;

// clang-format off
//  Order of rows: a request's life. A blank cell has no row.
using Rows = boost::mp11::mp_list<
//     in state  on event          go to       granted by
Row< Unknown   , Delivered       , Held      , "OID-01" >,
Row< Held      , Forwards        , Forwarded , "OID-04" >,
Row< Held      , Completes       , Completed , "OID-02" >,
Row< Held      , ReturnedPending , Held      , "OID-02" >,
Row< Held      , ReturnedFinal   , Done      , "OID-02" >,
Row< Forwarded , Answers         , Answered  , "OID-04" >,
Row< Forwarded , ReturnedPending , Forwarded , "OID-02" >,
Row< Answered  , Completes       , Completed , "OID-04" >,
Row< Answered  , ReturnedPending , Answered  , "OID-02" >,
Row< Answered  , ReturnedFinal   , Done      , "OID-04" >,
Row< Completed , ReturnedPending , Done      , "OID-02" >
>;

//  Finished is finished, rightly or not. An answer that comes after that shows once more that it
//  was finished too early.
constexpr table::BlankTable<OidState, OidEvent, 6, 7> meaning{
    .otherwise = {{
        //  on event                   breaks     and goes on in
        {OidEvent::delivered,        "OID-01"},
        {OidEvent::forwarded,        "OID-04"},
        {OidEvent::answered,         "OID-02"},
        {OidEvent::completed,        "OID-02"},
        {OidEvent::returned_pending, "OID-02"},
        {OidEvent::returned_final,   "OID-02"},
    }},
    .except = {{
        //  in state             on event                 breaks     and goes on in
        {OidState::completed, OidEvent::delivered,      "OID-01", OidState::held},
        {OidState::done,      OidEvent::delivered,      "OID-01", OidState::held},
        {OidState::completed, OidEvent::answered,       "OID-04"},
        {OidState::done,      OidEvent::answered,       "OID-04"},
        {OidState::forwarded, OidEvent::completed,      "OID-04", OidState::completed},
        {OidState::forwarded, OidEvent::returned_final, "OID-04", OidState::done},
        {OidState::completed, OidEvent::returned_final, "OID-02", OidState::done},
    }},
};
// clang-format on

constexpr auto states = table::names_to<OidState::done>();
constexpr auto events = table::names_to<OidEvent::returned_final>();
constexpr auto cells  = table::cells_of(Rows{});
constexpr auto blanks = table::blanks_of<states.size(), events.size(), cells, meaning>();

constexpr Machine machine{"oid request", states, events, {}, cells, blanks};

struct Front : table::Front<msm::front::state_machine_def<Front>, OidState> {
    using initial_state    = Unknown;
    using transition_table = Rows;
};

using Backend = msm::back::state_machine<Front>;

}  // namespace

const Machine& oid_request_machine() {
    return machine;
}

std::unique_ptr<MsmRun> run_oid_request() {
    return std::make_unique<table::Run<Backend, OidEvent, events.size()>>();
}

}  // namespace interlock::model
