#pragma once

// What a dying worker still gets said: the signal, and whose code it was.

#include "fuzz/board.hpp"
#include "harness/sched/scheduler.hpp"

namespace interlock::fuzz {

/// From now on, whatever kills this process first makes it write to `words`, and count the edges
/// that were run to `edge_runs`. Both outlive it.
void leave_last_words(LastWords& words, std::span<std::uint64_t> edge_runs);

/// So that a thread whose stack is used up can say something, too: the first thing that each but
/// the first does. Where a sanitizer does so itself, nothing.
void have_signal_stack();

/// From now on there is a world on this thread that last words can tell of.
void world_begins();

/// Asks `inner`, and with each question gives a sign of life. From its `begin` on there is a world
/// that last words can tell of.
class SignOfLife final : public harness::Scheduler {
public:
    SignOfLife(harness::Scheduler& inner, std::atomic<std::uint64_t>& ticks)
        : inner(inner), ticks(ticks) {}

    void                       begin() override;
    std::optional<std::size_t> next(const harness::Moment& moment) override;
    std::uint32_t              choose(std::string_view what, std::uint32_t count) override;
    bool                       wants_faults() const override {
        return inner.wants_faults();
    }

private:
    harness::Scheduler&         inner;
    std::atomic<std::uint64_t>& ticks;
};

}  // namespace interlock::fuzz
