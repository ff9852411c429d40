// How fast a trace is judged: the life of a switch with traffic, as an extension sees it.

#include <benchmark/benchmark.h>

#include "model/judge.hpp"
#include "model/story.hpp"

namespace interlock::model {
namespace {

/// Four guests come, talk, and go; about as many events as a scenario makes.
std::vector<Event> life_cycle(PortId guests, int rounds) {
    Story story;
    story.learns_parameters();
    for (PortId port = 1; port <= guests; ++port)
        story.guest(port);
    for (int round = 0; round < rounds; ++round)
        for (PortId port = 1; port <= guests; ++port)
            story.delivers({port}, {port % guests + 1});
    for (PortId port = 1; port <= guests; ++port)
        story.guest_gone(port);
    story.pause();
    story.detach();
    story.ends();
    return story.events;
}

void fold(benchmark::State& bench, const std::vector<Event>& trace) {
    Judge judge;
    for (auto round : bench) {
        (void)round;
        judge.begin({});
        for (const Event& event : trace)
            judge.fold(event);
        benchmark::DoNotOptimize(judge.broken());
    }
    if (judge.verdict().outcome != Outcome::conforms) bench.SkipWithError("it does not conform");
    const auto events = static_cast<std::int64_t>(trace.size());
    bench.SetItemsProcessed(bench.iterations() * events);
    bench.counters["events"] = static_cast<double>(events);
}

void one_scenario(benchmark::State& bench) {
    fold(bench, life_cycle(2, 3));
}
void long_traffic(benchmark::State& bench) {
    fold(bench, life_cycle(8, 1000));
}

BENCHMARK(one_scenario);
BENCHMARK(long_traffic);

}  // namespace
}  // namespace interlock::model

BENCHMARK_MAIN();
