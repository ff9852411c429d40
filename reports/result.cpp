#include "reports/result.hpp"

#include <algorithm>

namespace interlock::reports {

const model::Violation* first_violation(const model::Verdict& verdict) {
    const auto& all = verdict.violations;
    const auto  found =
        std::ranges::find(all, model::Severity::violation, &model::Violation::severity);
    return found == all.end() ? nullptr : &*found;
}

std::string_view name(Promise promise) {
    constexpr std::string_view names[] = {"none", "kept", "broken"};
    return names[static_cast<std::size_t>(promise)];
}

model::Outcome outcome(const Issue& issue) {
    auto worst = model::Outcome::conforms;
    for (const Result& result : issue.results)
        worst = std::max(worst, result.verdict.outcome);
    return worst;
}

}  // namespace interlock::reports
