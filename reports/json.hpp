#pragma once

// The report that a machine reads. Numbers of events count from 0, of steps from 1. Fields are
// added, never renamed; "interlock" in the outermost object counts what would break a reader.

#include <span>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "model/machine.hpp"
#include "model/rule.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

nlohmann::ordered_json to_json(const model::Rule& rule);
nlohmann::ordered_json to_json(const model::Machine& machine);
nlohmann::ordered_json to_json(const Result& result);
nlohmann::ordered_json to_json(const Issue& issue);

/// Indented by two, with a newline at the end. What an extension printed need not be UTF-8.
std::string json_text(const nlohmann::ordered_json& json);
std::string json_text(const Issue& issue);
std::string json_text(std::span<const model::Rule> rules);
std::string json_text(std::span<const model::Machine* const> machines);

}  // namespace interlock::reports
