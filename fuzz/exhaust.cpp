#include "fuzz/exhaust.hpp"

#include <optional>

namespace interlock::fuzz {
namespace {

using harness::Scenario;

/// As decisions, so that it replays without a search; and smaller.
void tell_found(Exhausted& told, ContainedStage& stage, std::uint32_t tries_max) {
    told.play               = stage.play_searched();
    told.scenario.schedule  = harness::ScheduleKind::round_robin;
    told.scenario.decisions = told.play.decisions;
    const auto fault        = fault_in(told.play, told.scenario);
    if (!fault) return;
    told.scenario = minimise(stage, told.scenario, *fault, tries_max);
    told.play     = stage.play(told.scenario);
}

}  // namespace

Exhausted exhaust(ContainedStage& stage, const Scenario& scenario, const SearchLimits& limits,
                  const std::function<bool(const ScheduleSearch&)>& go_on,
                  std::uint32_t                                     tries_max) {
    using End = Exhausted::End;
    Exhausted told;
    told.scenario                 = scenario;
    const ScheduleSearch& search  = stage.search();
    bool                  on      = true;
    bool                  crashed = false;
    stage.begin_search(scenario, limits);
    while (on && !crashed && search.left && !search.found && !search.diverged) {
        crashed = stage.search_on().has_value();
        on      = go_on(search);
    }
    told.schedules = search.schedules;
    told.undecided = search.undecided;
    told.pruned    = search.pruned;
    told.end       = search.diverged           ? End::diverged
                     : crashed || search.found ? End::found
                     : search.left             ? End::stopped
                                               : End::none_left;
    if (told.end == End::found) tell_found(told, stage, tries_max);
    return told;
}

}  // namespace interlock::fuzz
