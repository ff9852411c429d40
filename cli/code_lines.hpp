#pragma once

// Which lines of the extensions' sources were run: from the counters of edges that each extension
// has, and the line table that it has if it was compiled with -g.

#include <cstdint>
#include <span>
#include <string>

#include "fuzz/contained_stage.hpp"
#include "reports/result.hpp"

namespace interlock::cli {

/// Adds what the plays of a stage have run. Where it is not known which lines that are, adds why.
/// Files of the WDK and of the system are left out.
/// @param edge_runs  in how many plays each edge was run: those of the stage, or of many like it.
void add_code(reports::Code& code, const fuzz::ContainedStage& stage,
              std::span<const std::uint64_t> edge_runs);

/// The same, of this stage's own plays.
void add_code(reports::Code& code, const fuzz::ContainedStage& stage);

}  // namespace interlock::cli
