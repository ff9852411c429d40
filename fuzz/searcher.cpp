#include "fuzz/searcher.hpp"

#include <algorithm>
#include <utility>

#include "fuzz/minimise.hpp"
#include "harness/check.hpp"
#include "harness/footprint.hpp"

namespace interlock::fuzz {
namespace {

constexpr std::uint64_t in_one_go = 256;

harness::FootprintOf footprint_for(Independence independence) {
    if (independence == Independence::none) return {};
    return harness::world_footprint();
}

}  // namespace

Searcher::Searcher(harness::Scenario played, ScheduleSearch& search)
    : scenario(std::move(played)),
      search(search),
      scheduler(search.limits.bounds, scenario.decisions,
                footprint_for(search.limits.independence)) {}

void Searcher::play_some(const Perform& perform) {
    for (std::uint64_t left = in_one_go; left > 0 && search.left; --left) {
        play_next(perform);
        if (search.found || search.diverged) return;
        search.left = scheduler.advance();
    }
}

void Searcher::play_next(const Perform& perform) {
    const auto path = scheduler.path();
    harness::check(path.size() <= search.path.size(), "a run with more choices than are kept");
    std::ranges::copy(path, search.path.begin());
    search.path_length = static_cast<std::uint32_t>(path.size());

    const harness::Performance& played = perform(scenario, scheduler);
    search.events += played.trace.size();
    search.diverged = scheduler.diverged();
    search.found    = fault_in(played.verdict).has_value();
    if (scheduler.pruned()) {
        ++search.pruned;
    } else {
        ++search.schedules;
        search.undecided += played.verdict.outcome == model::Outcome::undecided ? 1 : 0;
    }
}

std::unique_ptr<harness::Scheduler> last_of(const harness::Scenario& scenario,
                                            const ScheduleSearch&    search) {
    auto last = std::make_unique<harness::Exhaustive>(search.limits.bounds, scenario.decisions);
    last->follow(std::span(search.path).first(search.path_length));
    return last;
}

}  // namespace interlock::fuzz
