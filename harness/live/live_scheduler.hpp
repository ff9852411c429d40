#pragma once

// The scheduler of the live switch. What the deterministic harness leaves to a policy is decided
// here by the plainest answer or by chance, and the time is that of the system's steady clock.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "harness/kernel/pace.hpp"
#include "harness/sched/scheduler.hpp"
#include "harness/sched/split_mix.hpp"

namespace interlock::harness {

/// By which somebody in another process sees that it goes on: it rests, or its number changes.
struct Pulse {
    std::atomic<std::uint64_t> beats = 0;
    std::atomic<bool>          rests = false;

    void beat() {  // Only one thread does at a time.
        beats.store(beats.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
};

/// Where a task of the live switch lets all others go on, whatever the policy says.
inline constexpr std::string_view live_turn = "(live)";

enum class LivePolicy : std::uint8_t {
    plain,      // Who runs goes on, every answer is the plainest: the quickest.
    by_chance,  // One place in ten lets another go on; every answer by chance.
};

/// What it takes to make each task a thread.
struct LiveThreads {
    std::function<void(const std::function<void()>&)> begin;  // Calls what it is given.
    std::function<void()>                             wake;   // From any thread: ends a sleep.
};

class LiveScheduler final : public Scheduler, public Pace {
public:
    /// @param sleep  lets the thread sleep until that time at the latest.
    /// @param pulse  beats with every decision, and rests while the thread sleeps; neither while
    ///               code of an extension does not come back. May be none.
    LiveScheduler(LivePolicy policy, std::uint64_t seed, std::function<void(Time100ns)> sleep,
                  Pulse* pulse = nullptr);

    /// Each task is a thread from the next `begin` on.
    void use_threads(LiveThreads by) {
        threads = std::move(by);
    }

    /// How often a task began to run code of an extension when another ran some already.
    std::uint64_t together() const {
        return together_count;
    }

    void                       begin() override;
    std::optional<std::size_t> next(const Moment& moment) override;
    std::uint32_t              choose(std::string_view what, std::uint32_t count) override;

    Time100ns now() override;
    void      sleep_until(Time100ns due) override;

    bool makes_threads() const override {
        return threads.has_value();
    }
    void do_on_thread(const std::function<void()>& work) override {
        threads->begin(work);
    }
    void wake() override {
        threads->wake();
    }
    void tell_outside(std::size_t tasks, Time100ns since) override;

private:
    bool somebody_stays_out();

    using Clock = std::chrono::steady_clock;

    LivePolicy                     policy;
    std::uint64_t                  seed;
    SplitMix                       chance;
    std::function<void(Time100ns)> sleep;
    Pulse*                         pulse;
    Clock::time_point              start;
    std::optional<LiveThreads>     threads;
    std::size_t                    outside        = 0;  // Tasks in code of an extension,
    Time100ns                      outside_since  = 0;  // the first of them since then.
    std::uint64_t                  together_count = 0;
};

}  // namespace interlock::harness
