// The kernel where each task is a thread.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "harness/kernel/kernel.hpp"
#include "harness/kernel/outside.hpp"
#include "harness/kernel/pace.hpp"

namespace interlock::harness {
namespace {

constexpr Time100ns ms            = 10'000;
constexpr Time100ns longest_sleep = 20'000 * ms;

/// Who runs goes on, else who could go on first; the time is a clock's.
class Threaded final : public Scheduler, public Pace {
public:
    void begin() override {
        start = Clock::now();
    }
    std::optional<std::size_t> next(const Moment& moment) override {
        return plainest(moment);
    }
    std::uint32_t choose(std::string_view, std::uint32_t) override {
        return 0;
    }

    Time100ns now() override {
        return static_cast<Time100ns>((Clock::now() - start).count()) / 100;
    }
    void sleep_until(Time100ns due) override {
        const auto until =
            start + std::chrono::nanoseconds(std::min(due, now() + longest_sleep) * 100);
        const Outside    outside;
        std::unique_lock held(mutex);
        woken.wait_until(held, until, [this] { return std::exchange(is_woken, false); });
    }
    bool makes_threads() const override {
        return true;
    }
    void wake() override {
        const std::scoped_lock held(mutex);
        is_woken = true;
        woken.notify_one();
    }
    void tell_outside(std::size_t tasks, Time100ns) override {
        most_outside = std::max(most_outside, tasks);
    }

    std::size_t most_outside = 0;

private:
    using Clock = std::chrono::steady_clock;

    Clock::time_point       start;
    std::mutex              mutex;
    std::condition_variable woken;
    bool                    is_woken = false;
};

struct Trial {
    Threaded scheduler;
    Kernel   kernel;

    Trial() {
        kernel.begin(scheduler, ~std::uint64_t{0});
    }
    void task(std::uint8_t cpu, std::function<void()> body) {
        kernel.spawn({Role::thread, kernel.spawned()}, cpu, passive_level, std::move(body));
    }
};

/// Comes back when so many are here at the same moment.
void meet(std::atomic<int>& here, int how_many) {
    ++here;
    while (here < how_many)
        std::this_thread::yield();
}

TEST(KernelThreads, AreOutsideAtTheSameMoment) {
    Trial            trial;
    std::atomic<int> here = 0;
    for (std::uint8_t cpu = 0; cpu < 3; ++cpu) {
        trial.task(cpu, [&] {
            const Outside outside;
            meet(here, 3);
        });
    }
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.scheduler.most_outside, 3U);
}

TEST(KernelThreads, AreInTheHostOneAtATime) {
    constexpr int turns = 2000;
    Trial         trial;
    int           count = 0;  // Of the host's, without any lock.
    for (std::uint8_t cpu = 0; cpu < 3; ++cpu) {
        trial.task(cpu, [&, cpu] {
            for (int turn = 0; turn < turns; ++turn) {
                EXPECT_EQ(trial.kernel.current().cpu, cpu);
                ++count;
                trial.kernel.yield("here");
                const Outside outside;
            }
        });
    }
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(count, 3 * turns);
}

TEST(KernelThreads, WakeWhoWaits) {
    Trial trial;
    bool  came = false, woken = false;
    trial.task(0, [&] {
        while (!came)
            woken = trial.kernel.block_until(&came, trial.kernel.now() + 10'000 * ms, "waits");
    });
    trial.task(1, [&] {
        { const Outside outside; }
        came = true;
        trial.kernel.wake_all(&came);
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_TRUE(woken);
}

// The clock sleeps when a task that comes in sets the alarm, and goes out again until it rings.
TEST(KernelThreads, AreWokenByAnAlarmThatTheClockDidNotKnow) {
    Trial                  trial;
    std::atomic<Time100ns> rang = 0;
    trial.task(0, [&] {
        {
            const Outside outside;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        trial.kernel.at(trial.kernel.now() + 5 * ms, {Role::timer, 1}, dispatch_level,
                        [&] { rang = trial.kernel.now(); });
        const Outside outside;
        while (rang == 0)
            std::this_thread::yield();
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_GE(rang, 20 * ms);
    EXPECT_LT(rang, longest_sleep);
}

TEST(KernelThreads, KeepTheirCpuAtDispatchLevelAlsoOutside) {
    Trial             trial;
    std::atomic<bool> at_dispatch_level = false, over = false;
    trial.task(0, [&] {
        {
            const Outside outside;  // He goes before the other raises his level.
            while (!at_dispatch_level)
                std::this_thread::yield();
        }
        EXPECT_TRUE(over);
    });
    trial.task(0, [&] {
        trial.kernel.current().irql = dispatch_level;
        {
            const Outside outside;
            at_dispatch_level = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            over = true;
        }
        trial.kernel.current().irql = passive_level;
    });
    trial.task(0, [&] { EXPECT_TRUE(over); });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
}

TEST(KernelThreads, AreNotQuiescentAsLongAsSomebodyIsOutside) {
    Trial trial;
    bool  back = false;
    trial.task(0, [&] {
        trial.kernel.wait_until_quiescent();
        EXPECT_TRUE(back);
    });
    trial.task(1, [&] {
        {
            const Outside outside;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        back = true;
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
}

TEST(KernelThreads, EndFromAnyDepthAndAreUsedAgain) {
    constexpr int tasks = 3000;
    Trial         trial;
    int           ended = 0;
    trial.task(0, [&] {
        for (int made = 0; made < tasks; ++made) {
            trial.task(1, [&] {
                ++ended;
                trial.kernel.wake_all(&ended);
                trial.kernel.end_task();
            });
            while (ended == made)
                trial.kernel.block(&ended, "here");
        }
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(ended, tasks);
}

TEST(KernelThreads, AreEndedWhereTheyAreStuck) {
    Trial trial;
    char  never = 0;
    trial.task(0, [&] { trial.kernel.block(&never, "for ever"); });
    trial.task(1, [&] {
        { const Outside outside; }
        trial.kernel.block(&never, "for ever");
    });
    EXPECT_EQ(trial.kernel.run(), Halt::stuck);
    EXPECT_EQ(trial.kernel.unfinished().size(), 2U);
}

TEST(KernelThreads, LetWhoIsOutsideComeBackWhenTheRunIsOver) {
    Threaded scheduler;
    Kernel   kernel;
    kernel.begin(scheduler, 10);
    std::atomic<bool> over = false;
    kernel.spawn({Role::thread, 0}, 0, passive_level, [&] {
        const Outside outside;
        while (!over)
            std::this_thread::yield();
    });
    kernel.spawn({Role::thread, 1}, 1, passive_level, [&] {
        { const Outside outside; }
        over = true;
        while (true)
            kernel.yield("for ever");
    });
    EXPECT_EQ(kernel.run(), Halt::steps);
}

}  // namespace
}  // namespace interlock::harness
