#include "fuzz/loop.hpp"

#include <algorithm>
#include <set>

#include "harness/scenario/bytes.hpp"
#include "harness/scenario/chance.hpp"
#include "harness/scenario/mutate.hpp"

namespace interlock::fuzz {
namespace {

using harness::Chance;
using harness::Scenario;

constexpr std::size_t   interesting_max = 4096;
constexpr std::uint64_t another_stream  = 0x5851F42D4C957F2D;

/// Scenarios that showed something new, to be changed.
class Interesting {
public:
    void keep(const Scenario& scenario) {
        if (kept.size() < interesting_max) {
            kept.push_back(scenario);
        } else {
            kept[next++ % interesting_max] = scenario;
        }
    }

    std::uint32_t count() const {
        return static_cast<std::uint32_t>(kept.size());
    }

    Scenario change(Chance& chance, const harness::KnownDevices& devices) const {
        Scenario scenario = kept[chance.below(kept.size())];
        if (chance.percent(25)) {
            scenario = harness::cross(scenario, kept[chance.below(kept.size())], chance.next());
        }
        harness::mutate(scenario, chance.next(), devices);
        return scenario;
    }

private:
    std::vector<Scenario> kept;
    std::size_t           next = 0;
};

class Loop {
public:
    Loop(ContainedStage& stage, const LoopOptions& options, const Listener& listener)
        : stage(stage), options(options), listener(listener) {
        if (options.keep_given == KeepGiven::if_new) return;
        for (const Scenario& scenario : options.begin_with)
            interesting.keep(scenario);
    }

    Progress run() {
        for (bool go_on = true; go_on && progress.runs < options.runs_max;) {
            go_on = play_next_batch() && listener.progress(progress);
        }
        return progress;
    }

private:
    Origin origin_of(std::uint64_t run) const {
        if (is_given(run)) return Origin::given;
        const bool plain = run % options.plain_every == 0 || interesting.count() == 0;
        return plain ? Origin::plain : Origin::changed;
    }

    Scenario scenario_of(std::uint64_t run, Origin origin) const {
        Chance chance(options.seed + run * another_stream);
        switch (origin) {
            case Origin::given:
                return options.begin_with[run];
            case Origin::plain:
                return harness::random_scenario(chance.next(), options.devices);
            default:
                return interesting.change(chance, options.devices);
        }
    }

    bool play_next_batch() {
        adopt_news();
        std::vector<Scenario> batch;
        const auto            left = options.runs_max - progress.runs;
        origins.clear();
        engines.clear();
        for (std::uint64_t run = 0; run < std::min<std::uint64_t>(left, batch_max); ++run) {
            origins.push_back(origin_of(progress.runs + run));
            batch.push_back(scenario_of(progress.runs + run, origins.back()));
            if (options.ndis) batch.back().ndis = *options.ndis;
            if (options.preempts_at_memory) batch.back().preempts_at_memory = true;
            if (options.detects_races) batch.back().detects_races = true;
            if (origins.back() != Origin::given) add_faults(batch.back(), progress.runs + run);
            engines.push_back(engine_of(origins.back(), batch.back()));
        }
        const std::uint64_t before = progress.runs;
        for (std::span<Scenario> rest = batch; !rest.empty();) {
            Batch      played = stage.play_batch(rest, swept(), options.plays);
            const auto count  = played.played.size();
            name_struck(rest.first(count + (played.death ? 1 : 0)), played.struck);
            // Looking closer at one play uses the board, which holds the summaries.
            const std::vector<Summary> summaries(played.played.begin(), played.played.end());
            for (std::size_t slot = 0; slot < count; ++slot) {
                if (!take(next(rest[slot], before), summaries[slot])) return false;
            }
            if (played.death && !take_death(next(rest[count], before), *played.death)) return false;
            rest = rest.subspan(count + (played.death ? 1 : 0));
        }
        return true;
    }

    void adopt_news() {
        if (!listener.news) return;
        for (const Scenario& scenario : listener.news())
            interesting.keep(scenario);
    }

