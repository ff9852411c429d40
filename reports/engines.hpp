#pragma once

// The engines of a campaign: added up, written and read.

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "reports/result.hpp"

namespace interlock::reports {

/// Adds the runs of those of the same origin and scheduler; what they found is left out.
void add_engines(std::vector<Engine>& sum, const std::vector<Engine>& more);

nlohmann::ordered_json to_json(const std::vector<Engine>& engines);

/// What `to_json` wrote; without what they found.
std::vector<Engine> engines_in(const nlohmann::ordered_json& json);

}  // namespace interlock::reports
