// The live switch between two wires in memory: frames of 64 bytes from one guest to the other.

#include "harness/live/live_switch.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <memory>

#include "harness/bundled.hpp"
#include "harness/trace/judging_sink.hpp"
#include "props/bench/measurements.hpp"

namespace interlock::props::bench {
namespace {

using harness::Frame;

constexpr std::uint64_t frames_in_a_life = 100'000;

/// Gives the same frame again and again, and takes whatever it gets.
class InMemory final : public harness::Wire {
public:
    explicit InMemory(std::uint64_t gives) : left(gives) {
        bytes.fill(2);
        bytes[5]  = 4;  // To the other one.
        bytes[11] = 3;
        batch.fill(bytes);
    }

    int descriptor() const override {
        return -1;
    }
    harness::Time100ns due() const override {
        return left > 0 || ends ? 0 : ~harness::Time100ns{0};
    }
    std::span<const Frame> receive(harness::Time100ns) override {
        if (left == 0 && ends) ends();
        const std::size_t gives = std::min<std::uint64_t>(left, batch.size());
        left -= gives;
        return {batch.data(), gives};
    }
    void send(Frame frame) override {
        benchmark::DoNotOptimize(frame.data());
        ++counted.sent;
    }
    void                       flush() override {}
    const harness::WireCounts& counts() override {
        return counted;
    }

    std::function<void()> ends;  // When it has given all.

private:
    std::uint64_t                          left;
    std::array<std::uint8_t, 64>           bytes;
    std::array<Frame, harness::wire_batch> batch;
    harness::WireCounts                    counted;
};

/// @return how many frames were delivered.
std::uint64_t one_life(benchmark::State& state, const std::vector<std::string>& extensions,
                       harness::JudgingSink* judged) {
    auto                           gives  = std::make_unique<InMemory>(frames_in_a_life);
    auto                           takes  = std::make_unique<InMemory>(0);
    auto&                          source = *gives;
    std::vector<harness::LivePort> ports(2);
    ports[0] = {.name = "gives", .wire = std::move(gives)};
    ports[1] = {.name = "takes", .wire = std::move(takes)};
    state.PauseTiming();
    auto opened = harness::LiveSwitch::open(extensions, std::move(ports), {.judge = judged});
    state.ResumeTiming();
    auto* const live = std::get_if<std::unique_ptr<harness::LiveSwitch>>(&opened);
    if (!live) return 0;
    source.ends = [&] { (*live)->stop(); };
    (*live)->run();
    return (*live)->wire_counts(1).sent;
}

void forward(benchmark::State& state, const std::vector<std::string>& stack,
             harness::JudgingSink* judged) {
    std::vector<std::string> paths;
    for (const std::string& name : stack)
        paths.push_back(harness::bundled(name));
    for (auto _ : state) {
        if (one_life(state, paths, judged) != frames_in_a_life)
            return state.SkipWithError("not every frame came through");
        const bool conforms =
            !judged || judged->judge.verdict().outcome == model::Outcome::conforms;
        if (!conforms) return state.SkipWithError("it does not conform");
    }
    const auto frames        = static_cast<double>(state.iterations()) * frames_in_a_life;
    state.counters["frames"] = benchmark::Counter(frames, benchmark::Counter::kIsRate);
}

}  // namespace

std::string live_name(const std::string& stack, bool judged) {
    return "live/" + stack + (judged ? "/judge" : "/no_judge");
}

void register_live() {
    for (const std::string& extension : live_stacks) {
        const std::vector<std::string> stack =
            extension == "none" ? std::vector<std::string>{} : std::vector{extension};
        for (const bool judged : {true, false}) {
            benchmark::RegisterBenchmark(live_name(extension, judged).c_str(),
                                         [stack, judged](benchmark::State& state) {
                                             harness::JudgingSink by;
                                             forward(state, stack, judged ? &by : nullptr);
                                         })
                ->Unit(benchmark::kMillisecond);
        }
    }
}

}  // namespace interlock::props::bench
