// How fast a recorded trace is read, and how fast it is read and judged: side by side, in both ways
// of writing it down. Nothing is read from a disk.

#include <benchmark/benchmark.h>

#include "harness/trace/judging_sink.hpp"
#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "harness/trace/trace_packed.hpp"
#include "model/story.hpp"

namespace interlock {
namespace {

/// Guests come, talk and go on one switch: about sixty thousand events.
harness::Trace some_trace() {
    constexpr model::PortId lives = 500;
    model::Story            story;
    story.learns_parameters();
    for (model::PortId port = 1; port <= lives; ++port) {
        story.guest(port);
        if (port > 1) {
            for (int packet = 0; packet < 4; ++packet)
                story.delivers({port}, {port - 1});
            story.guest_gone(port - 1);
        }
    }
    story.ends();
    return {{}, story.events, {}};
}

const harness::Trace& trace() {
    static const harness::Trace made = some_trace();
    return made;
}

class Reads : public harness::TraceSink {
public:
    void begin(const harness::TraceHead&) override {}
    void event(const model::Event& one) override {
        benchmark::DoNotOptimize(one);
    }
    void hole(std::uint64_t) override {}
};

template <class Sink>
void take(benchmark::State& bench, const std::string& text) {
    Sink sink;
    for (auto round : bench) {
        (void)round;
        if (harness::parse_trace(text, "trace", sink)) bench.SkipWithError("it cannot be read");
    }
    const auto events = static_cast<std::int64_t>(trace().events.size());
    bench.SetItemsProcessed(bench.iterations() * events);
    bench.counters["bytes_an_event"] = double(text.size()) / double(events);
}

void lines_read(benchmark::State& bench) {
    take<Reads>(bench, to_json_lines(trace()));
}
void lines_judged(benchmark::State& bench) {
    take<harness::JudgingSink>(bench, to_json_lines(trace()));
}
void packed_read(benchmark::State& bench) {
    take<Reads>(bench, to_packed(trace()));
}
void packed_judged(benchmark::State& bench) {
    take<harness::JudgingSink>(bench, to_packed(trace()));
}

BENCHMARK(lines_read);
BENCHMARK(lines_judged);
BENCHMARK(packed_read);
BENCHMARK(packed_judged);

}  // namespace
}  // namespace interlock

BENCHMARK_MAIN();
