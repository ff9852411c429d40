#include "reports/rule_results.hpp"

#include <algorithm>

#include "model/judge.hpp"

namespace interlock::reports {
namespace {

void add(std::vector<RuleResult>& all, const Result& result) {
    for (std::size_t rule = 0; rule < result.verdict.rules.size(); ++rule)
        all[rule].held += result.verdict.rules[rule].held;
    if (result.promise == Promise::kept) return;
    for (const model::Violation& violation : result.verdict.violations) {
        RuleResult& one  = all[violation.rule];
        const bool  hard = violation.severity == model::Severity::violation;
        if (hard) one.standing = Standing::broken;
        if (!hard && one.standing != Standing::broken) one.standing = Standing::not_followed;
        ++one.broken;
    }
}

/// Whether a campaign asked it in any run, also those that nobody is told of.
bool asked(const Issue& issue, const RuleResult& result) {
    if (result.held > 0) return true;
    if (!issue.campaign || issue.campaign->runs == 0) return false;
    const auto& missed = issue.campaign->rules_missed;
    return std::ranges::find(missed, model::rules()[result.rule].id) == missed.end();
}

}  // namespace

std::vector<RuleResult> rule_results(const Issue& issue) {
    std::vector<RuleResult> all(model::rules().size());
    for (std::size_t rule = 0; rule < all.size(); ++rule)
        all[rule].rule = static_cast<model::RuleIndex>(rule);
    for (const Result& result : issue.results)
        add(all, result);
    for (RuleResult& result : all) {
        if (result.broken == 0 && asked(issue, result)) result.standing = Standing::held;
    }
    return all;
}

std::string_view name(Standing standing) {
    constexpr std::string_view names[] = {"held", "broken", "not followed", "not exercised"};
    return names[static_cast<std::size_t>(standing)];
}

}  // namespace interlock::reports
