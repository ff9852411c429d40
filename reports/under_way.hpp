#pragma once

// What was in flight when ports, adapters and extensions changed their states: a campaign that
// never disconnects an adapter under traffic has not tried what the rules of packets are about.

#include <span>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

/// Counts the transitions of one more run.
void count_under_way(Issue& issue, std::span<const model::Event> trace);

/// A transition that changes a state, and how often it was taken with how much under way.
struct UnderWayRow {
    std::string     name;  // As rule_page.hpp spells it: "nic:connected:disconnect_issued"
    std::size_t     cell = 0;
    model::UnderWay taken;
};

/// Of all that there are, whether taken or not; nothing where nothing was counted.
/// @param counts  as Issue::under_way
std::vector<UnderWayRow> under_way_rows(std::span<const model::UnderWay> counts);

/// Pairs of a transition and a class that came up, and how many there are.
struct UnderWaySum {
    std::size_t seen = 0, all = 0;
};
UnderWaySum sum_of(std::span<const UnderWayRow> rows);

}  // namespace interlock::reports
