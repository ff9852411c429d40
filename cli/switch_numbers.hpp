#pragma once

// The numbers of a live switch, as text.

#include <string>
#include <vector>

#include "harness/live/live_switch.hpp"

namespace interlock::cli {

/// One line a port, then what became of all frames. Ends with a newline.
std::string numbers_of(harness::LiveSwitch& live, const std::vector<std::string>& ports);

/// Accepted frames that are neither finished nor on their way.
std::int64_t unaccounted(const harness::LiveCounts& counts);

}  // namespace interlock::cli
