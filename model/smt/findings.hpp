#pragma once

// What stands behind the claims: for each a finding, and one for its twin, which may spoil its copy
// of the tables. claims.cpp says what each claims.

#include "model/compose.hpp"
#include "model/smt/engine.hpp"

namespace interlock::model::smt {

inline constexpr Depth life{14};  // A port with one connection, from nothing to nothing.

/// The first finding that is not a proof; else all witnesses in a row.
Finding together(std::span<const Finding> findings);

Finding packets_need_a_connection(const Tables& tables);
Finding packets_need_a_connect(Tables tables);

Finding packets_quiet(const Tables& tables);
Finding packets_not_asked(Tables tables);

Finding oids_quiet(const Tables& tables);
Finding oids_not_asked(Tables tables);

Finding references_quiet(const Tables& tables);
Finding references_not_asked(Tables tables);

Finding port_unused(const Tables& tables);
Finding port_references_not_asked(Tables tables);

Finding port_empty(const Tables& tables);
Finding nics_not_asked(Tables tables);

Finding bound_below(const Tables& tables);
Finding bound_not_asked(Tables tables);

Finding reference_blocks(const Tables& tables);
Finding reference_is_released(Tables tables);

Finding unconnected_stays(const Tables& tables);
Finding unconnected_goes(Tables tables);

Finding module_carries(const Tables& tables);
Finding module_carries_running(Tables tables);

Finding finished_once(const Tables& tables);
Finding finished_twice(Tables tables);

Finding given_back_once(const Tables& tables);
Finding given_back_twice(Tables tables);

Finding states_reached(const Tables& tables);
Finding states_not_reached(Tables tables);

Finding ends_reached(const Tables& tables);
Finding ends_not_reached(Tables tables);

Finding one_way_on(const Tables& tables);
Finding two_ways_on(Tables tables);

Finding rows_taken(const Tables& tables);
Finding rows_not_taken(Tables tables);

Finding taken_down(const Tables& tables);
Finding not_taken_down(Tables tables);

Finding formulas_as_msm(const Tables& tables);
Finding formulas_not_as_msm(Tables tables);

}  // namespace interlock::model::smt
