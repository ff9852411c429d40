#pragma once

// The report that a person reads.

#include <string>
#include <string_view>
#include <vector>

#include "reports/layout.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

/// One line: the outcome, the scenario, and what is most wrong with it.
std::string verdict_line(const Result& result, const TextStyle& style);

/// "1204 schedules, none left, within 1 preemption and 0 answers"
std::string in_words(const Search& search);

/// With which probability a run by priorities shows a bug, at the least.
std::string in_words(const Pct& pct);

/// Everything about one violation: the rule and its page, who broke it and how, what led to it,
/// how to see it again.
std::string violation_text(const Result& result, const model::Violation& violation,
                           const TextStyle& style);

/// Every violation, what could not be decided and what was left out. Empty if there is nothing
/// of the kind.
std::string result_text(const Result& result, const TextStyle& style);

/// All events, as a story with a heading for each step of the scenario.
std::string transcript(const Result& result, const TextStyle& style);

/// The table at the end of a campaign.
std::string campaign_text(const Campaign& campaign, const TextStyle& style);

/// All of an issue: each result in full, and the campaign.
std::string issue_text(const Issue& issue, const TextStyle& style);

}  // namespace interlock::reports
