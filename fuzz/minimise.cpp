#include "fuzz/minimise.hpp"

#include <algorithm>

#include "harness/sched/strike.hpp"
#include "harness/stage.hpp"

namespace interlock::fuzz {
namespace {

using harness::Scenario;
using harness::Step;

// A worker that dies has to be made again, which takes as long as so many plays; one that hangs is
// waited for.
constexpr std::uint32_t tries_of_a_death = 20;
constexpr std::uint32_t tries_of_a_hang  = 1000;

/// As many places as tell one crash from another.
harness::CallStack innermost(harness::CallStack stack) {
    constexpr std::uint32_t places_that_count = 3;
    for (std::uint32_t place = places_that_count; place < stack.count; ++place)
        stack.places[place] = {};
    stack.count = std::min(stack.count, places_that_count);
    return stack;
}

class Search {
public:
    Search(ContainedStage& stage, const Fault& fault, std::uint32_t tries_max)
        : stage(stage), fault(fault), tries_left(tries_max) {}

    bool shows(const Scenario& scenario) {
        if (tries_left == 0) return false;
        const Batch batch = stage.play_batch({&scenario, 1});
        tries_left -= std::min(tries_left, cost_of(batch));
        return is_shown(fault, fault_of(batch, scenario));
    }

    /// Replaces `best` by `changed` if that shows the same.
    bool keep(Scenario& best, Scenario changed) {
        if (changed == best || !shows(changed)) return false;
        best = std::move(changed);
        return true;
    }

    /// Leaves out stretches of a list, long ones first.
    template <class T>
    void shorten(Scenario& best, std::vector<T> Scenario::*list) {
        for (std::size_t length = (best.*list).size(); length > 0; length /= 2) {
            // From the end: what comes later depends on what came before.
            for (std::size_t end = (best.*list).size(); end > 0;) {
                const std::size_t begin   = end > length ? end - length : 0;
                Scenario          changed = best;
                auto&             shorter = changed.*list;
                shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(begin),
                              shorter.begin() + static_cast<std::ptrdiff_t>(end));
                keep(best, std::move(changed));
                end = begin;
            }
        }
    }

    /// Tries the plainest value of each field of each step.
    void simplify(Scenario& best) {
        for (std::size_t place = 0; place < best.steps.size(); ++place) {
            const auto plain = [&](auto Step::*field) {
                Scenario changed            = best;
                changed.steps[place].*field = Step{}.*field;
                keep(best, std::move(changed));
            };
            plain(&Step::packets), plain(&Step::buffers), plain(&Step::mdls), plain(&Step::bytes);
            plain(&Step::vlan), plain(&Step::tag_in_frame), plain(&Step::at_dispatch);
            plain(&Step::mixed), plain(&Step::native), plain(&Step::validation);
            plain(&Step::refused);
            if (best.steps[place].verb == harness::Verb::send) plain(&Step::id);  // To cancel by.
        }
    }

private:
    ContainedStage& stage;
    const Fault&    fault;
    std::uint32_t   tries_left;
};

Scenario without_chance(Scenario scenario) {
    scenario.schedule   = harness::ScheduleKind::round_robin;
    scenario.seed       = 0;
    scenario.fault_seed = 0;
    scenario.decisions.clear();
    return scenario;
}

/// Its faults are named, where chance brought them, and are all that it decides.
void name_faults(Search& search, ContainedStage& stage, Scenario& best) {
    Scenario named   = best;
    named.fault_seed = 0;
    named.decisions  = harness::apart(stage.play(best).decisions).first;
    search.keep(best, named);
    named.schedule = harness::ScheduleKind::round_robin;
    named.seed     = 0;
    search.keep(best, std::move(named));
}

/// The same run, written down as what it decided. Unchanged if that does not show the same.
void fix_decisions(Search& search, ContainedStage& stage, Scenario& best) {
    Scenario fixed  = without_chance(best);
    fixed.decisions = stage.play(best).decisions;
    search.keep(best, std::move(fixed));
}

}  // namespace

std::optional<Fault> fault_in(const model::Verdict& verdict) {
    for (const model::Violation& violation : verdict.violations) {
        if (violation.severity != model::Severity::violation) continue;
        return Fault{violation.rule, violation.guilty, violation.module};
    }
    return {};
}

std::optional<Fault> fault_in(const Play& play, const Scenario& scenario) {
    const model::Verdict verdict = verdict_of(play, scenario);
    auto                 fault   = fault_in(verdict);
    if (!fault || play.end != Play::End::crashed || play.stacks.empty()) return fault;
    const bool crash = model::rules()[fault->rule].id == "RUN-01";
    if (crash) fault->where = harness::digest_of(innermost(play.stacks.back()));
    return fault;
}

bool is_shown(const Fault& sought, const std::optional<Fault>& seen) {
    if (!seen || (sought.where != 0 && sought.where != seen->where)) return false;
    return sought.rule == seen->rule && sought.guilty == seen->guilty &&
           sought.module == seen->module;
}

std::uint32_t cost_of(const Batch& batch) {
    if (!batch.death) return 1;
    return batch.death->end == Play::End::hung ? tries_of_a_hang : tries_of_a_death;
}

std::optional<Fault> fault_of(const Batch& batch, const Scenario& scenario) {
    if (batch.death) return fault_in(*batch.death, scenario);
    const Summary& summary = batch.played.front();
    if (summary.violations == 0) return {};
    return Fault{summary.rule, summary.guilty, summary.module};
}

std::optional<Fault> fault_of(ContainedStage& stage, const Scenario& scenario) {
    return fault_of(stage.play_batch({&scenario, 1}), scenario);
}

Scenario minimise(ContainedStage& stage, Scenario scenario, const Fault& fault,
                  std::uint32_t tries_max) {
    Search     search(stage, fault, tries_max);
    const bool plain = search.keep(scenario, without_chance(scenario));
    if (!plain && harness::scheduler_for(scenario)->wants_faults())
        name_faults(search, stage, scenario);
    search.shorten(scenario, &Scenario::steps);
    search.simplify(scenario);
    if (!plain && !search.keep(scenario, without_chance(scenario))) {
        fix_decisions(search, stage, scenario);
        search.shorten(scenario, &Scenario::decisions);
        search.shorten(scenario, &Scenario::steps);
    }
    search.shorten(scenario, &Scenario::steps);
    return scenario;
}

}  // namespace interlock::fuzz
