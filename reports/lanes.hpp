#pragma once

// Events as lines in columns: when, who to whom, what.

#include <cstddef>
#include <span>
#include <string>

#include "reports/layout.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

/// The lines of these events, with a line for each new step of the scenario. `marked` is pointed
/// at. Where some of the trace is left out between two of them, nothing is said.
std::string lanes(const Result& result, std::span<const std::size_t> places, std::size_t marked,
                  const TextStyle& style);

/// For `marked`: no event is pointed at.
inline constexpr std::size_t no_mark = ~std::size_t{0};

/// "host", or the extension's name.
std::string module_name(const Result& result, model::ModuleId module);

}  // namespace interlock::reports
