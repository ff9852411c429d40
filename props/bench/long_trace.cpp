// A trace of any length, to be judged as it comes, and the limit to compare that with.
//
//   long_trace packed <events> | interlock check -     so many events, or a few more
//   long_trace lines <events>  | interlock check -     the same, as JSON lines
//   long_trace read < trace                            reads it and does nothing else

#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "harness/trace/trace_packed.hpp"
#include "model/story.hpp"

namespace {

using namespace interlock;

constexpr model::PortId ports           = 64;  // Each is created anew when its turn comes again.
constexpr std::size_t   flushed_at      = std::size_t{256} << 10;
constexpr int           packets_in_turn = 4;

/// Writes what the story tells, and lets the story forget it.
class Written {
public:
    explicit Written(const harness::Encoding& by) : text(by) {
        text.begin({});
    }

    std::uint64_t take(model::Story& story) {
        for (const model::Event& event : story.events)
            text.event(event);
        count += story.events.size();
        story.events.clear();
        if (text.text.size() > flushed_at) flush();
        return count;
    }

    bool finish() {
        text.end();
        flush();
        return std::fflush(stdout) == 0;
    }

private:
    void flush() {
        std::fwrite(text.text.data(), 1, text.text.size(), stdout);
        text.text.clear();
    }

    harness::TraceText text;
    std::uint64_t      count = 0;
};

/// Guests come, talk and go, one after the other.
bool write_trace(const harness::Encoding& by, std::uint64_t events) {
    Written      written(by);
    model::Story story;
    story.learns_parameters();
    story.guest(1);
    for (model::PortId before = 1; written.take(story) < events;) {
        const model::PortId port = before % ports + 1;
        story.guest(port);
        for (int packet = 0; packet < packets_in_turn; ++packet)
            story.delivers({port}, {before});
        story.guest_gone(before);
        before = port;
    }
    story.ends();
    written.take(story);
    return written.finish();
}

/// Adds up a field, so that the reading is not left out.
class Reads : public harness::TraceSink {
public:
    void begin(const harness::TraceHead&) override {}
    void event(const model::Event& one) override {
        ++events;
        objects += one.object;
    }
    void hole(std::uint64_t) override {}

    std::uint64_t events = 0, objects = 0;
};

int read_trace() {
    using Clock = std::chrono::steady_clock;
    Reads      reads;
    const auto begun = Clock::now();
    if (const auto error = harness::stream_trace("-", reads)) {
        std::fprintf(stderr, "%s\n", to_string(*error).c_str());
        return 2;
    }
    const std::chrono::duration<double> seconds = Clock::now() - begun;
    rusage                              used{};
    getrusage(RUSAGE_SELF, &used);
    std::printf("%llu events in %.2f s, %ld KiB of memory at most; their objects add up to %llu\n",
                static_cast<unsigned long long>(reads.events), seconds.count(), used.ru_maxrss,
                static_cast<unsigned long long>(reads.objects));
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const std::string_view what   = count > 1 ? words[1] : "";
    const std::uint64_t    events = count > 2 ? std::strtoull(words[2], nullptr, 10) : 0;
    if (what == "read" && count == 2) return read_trace();
    if (what == "packed" && events > 0) return write_trace(harness::as_packed, events) ? 0 : 2;
    if (what == "lines" && events > 0) return write_trace(harness::as_lines, events) ? 0 : 2;
    std::fprintf(stderr, "usage: long_trace packed <events> | lines <events> | read\n");
    return 2;
}
