#pragma once

// From a play to what is told of it.

#include <string>
#include <vector>

#include "fuzz/contained_stage.hpp"
#include "reports/result.hpp"

namespace interlock::cli {

/// From where the extensions called is told only of what does not conform.
/// @param scenario_name  as it is to be called in reports.
/// @param replay         the command that shows it again.
reports::Result result_of(const std::string& scenario_name, const harness::Scenario& scenario,
                          const fuzz::ContainedStage& stage, fuzz::Play play, std::string replay);

/// Why a play in which Interlock itself broke says nothing of the extension.
std::string broke_in_words(const fuzz::Play& play);

/// A command as a shell reads it: quoted where it has to be.
std::string quoted(const std::string& argument);

}  // namespace interlock::cli
