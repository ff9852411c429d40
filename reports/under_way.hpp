#pragma once

// What was in flight when ports and adapters changed and extensions paused: a campaign that never
// disconnects an adapter under traffic has not tried what the rules of packets are about.

#include <span>

#include "model/event.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

/// Counts the moments of one more run.
void count_under_way(Issue& issue, std::span<const model::Event> trace);

}  // namespace interlock::reports