    /// The next run of a batch that began after `before` runs; it is counted here.
    Run next(const Scenario& scenario, std::uint64_t before) {
        const Origin origin = origins[progress.runs - before];
        const Engine engine = engines[progress.runs - before];
        progress.plain_runs += origin == Origin::plain;
        ++progress.engines[engine].runs;
        return {scenario, origin, ++progress.runs, engine};
    }

    bool is_given(std::uint64_t run) const {
        return run < options.begin_with.size();
    }

    Faulting swept() const {
        const bool sweeps = options.faults == FaultMode::sweep || options.faults == FaultMode::all;
        return sweeps ? Faulting::sweep : Faulting::as_scenarios_say;
    }

    /// A run with faults by chance is not swept: its scenario says all.
    void add_faults(Scenario& scenario, std::uint64_t run) const {
        const bool chance = options.faults == FaultMode::random ||
                            (options.faults == FaultMode::all && run / 2 % 2 == 1);
        scenario.fault_seed =
            chance ? static_cast<std::uint32_t>(Chance(options.seed ^ run).next() | 1) : 0;
    }

    /// From here on a scenario says itself what a sweep made fail in it.
    void name_struck(std::span<Scenario> scenarios, std::span<const Struck> struck) {
        for (std::size_t slot = 0; slot < scenarios.size(); ++slot) {
            Scenario& scenario = scenarios[slot];
            progress.faulty_runs += struck[slot].made || scenario.fault_seed != 0;
            if (struck[slot].made) scenario.decisions.push_back(struck[slot].decision());
        }
    }

    bool take(const Run& run, const Summary& summary) {
        progress.restarted_runs += summary.restarted;
        progress.undecided_runs += summary.outcome == model::Outcome::undecided;
        if (summary.new_features > 0) interesting.keep(run.scenario);
        progress.interesting = interesting.count();
        progress.violating_runs += summary.violations > 0;
        EngineTally& engine = progress.engines[run.engine];
        engine.violating += summary.violations > 0;
        engine.undecided += summary.outcome == model::Outcome::undecided;
        engine.interesting += summary.new_features > 0;
        if (summary.differs.at != 0 && listener.differs &&
            !listener.differs(run, summary.differs))
            return false;
        if (listener.played) return listener.played(run, summary);
        if (summary.violations == 0) return true;
        return take_fault(run, {summary.rule, summary.guilty, summary.module});
    }

    bool take_death(const Run& run, const Play& play) {
        const Scenario& scenario = run.scenario;
        const auto      fault    = fault_in(play, scenario);
        const bool      violates = fault && play.end == Play::End::crashed;
        EngineTally&    engine   = progress.engines[run.engine];
        (violates ? progress.violating_runs : progress.undecided_runs) += 1;
        (violates ? engine.violating : engine.undecided) += 1;
        if (listener.died) return listener.died(run, play);
        if (violates) return take_fault(run, *fault);
        if (!ends_told.insert(play.end).second) return true;
        ++progress.findings;
        return listener.finding(
            {scenario, play, verdict_of(play, scenario), run.number, run.engine});
    }

    bool take_fault(const Run& run, const Fault& fault) {
        if (std::ranges::find(told, fault) != told.end()) return true;
        told.push_back(fault);
        ++progress.findings;
        Finding finding;
        finding.scenario = minimise(stage, run.scenario, fault, options.tries_max);
        finding.play     = stage.play(finding.scenario);
        finding.verdict  = verdict_of(finding.play, finding.scenario);
        finding.run      = run.number;
        finding.engine   = run.engine;
        return listener.finding(finding);
    }

    ContainedStage&     stage;
    const LoopOptions&  options;
    const Listener&     listener;
    Progress            progress;
    Interesting         interesting;
    std::vector<Fault>  told;
    std::set<Play::End> ends_told;
    std::vector<Origin> origins;  // Of the batch,
    std::vector<Engine> engines;  // and of each of it whose it is.
};

}  // namespace

Progress run_loop(ContainedStage& stage, const LoopOptions& options, const Listener& listener) {
    return Loop(stage, options, listener).run();
}

}  // namespace interlock::fuzz
