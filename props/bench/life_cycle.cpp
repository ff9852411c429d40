// The whole life of a switch, played again and again on one stage.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

#include "harness/scenario/text.hpp"
#include "props/bench/measurements.hpp"
#include "props/on_stage.hpp"

namespace interlock::props::bench {
namespace {

constexpr std::string_view life = R"(interlock scenario 1
schedule round-robin

create-port 1 external
create-nic 1/0 external
create-nic 1/1 external
connect-nic 1/0
connect-nic 1/1
create-port 2 synthetic
create-nic 2/0 synthetic
connect-nic 2/0
create-port 3 synthetic
create-nic 3/0 synthetic
connect-nic 3/0

send 2/0 to 3/0
send 3/0 to 2/0
wait

disconnect-nic 2/0
delete-nic 2/0
teardown-port 2
delete-port 2
disconnect-nic 3/0
delete-nic 3/0
teardown-port 3
delete-port 3
disconnect-nic 1/1
delete-nic 1/1
disconnect-nic 1/0
delete-nic 1/0
teardown-port 1
delete-port 1
)";

/// Nothing was left out, and everything came to its end; by the judge's word, too, if it was asked.
bool whole_life(const harness::Performance& performance, bool judged) {
    return performance.left_out.empty() && performance.stuck.empty() &&
           performance.halt == harness::Halt::finished && !performance.trace.empty() &&
           (!judged || went_well(performance));
}

void live(benchmark::State& state, const harness::Scenario& scenario, bool judged) {
    const std::vector<std::string> stack     = scenario.extensions;
    const auto                     scheduler = scheduler_for(scenario);
    harness::StageOptions          options;
    options.judged     = judged;
    const auto  stage  = open_stage(stack, options);
    std::size_t events = 0;
    for (auto _ : state) {
        const harness::Performance& performance = stage->run(scenario, *scheduler);
        if (!whole_life(performance, judged)) return state.SkipWithError("the life went wrong");
        events += performance.trace.size();
    }
    using benchmark::Counter;
    const auto lives              = static_cast<double>(state.iterations());
    state.counters["life_cycles"] = Counter(lives, Counter::kIsRate);
    state.counters["events"]      = Counter(static_cast<double>(events), Counter::kIsRate);
}

/// Scenarios of a campaign, made up beforehand: ways of going, schedules and packets of all kinds.
void play_random(benchmark::State& state, const std::string& extension) {
    constexpr std::uint64_t                          scenarios_count = 500;
    const std::vector<std::string>                   stack{extension};
    std::vector<harness::Scenario>                   scenarios;
    std::vector<std::unique_ptr<harness::Scheduler>> schedulers;
    for (std::uint64_t seed = 1; seed <= scenarios_count; ++seed) {
        scenarios.push_back(scenario_of(seed, stack));
        schedulers.push_back(scheduler_for(scenarios.back()));
    }
    const auto  stage  = open_stage(stack);
    std::size_t events = 0, next = 0;
    for (auto _ : state) {
        const harness::Performance& performance = stage->run(scenarios[next], *schedulers[next]);
        if (!went_well(performance)) return state.SkipWithError("a random scenario went wrong");
        events += performance.trace.size();
        next = (next + 1) % scenarios_count;
    }
    using benchmark::Counter;
    state.counters["events"] = Counter(static_cast<double>(events), Counter::kIsRate);
}

}  // namespace

harness::Scenario life_cycle(const std::string& extension) {
    auto parsed = harness::parse_text(life, "the life cycle of the bench");
    if (const auto* const bad = std::get_if<harness::InputError>(&parsed)) {
        std::cerr << to_string(*bad) << "\n";
        std::exit(2);
    }
    auto& scenario      = std::get<harness::Scenario>(parsed);
    scenario.extensions = {extension};
    return scenario;
}

std::vector<model::Event> life_cycle_trace(const std::string& extension) {
    const std::vector<std::string> stack{extension};
    const auto                     stage       = open_stage(stack);
    const harness::Scenario        scenario    = life_cycle(extension);
    const harness::Performance&    performance = play(*stage, scenario);
    if (!whole_life(performance, true)) {
        std::cerr << story(scenario, performance, "life_cycle") << "\n";
        std::exit(2);
    }
    return {performance.trace.begin(), performance.trace.end()};
}

std::string memory_name(const std::string& extension, std::string_view way) {
    return "memory/" + extension + "/" + std::string(way);
}

namespace {

/// The same life of an extension that tells of its accesses to memory.
void register_memory(const std::string& extension) {
    for (const std::string_view way : memory_ways) {
        harness::Scenario scenario  = life_cycle(extension + "_traced");
        scenario.preempts_at_memory = way == "preempts" || way == "both";
        scenario.detects_races      = way == "detects" || way == "both";
        benchmark::RegisterBenchmark(
            memory_name(extension, way).c_str(),
            [scenario](benchmark::State& state) { live(state, scenario, true); })
            ->Unit(benchmark::kMicrosecond);
    }
}

}  // namespace

std::string life_cycle_name(const std::string& extension, bool judged) {
    return "life_cycle/" + extension + (judged ? "/judge" : "/no_judge");
}

void register_life_cycles() {
    for (const std::string& extension : measured_extensions) {
        register_memory(extension);
        for (const bool judged : {true, false}) {
            benchmark::RegisterBenchmark(
                life_cycle_name(extension, judged).c_str(),
                [extension, judged](benchmark::State& state) {
                    live(state, life_cycle(extension), judged);
                })
                ->Unit(benchmark::kMicrosecond);
        }
        benchmark::RegisterBenchmark(("random/" + extension).c_str(), [extension](
                                                                          benchmark::State& state) {
            play_random(state, extension);
        })->Unit(benchmark::kMicrosecond);
    }
}

}  // namespace interlock::props::bench
