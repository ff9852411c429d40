// What a life cycle is made of, each part alone; and the empty base.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>

#include "harness/kernel/kernel.hpp"
#include "harness/scenario/bytes.hpp"
#include "model/judge.hpp"
#include "props/bench/measurements.hpp"

namespace interlock::props::bench {
namespace {

using benchmark::Counter;

/// What a fuzz target costs that does nothing.
[[gnu::noinline]] int do_nothing(const std::uint8_t* bytes, std::size_t size) {
    benchmark::DoNotOptimize(bytes);
    benchmark::DoNotOptimize(size);
    return 0;
}

/// Like libFuzzer: each input is copied to memory of exactly its size, and freed after the call.
void feed_nothing(benchmark::State& state) {
    constexpr std::size_t           size = 64;
    const std::vector<std::uint8_t> input(size, 0xB1);
    for (auto _ : state) {
        const auto copy = std::make_unique_for_overwrite<std::uint8_t[]>(size);
        std::copy_n(input.data(), size, copy.get());
        benchmark::DoNotOptimize(do_nothing(copy.get(), size));
    }
}

void fold(benchmark::State& state) {
    const std::vector<model::Event> trace = life_cycle_trace("forwarder");
    model::Judge                    judge;
    for (auto _ : state) {
        judge.begin({.whole = true, .ndis = 640});
        for (const model::Event& event : trace)
            judge.fold(event);
        if (judge.verdict().outcome != model::Outcome::conforms)
            return state.SkipWithError("the judge does not say that it conforms");
    }
    const double folded =
        static_cast<double>(trace.size()) * static_cast<double>(state.iterations());
    state.counters["events"]       = Counter(folded, Counter::kIsRate);
    state.counters["trace_events"] = static_cast<double>(trace.size());
}

/// Always goes on with the other task.
class Alternating final : public harness::Scheduler {
public:
    void begin() override {}

    std::optional<std::size_t> next(const harness::Moment& moment) override {
        return moment.current ? (*moment.current + 1) % moment.runnable.size() : 0;
    }
    std::uint32_t choose(std::string_view, std::uint32_t) override {
        return 0;
    }
};

void go_round(benchmark::State& state) {
    constexpr std::uint32_t round_trips = 1000;
    constexpr std::uint32_t cpus        = 2;
    harness::Kernel         kernel;
    Alternating             scheduler;
    for (auto _ : state) {
        kernel.begin(scheduler, round_trips * 10);
        for (std::uint8_t cpu = 0; cpu < cpus; ++cpu) {
            kernel.spawn({harness::Role::thread, cpu}, cpu, harness::passive_level, [&kernel] {
                for (std::uint32_t trip = 0; trip < round_trips; ++trip)
                    kernel.yield("round");
            });
        }
        if (kernel.run() != harness::Halt::finished || kernel.steps() < cpus * round_trips)
            return state.SkipWithError("the tasks did not take turns");
    }
    const double trips            = static_cast<double>(round_trips * state.iterations());
    state.counters["round_trips"] = Counter(trips, Counter::kIsRate);
}

void make_up(benchmark::State& state) {
    std::uint64_t seed  = 0;
    std::size_t   steps = 0;
    for (auto _ : state)
        steps += harness::random_scenario(++seed).steps.size();
    state.counters["steps"] = Counter(static_cast<double>(steps), Counter::kIsRate);
}

void decode_bytes(benchmark::State& state) {
    constexpr std::uint64_t                different = 256;
    std::vector<std::vector<std::uint8_t>> inputs;
    for (std::uint64_t seed = 1; seed <= different; ++seed)
        inputs.push_back(encode(harness::random_scenario(seed)));
    std::size_t next = 0, steps = 0;
    for (auto _ : state)
        steps += harness::decode(inputs[next++ % different]).steps.size();
    state.counters["steps"] = Counter(static_cast<double>(steps), Counter::kIsRate);
}

}  // namespace

void register_empty_target() {
    benchmark::RegisterBenchmark(empty_target_name, feed_nothing);
}

void register_judge() {
    benchmark::RegisterBenchmark("judge/life_cycle_of_forwarder", fold)
        ->Unit(benchmark::kMicrosecond);
}

void register_scheduler() {
    benchmark::RegisterBenchmark("scheduler/1000_round_trips_of_two_tasks", go_round)
        ->Unit(benchmark::kMicrosecond);
}

void register_scenarios() {
    benchmark::RegisterBenchmark("scenario/random", make_up);
    benchmark::RegisterBenchmark("scenario/decode", decode_bytes);
}

}  // namespace interlock::props::bench
