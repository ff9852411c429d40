#include "reports/certificate.hpp"

#include <algorithm>
#include <array>

#include "model/judge.hpp"
#include "model/machine.hpp"
#include "model/rules/not_decided.hpp"
#include "reports/rule_results.hpp"

namespace interlock::reports {
namespace {

Fulfilment fulfilment_of(Standing standing, const Campaign& campaign) {
    switch (standing) {
        case Standing::held:
            return Fulfilment::pass;
        case Standing::broken:
            return Fulfilment::fail;
        case Standing::not_followed:
            return Fulfilment::not_followed;
        case Standing::not_exercised:
            break;
    }
    return campaign.undecided_runs > 0 ? Fulfilment::undecided : Fulfilment::not_exercised;
}

std::string why_undecided(Fulfilment fulfilment) {
    if (fulfilment != Fulfilment::undecided) return {};
    return "no run that came to its end asked for it, and some did not come to theirs";
}

std::uint64_t times_asked(const Campaign& campaign, std::size_t rule) {
    const std::size_t place = campaign.transitions_all + rule;
    return place < campaign.entries.size() ? campaign.entries[place] : 0;
}

}  // namespace

std::string_view name(Fulfilment fulfilment) {
    constexpr std::array<std::string_view, 5> names{"pass", "fail", "not followed", "undecided",
                                                    "not exercised"};
    return names[static_cast<std::size_t>(fulfilment)];
}

std::vector<Requirement> requirements(const Certificate& certificate) {
    const Campaign           campaign = certificate.issue.campaign.value_or(Campaign{});
    std::vector<Requirement> all;
    for (const RuleResult& result : rule_results(certificate.issue)) {
        const model::Rule& rule = model::rules()[result.rule];
        if (rule.obliged == model::Obliged::host) continue;
        const auto fulfilment = fulfilment_of(result.standing, campaign);
        all.push_back({rule.id, rule.title, rule.page, fulfilment,
                       times_asked(campaign, result.rule), why_undecided(fulfilment)});
    }
    for (const model::NotDecided& one : model::not_decided())
        all.push_back({one.id, "Decided by no trace", one.page, Fulfilment::undecided, 0,
                       std::string(one.reason)});
    return all;
}

std::string_view conclusion(const Certificate& certificate) {
    const Campaign campaign = certificate.issue.campaign.value_or(Campaign{});
    if (outcome(certificate.issue) == model::Outcome::violates) return "fails";
    const bool cut = outcome(certificate.issue) == model::Outcome::undecided;
    return cut || campaign.undecided_runs > 0 || campaign.runs == 0 ? "undecided" : "passes";
}

}  // namespace interlock::reports
