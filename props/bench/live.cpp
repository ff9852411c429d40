// The live switch between two wires in memory: frames of 64 bytes from one guest to the other, and
// from each to the other, where its tasks are fibers or threads.

#include "harness/live/live_switch.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "harness/bundled.hpp"
#include "harness/trace/judging_sink.hpp"
#include "props/bench/measurements.hpp"

namespace interlock::props::bench {
namespace {

using harness::Frame;

using Clock   = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::uint64_t      frames_in_a_life = 100'000;
constexpr harness::Time100ns both_connected   = 500'000;  // 50 ms after the start.
constexpr auto               unit             = std::chrono::nanoseconds(100);

/// Gives the same frame again and again, and takes whatever it gets.
class InMemory final : public harness::Wire {
public:
    explicit InMemory(std::uint64_t gives, std::uint8_t from = 3, std::uint8_t to = 4)
        : left(gives) {
        bytes.fill(2);
        bytes[5]  = to;
        bytes[11] = from;
        batch.fill(bytes);
    }

    int descriptor() const override {
        return -1;
    }
    harness::Time100ns due() const override {
        return left > 0 || ends ? begins : ~harness::Time100ns{0};
    }
    std::span<const Frame> receive(harness::Time100ns) override {
        if (left == 0 && ends) std::exchange(ends, {})();
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

    harness::Time100ns    begins = 0;
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

/// Each guest gives half of the frames, long after both are connected.
/// @return how long that took; nothing if a frame is lost or it does not conform.
std::optional<Seconds> both_ways(const std::vector<std::string>& stack, harness::LiveTasks tasks) {
    harness::JudgingSink           judged;
    harness::LiveSwitch*           live     = nullptr;
    std::size_t                    speaking = 2;
    Seconds                        took{};
    Clock::time_point              began;
    std::vector<harness::LivePort> ports(speaking);
    for (std::uint8_t place = 0; place < 2; ++place) {
        const auto from = static_cast<std::uint8_t>(3 + place),
                   to   = static_cast<std::uint8_t>(4 - place);
        auto guest      = std::make_unique<InMemory>(frames_in_a_life / 2, from, to);
        guest->begins   = both_connected;
        guest->ends     = [&] {
            if (--speaking > 0) return;
            took = Clock::now() - began - both_connected * unit;
            live->stop();
        };
        ports[place] = {.name = "guest", .wire = std::move(guest)};
    }
    auto opened =
        harness::LiveSwitch::open(stack, std::move(ports), {.judge = &judged, .tasks = tasks});
    auto* const made = std::get_if<std::unique_ptr<harness::LiveSwitch>>(&opened);
    if (!made) return std::nullopt;
    live  = made->get();
    began = Clock::now();
    live->run();
    const std::uint64_t sent     = live->wire_counts(0).sent + live->wire_counts(1).sent;
    const bool          conforms = judged.judge.verdict().outcome == model::Outcome::conforms;
    return conforms && sent == frames_in_a_life ? std::optional(took) : std::nullopt;
}

void forward_both_ways(benchmark::State& state, const std::string& extension,
                       harness::LiveTasks tasks) {
    for (auto _ : state) {
        const auto took = both_ways({harness::bundled(extension)}, tasks);
        if (!took)
            return state.SkipWithError("not every frame came through, or it does not conform");
        state.SetIterationTime(took->count());
    }
    const auto frames        = static_cast<double>(state.iterations()) * frames_in_a_life;
    state.counters["frames"] = benchmark::Counter(frames, benchmark::Counter::kIsRate);
}

void register_both_ways(const std::string& extension, std::string_view on,
                        harness::LiveTasks tasks) {
    const std::string name = "live/" + extension + "/both_ways/" + std::string(on);
    benchmark::RegisterBenchmark(
        name.c_str(), [=](benchmark::State& state) { forward_both_ways(state, extension, tasks); })
        ->Unit(benchmark::kMillisecond)
        ->UseManualTime();
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
    for (const std::string& extension : measured_extensions) {
        register_both_ways(extension, "fibers", harness::LiveTasks::fibers);
        register_both_ways(extension, "threads", harness::LiveTasks::threads);
    }
}

}  // namespace interlock::props::bench
