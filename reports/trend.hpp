#pragma once

// How a campaign went on, kept small however long it takes.

#include <cstddef>
#include <vector>

#include "reports/result.hpp"

namespace interlock::reports {

inline constexpr std::size_t trend_max = 240;

/// Adds what is known now. Where there are too many, every second of the older ones goes: what is
/// left is spread over the whole campaign, and the first and the last always stay.
void add_sample(std::vector<Sample>& trend, const Sample& now);

}  // namespace interlock::reports
