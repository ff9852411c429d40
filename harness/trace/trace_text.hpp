#pragma once

// A trace as it is written: as a text that grows with what a sink is given.

#include <cstdint>
#include <string>

#include "harness/trace/trace.hpp"

namespace interlock::harness {

/// A way of writing: trace_lines.hpp, trace_packed.hpp. Each adds to the text.
struct Encoding {
    void (*head)(std::string&, const TraceHead&);
    void (*event)(std::string&, const model::Event&);
    void (*hole)(std::string&, std::uint64_t lost);
    void (*end)(std::string&, std::uint64_t events);
};

class TraceText : public TraceSink {
public:
    explicit TraceText(const Encoding& by) : encoding(by) {}

    void begin(const TraceHead& head) override {
        encoding.head(text, head);
    }
    void event(const model::Event& one) override {
        ++events;
        encoding.event(text, one);
    }
    void hole(std::uint64_t lost) override {
        encoding.hole(text, lost);
    }

    /// After the last event.
    void end() {
        encoding.end(text, events);
    }

    std::string text;

private:
    const Encoding& encoding;
    std::uint64_t   events = 0;
};

/// All of a trace.
std::string written(const Trace& trace, const Encoding& by);

}  // namespace interlock::harness
