#pragma once

// Judges a trace as it comes, by what its head says of its order and of what is unseen.

#include "harness/trace/unseen.hpp"
#include "model/orders.hpp"
#include "model/unjudged.hpp"

namespace interlock::harness {

class OrderedSink : public TraceSink {
public:
    void begin(const TraceHead& head) override {
        judge.begin({.whole = head.whole, .ndis = head.ndis}, head.order);
        judge.withdraw(model::withdrawn_of(model::unjudged_without(unseen_calls(head))));
    }
    void event(const model::Event& one) override {
        judge.fold(one);
    }
    void hole(std::uint64_t) override {
        judge.skip();
    }

    /// Of the whole trace; nothing may follow.
    const model::Verdict& verdict() {
        judge.end();
        return judge.verdict();
    }

private:
    model::Orders judge;
};

}  // namespace interlock::harness
