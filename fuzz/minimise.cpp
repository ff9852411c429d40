#include "fuzz/minimise.hpp"

#include <algorithm>

#include "harness/scenario/likely.hpp"
#include "harness/sched/strike.hpp"
#include "harness/stage.hpp"

namespace interlock::fuzz {
namespace {

using harness::Scenario;
using harness::Step;

// A worker that dies has to be made again, which takes as long as so many plays; one that hangs is
// waited for.
constexpr std::uint32_t tries_of_a_death = 20;
constexpr std::uint32_t tries_of_a_hang  = 2500;

/// As many places as tell one crash from another.
harness::CallStack innermost(harness::CallStack stack) {
    constexpr std::uint32_t places_that_count = 3;
    for (std::uint32_t place = places_that_count; place < stack.count; ++place)
        stack.places[place] = {};
    stack.count = std::min(stack.count, places_that_count);
    return stack;
}

/// Whether its run may go another way and still be what is sought: chance decides, not a list.
bool is_by_chance(const Scenario& scenario) {
    return scenario.schedule != harness::ScheduleKind::round_robin &&
           harness::apart(scenario.decisions).second.empty();
}

class Search {
public:
    /// A quarter of the tries is kept for what no other schedule is tried for.
    Search(ContainedStage& stage, const Fault& fault, std::uint32_t tries_max)
        : stage(stage), fault(fault), tries_left(tries_max), tries_kept(tries_max / 4) {}

    /// @return the first of them that shows it. @pre scenarios.size() <= batch_max
    std::optional<std::size_t> first_that_shows(std::span<const Scenario> scenarios) {
        for (std::size_t first = 0; first < scenarios.size() && tries_left > 0;) {
            const auto  rest  = scenarios.subspan(first);
            const Batch batch = stage.play_batch(rest);
            tries_left -= std::min(tries_left, cost_of(batch));
            for (std::size_t place = 0; place < batch.played.size(); ++place)
                if (is_shown(fault, fault_of(batch.played[place]))) return first + place;
            first += batch.played.size();
            if (!batch.death) continue;
            if (is_shown(fault, fault_in(*batch.death, scenarios[first]))) return first;
            ++first;
        }
        return {};
    }

    /// Replaces `best` by `changed` if that shows the same: where chance decides who goes on, under
    /// this or another schedule.
    bool keep(Scenario& best, Scenario changed) {
        if (changed == best) return false;
        bool shown = first_that_shows({&changed, 1}).has_value();
        for (int more = 0; !shown && more < other_schedules && may_try_others(changed); ++more)
            shown = another_schedule_shows(changed);
        if (shown) best = std::move(changed);
        return shown;
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

    /// Tries the plainest value of each setting.
    void simplify_settings(Scenario& best) {
        const auto plain = [&](auto Scenario::*field) {
            Scenario changed = best;
            changed.*field   = Scenario{}.*field;
            keep(best, std::move(changed));
        };
        plain(&Scenario::ndis), plain(&Scenario::active), plain(&Scenario::late);
        plain(&Scenario::preempts_at_memory), plain(&Scenario::detects_races);
    }

    /// The same of each field of each step.
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
            plain(&Step::refused), plain(&Step::payload), plain(&Step::data);
            plain(&Step::pattern), plain(&Step::beside);
            if (best.steps[place].verb == harness::Verb::send) plain(&Step::id);  // To cancel by.
        }
    }

    /// Of many schedules that show it, that which departs least from the plainest.
    void choose_schedule_of_few_decisions(Scenario& best) {
        std::size_t fewest = stage.play(best).decisions.size();
        for (int more = 0; more < schedules_to_choose_from && may_try_others(best); ++more) {
            const auto others = under_other_schedules(best);
            const auto found  = first_that_shows(others);
            if (!found) continue;
            const std::size_t decisions = stage.play(others[*found]).decisions.size();
            if (decisions >= fewest) continue;
            fewest = decisions;
            best   = others[*found];
        }
    }

private:
    static constexpr int other_schedules = 3, schedules_to_choose_from = 20;  // Batches of them.

    bool may_try_others(const Scenario& scenario) const {
        return tries_left > tries_kept && is_by_chance(scenario);
    }

    std::vector<Scenario> under_other_schedules(const Scenario& scenario) {
        std::vector<Scenario> others(batch_max, scenario);
        for (Scenario& other : others)
            harness::choose_schedule(other, chance);
        return others;
    }

    bool another_schedule_shows(Scenario& changed) {
        auto       others = under_other_schedules(changed);
        const auto found  = first_that_shows(others);
        if (found) changed = std::move(others[*found]);
        return found.has_value();
    }

    ContainedStage& stage;
    const Fault&    fault;
    std::uint32_t   tries_left, tries_kept;
    harness::Chance chance{1};
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
    const auto played = static_cast<std::uint32_t>(batch.played.size());
    if (!batch.death) return played;
    return played + (batch.death->end == Play::End::hung ? tries_of_a_hang : tries_of_a_death);
}

std::optional<Fault> fault_of(const Summary& summary) {
    if (summary.violations == 0) return {};
    return Fault{summary.rule, summary.guilty, summary.module};
}

std::optional<Fault> fault_of(const Batch& batch, const Scenario& scenario) {
    if (batch.death) return fault_in(*batch.death, scenario);
    return fault_of(batch.played.front());
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
    for (std::size_t before = 0; before != scenario.steps.size();) {
        before = scenario.steps.size();
        search.shorten(scenario, &Scenario::steps);
        search.simplify(scenario);
    }
    search.simplify_settings(scenario);
    if (!plain && !search.keep(scenario, without_chance(scenario))) {
        search.choose_schedule_of_few_decisions(scenario);
        fix_decisions(search, stage, scenario);
        search.shorten(scenario, &Scenario::decisions);
        search.shorten(scenario, &Scenario::steps);
    }
    search.shorten(scenario, &Scenario::steps);
    return scenario;
}

}  // namespace interlock::fuzz
