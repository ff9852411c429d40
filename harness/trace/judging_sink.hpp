#pragma once

// Judges a trace as it comes.

#include "harness/trace/trace.hpp"
#include "model/judge.hpp"

namespace interlock::harness {

class JudgingSink : public TraceSink {
public:
    void begin(const TraceHead& head) override {
        judge.begin({.whole = head.whole, .ndis = head.ndis});
    }
    void event(const model::Event& one) override {
        judge.fold(one);
    }
    void hole(std::uint64_t) override {
        judge.skip();
    }

    model::Judge judge;
};

}  // namespace interlock::harness
