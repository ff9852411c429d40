#pragma once

// What became of each rule in everything that one command found out.

#include <cstdint>
#include <vector>

#include "reports/result.hpp"

namespace interlock::reports {

/// Not exercised is not a pass: nothing ever came up that the rule speaks of.
enum class Standing : std::uint8_t { held, broken, not_followed, not_exercised };

struct RuleResult {
    model::RuleIndex rule     = 0;
    Standing         standing = Standing::not_exercised;
    std::uint64_t    held     = 0;  // How often it was asked and kept; 0 where only known that.
    std::uint64_t    broken   = 0;  // Findings; of a warning, too.
};

/// One for each rule, in the order of model::rules(). What breaks a rule as it was promised to is
/// not counted: it shows that the rule is watched, and says nothing against an extension.
std::vector<RuleResult> rule_results(const Issue& issue);

std::string_view name(Standing standing);  // "held", "broken", "not followed", "not exercised"

}  // namespace interlock::reports
