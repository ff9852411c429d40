#pragma once

// The report that a person opens in a browser: one file that loads nothing.

#include <cstddef>
#include <string>

#include "reports/result.hpp"

namespace interlock::reports {

/// Of so many events in all the page holds each; a run that would be more is told without its own.
inline constexpr std::size_t page_events_max = 120'000;

std::string page_text(const Issue& issue);

}  // namespace interlock::reports
