// What a campaign found, as any other command tells it: each fault is played once more.

#include "cli/campaigning.hpp"
#include "cli/code_lines.hpp"
#include "cli/showing.hpp"
#include "fuzz/coverage.hpp"
#include "harness/scenario/text.hpp"

namespace interlock::cli {
namespace {

/// Nothing where the scenario cannot be read, or does not show it any more.
std::optional<reports::Result> played_again(const reports::FoundFault& found,
                                            const std::string& file, fuzz::ContainedStage& stage) {
    auto  read     = harness::read_scenario(file);
    auto* scenario = std::get_if<harness::Scenario>(&read);
    if (scenario == nullptr) return {};
    auto play = stage.play(*scenario);
    if (play.end == fuzz::Play::End::broke) return {};
    return result_of(file, *scenario, stage, std::move(play), found.replay);
}

}  // namespace

reports::Issue Campaign::issue(const reports::CampaignStatus& told) const {
    reports::Issue all{.command = "campaign", .results = {}, .campaign = told.campaign};
    auto           contained = prepared.contained;
    contained.seen.reset();  // Nothing counts as seen that no scenario of the corpus shows.
    auto opened = fuzz::ContainedStage::open(std::move(contained));
    if (std::holds_alternative<harness::InputError>(opened)) return all;
    auto& stage = *std::get<std::unique_ptr<fuzz::ContainedStage>>(opened);
    for (const reports::FoundFault& found : told.found) {
        const auto& name   = found.scenario.empty() ? found.as_found : found.scenario;
        auto        result = played_again(found, (folder->path() / name).string(), stage);
        if (!result) continue;
        all.results.push_back(*std::move(result));
    }
    tell_entries(*all.campaign, entries());
    all.under_way = under_way();
    add_code(all.code, stage, sums(fuzz::first_edge_entry, stage.edge_runs().size()));
    return all;
}

}  // namespace interlock::cli
