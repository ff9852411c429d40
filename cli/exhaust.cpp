// interlock run --exhaust: every schedule of a scenario within a bound.

#include "fuzz/exhaust.hpp"

#include <cstdio>

#include "cli/attributing.hpp"
#include "cli/found.hpp"
#include "cli/interrupt.hpp"
#include "cli/play_scenarios.hpp"
#include "cli/showing.hpp"
#include "reports/text.hpp"

namespace interlock::cli {
namespace {

using fuzz::Exhausted;
using harness::InputError;

using Clock = std::chrono::steady_clock;

fuzz::SearchLimits limits_of(const PlayOptions& options) {
    return {.bounds = {.preemptions = *options.preemptions, .answers = options.answers},
            .independence =
                options.race_free ? fuzz::Independence::race_free : fuzz::Independence::none};
}

reports::Search counts_of(const Exhausted& told, const PlayOptions& options) {
    return {.preemptions = *options.preemptions,
            .answers     = options.answers,
            .schedules   = told.schedules,
            .undecided   = told.undecided,
            .pruned      = told.pruned,
            .none_left   = told.end == Exhausted::End::none_left,
            .race_free   = options.race_free};
}

std::string so_far(const std::string& file, const fuzz::ScheduleSearch& search) {
    return file + "  " + std::to_string(search.schedules) + " schedules, " +
           std::to_string(search.pruned) + " given up";
}

/// What the schedules together say, where none of them breaks a rule.
void judge_together(model::Verdict& verdict, const Exhausted& told) {
    if (told.end == Exhausted::End::none_left && told.undecided == 0) return;
    verdict.outcome = model::Outcome::undecided;
    verdict.undecided.insert(
        verdict.undecided.begin(),
        {0, told.end == Exhausted::End::none_left ? "not every schedule has a verdict"
                                                  : "the search was stopped before its end"});
}

}  // namespace

std::string PlayScenarios::save_found(const Exhausted&            told,
                                      const fuzz::ContainedStage& stage) const {
    fuzz::Finding finding{
        .scenario = told.scenario, .play = told.play, .verdict = {}, .run = told.schedules};
    finding.verdict = verdict_of(finding.play, finding.scenario);
    auto saved =
        save(finding, stage.names(), options.out,
             "Found by interlock run --exhaust " + std::to_string(*options.preemptions) + ".");
    if (const auto* error = std::get_if<InputError>(&saved)) {
        complain(*error);
        return {};
    }
    return std::get<std::string>(saved);
}

Exit PlayScenarios::exhaust(const std::string& file, const harness::Scenario& scenario,
                            const std::vector<std::string>& paths, fuzz::ContainedStage& stage) {
    Interrupt  interrupt;
    const auto begun = Clock::now();
    const auto on    = [&](const fuzz::ScheduleSearch& search) {
        if (line.due()) line.show(so_far(file, search));
        if (interrupt.noticed()) return false;
        return options.time.count() == 0 || Clock::now() - begun < options.time;
    };
    Exhausted told = fuzz::exhaust(stage, scenario, limits_of(options), on);
    line.clear();
    if (told.end == Exhausted::End::diverged)
        return second_time(file, scenario, stage, stage.play(scenario));
    const bool found = told.end == Exhausted::End::found;
    if (!found) told.play = stage.play(scenario);
    if (told.play.end == fuzz::Play::End::broke) return broke(file, told.play);

    const std::string                 saved = found ? save_found(told, stage) : file;
    std::optional<model::Attribution> attribution;
    if (found && options.attribute)
        attribution =
            attribution_of(told.play, told.scenario, contained(paths), options.extensions);
    auto result = result_of(file, told.scenario, stage, std::move(told.play), replay_line(saved));
    result.attribution = std::move(attribution);
    result.searched    = counts_of(told, options);
    if (!found) judge_together(result.verdict, told);
    return conclude(file, std::move(result));
}

}  // namespace interlock::cli
