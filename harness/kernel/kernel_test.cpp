#include "harness/kernel/kernel.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace interlock::harness {
namespace {

constexpr TaskName control{Role::control, 0};
constexpr TaskName first{Role::sender, 1};
constexpr TaskName second{Role::sender, 2};

constexpr Time100ns second_100ns = 10'000'000;

/// Always goes on with somebody else, if it can.
class Restless final : public Scheduler {
public:
    void                       begin() override {}
    std::optional<std::size_t> next(const Moment& moment) override {
        return moment.current ? (*moment.current + 1) % moment.runnable.size() : 0;
    }
    std::uint32_t choose(std::string_view, std::uint32_t count) override {
        return count - 1;
    }
};

struct Trial {
    Kernel      kernel;
    Restless    scheduler;
    std::string log;

    Trial() {
        kernel.begin(scheduler, 1'000'000);
    }

    void write(char letter) {
        log.push_back(letter);
    }
};

TEST(Kernel, EndsWhenEveryTaskHasEnded) {
    Trial trial;
    trial.kernel.spawn(control, 0, passive_level, [&] { trial.write('a'); });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "a");
    EXPECT_FALSE(trial.kernel.inside_task());
}

TEST(Kernel, SwitchesAtYields) {
    Trial trial;
    trial.kernel.spawn(first, 0, passive_level, [&] {
        trial.write('a');
        trial.kernel.yield("here");
        trial.write('b');
    });
    trial.kernel.spawn(second, 0, passive_level, [&] {
        trial.write('c');
        trial.kernel.yield("here");
        trial.write('d');
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "acbd");
}

TEST(Kernel, LetsATaskAtDispatchLevelKeepItsCpu) {
    Trial trial;
    trial.kernel.spawn(first, 0, passive_level, [&] {
        trial.kernel.current().irql = dispatch_level;
        trial.write('a');
        trial.kernel.yield("here");
        trial.kernel.yield("here");
        trial.write('b');
        trial.kernel.current().irql = passive_level;
        trial.kernel.yield("here");
        trial.write('c');
    });
    trial.kernel.spawn(second, 0, passive_level, [&] { trial.write('s'); });
    trial.kernel.spawn({Role::sender, 3}, 1, passive_level, [&] { trial.write('o'); });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "aobsc") << "the other CPU goes on at once, the same CPU only later";
}

TEST(Kernel, LetsATaskThatSpinsKeepItsCpu) {
    Trial      trial;
    const char lock = 0;
    trial.kernel.spawn(first, 0, dispatch_level, [&] {
        trial.kernel.block(&lock, "spin");
        trial.write('a');
    });
    trial.kernel.spawn(second, 0, passive_level, [&] { trial.write('b'); });
    trial.kernel.spawn({Role::sender, 3}, 1, passive_level, [&] {
        trial.kernel.sleep(second_100ns, "sleep");
        trial.write('w');
        trial.kernel.wake_all(&lock);
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "wab");
}

TEST(Kernel, LetsTimePassOnlyWhenNobodyCanRun) {
    Trial trial;
    trial.kernel.spawn(first, 0, passive_level, [&] {
        trial.kernel.sleep(3 * second_100ns, "sleep");
        EXPECT_EQ(trial.kernel.now(), 3 * second_100ns);
        trial.write('3');
    });
    trial.kernel.spawn(second, 0, passive_level, [&] {
        for (int i = 0; i < 100; ++i)
            trial.kernel.yield("busy");
        EXPECT_EQ(trial.kernel.now(), 0U);
        trial.kernel.sleep(1 * second_100ns, "sleep");
        trial.write('1');
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "13");
}

TEST(Kernel, BeginsTasksAtTheirTime) {
    Trial trial;
    trial.kernel.spawn(control, 2, passive_level, [&] {
        trial.kernel.at(200, {Role::timer, 2}, dispatch_level, [&] { trial.write('2'); });
        trial.kernel.at(100, {Role::timer, 1}, dispatch_level, [&] {
            EXPECT_EQ(trial.kernel.now(), 100U);
            EXPECT_EQ(trial.kernel.current().irql, dispatch_level);
            EXPECT_EQ(trial.kernel.current().cpu, 2);
            trial.write('1');
        });
        const auto never =
            trial.kernel.at(150, {Role::timer, 3}, dispatch_level, [&] { trial.write('x'); });
        EXPECT_TRUE(trial.kernel.cancel(never));
        EXPECT_FALSE(trial.kernel.cancel(never));
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "12");
}

TEST(Kernel, TellsWhetherAWaitWasEndedOrTimedOut) {
    Trial      trial;
    const char event = 0;
    trial.kernel.spawn(first, 0, passive_level, [&] {
        EXPECT_FALSE(trial.kernel.block_until(&event, 10, "wait"));
        EXPECT_TRUE(trial.kernel.block_until(&event, 1000, "wait"));
        EXPECT_EQ(trial.kernel.now(), 20U);
        trial.kernel.sleep(5000, "sleep");
    });
    trial.kernel.spawn(second, 0, passive_level, [&] {
        trial.kernel.sleep(20, "sleep");
        trial.kernel.wake_one(&event);
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.kernel.now(), 5020U) << "the wait that was ended is not due any more";
}

TEST(Kernel, WakesOneOrAllOfThoseWhoWait) {
    Trial      trial;
    const char event = 0;
    for (std::uint32_t i = 1; i <= 3; ++i) {
        trial.kernel.spawn({Role::sender, i}, 0, passive_level, [&, i] {
            trial.kernel.block(&event, "wait");
            trial.write(static_cast<char>('0' + i));
        });
    }
    trial.kernel.spawn(control, 0, passive_level, [&] {
        trial.kernel.sleep(10, "sleep");
        trial.kernel.wake_one(&event);
        trial.kernel.sleep(10, "sleep");
        trial.write('-');
        trial.kernel.wake_all(&event);
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "1-23");
}

TEST(Kernel, IsStuckWhenTwoWaitForEachOther) {
    Trial      trial;
    const char one = 0, other = 0;
    trial.kernel.spawn(first, 0, passive_level, [&] { trial.kernel.block(&one, "lock one"); });
    trial.kernel.spawn(second, 0, passive_level, [&] { trial.kernel.block(&other, "lock other"); });
    EXPECT_EQ(trial.kernel.run(), Halt::stuck);
    const std::vector<Task> stuck = trial.kernel.unfinished();
    ASSERT_EQ(stuck.size(), 2U);
    EXPECT_EQ(stuck[0].name, first);
    EXPECT_EQ(stuck[0].place, "lock one");
    EXPECT_EQ(stuck[0].waits_on, &one);
    EXPECT_EQ(stuck[1].place, "lock other");
}

TEST(Kernel, IsQuiescentWhenNothingIsDue) {
    Trial trial;
    trial.kernel.spawn(control, 0, passive_level, [&] {
        trial.kernel.wait_until_quiescent();
        trial.write('q');
    });
    trial.kernel.spawn(first, 0, passive_level, [&] {
        trial.kernel.sleep(2 * second_100ns, "sleep");
        trial.write('s');
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "sq");
}

void poll(Trial& trial) {
    for (;;)
        trial.kernel.sleep(second_100ns / 100, "NdisMSleep");
}

TEST(Kernel, IsQuiescentThoughSomebodyLooksAgainAndAgain) {
    Trial trial;
    trial.kernel.spawn(first, 0, passive_level, [&] { poll(trial); });
    trial.kernel.spawn(control, 0, passive_level, [&] {
        trial.kernel.sleep(30 * second_100ns, "sleep");
        trial.kernel.progress();
        trial.kernel.wait_until_quiescent();
        EXPECT_EQ(trial.kernel.now(), 90 * second_100ns);
        trial.kernel.wait_until_quiescent();
        EXPECT_EQ(trial.kernel.now(), 150 * second_100ns);
    });
    EXPECT_EQ(trial.kernel.run(), Halt::stuck) << "the poller is left, and nothing will happen";
    ASSERT_EQ(trial.kernel.unfinished().size(), 1U);
    EXPECT_EQ(trial.kernel.unfinished()[0].name, first);
}

TEST(Kernel, StopsWhenTheStepsAreUsedUp) {
    Trial trial;
    trial.kernel.begin(trial.scheduler, 1000);
    trial.kernel.spawn(first, 0, passive_level, [&] {
        for (;;)
            trial.kernel.yield("busy");
    });
    EXPECT_EQ(trial.kernel.run(), Halt::steps);
    EXPECT_GE(trial.kernel.steps(), 1000U);
}

TEST(Kernel, StopsWhenTasksMakeTasksForEver) {
    Trial                 trial;
    std::function<void()> again = [&] { trial.kernel.spawn(first, 0, passive_level, again); };
    trial.kernel.spawn(first, 0, passive_level, again);
    EXPECT_EQ(trial.kernel.run(), Halt::steps);
}

TEST(Kernel, StopsWhenTheSchedulerGivesUp) {
    struct Tired final : Scheduler {
        void                       begin() override {}
        std::optional<std::size_t> next(const Moment& moment) override {
            if (moment.place == "enough") return std::nullopt;
            return 0;
        }
        std::uint32_t choose(std::string_view, std::uint32_t) override {
            return 0;
        }
    } tired;
    Trial trial;
    trial.kernel.begin(tired, 1000);
    trial.kernel.spawn(first, 0, passive_level, [&] { trial.kernel.yield("enough"); });
    trial.kernel.spawn(second, 0, passive_level, [&] { trial.write('x'); });
    EXPECT_EQ(trial.kernel.run(), Halt::abandoned);
    EXPECT_EQ(trial.log, "");
}

void end_at_depth(Kernel& kernel, int depth) {
    volatile char room[64]                = {};
    void (*volatile deeper)(Kernel&, int) = &end_at_depth;  // No compiler sees through this.
    if (depth == 0) kernel.end_task();
    deeper(kernel, depth - 1);
    static_cast<void>(room[0]);
}

TEST(Kernel, EndsATaskFromAnyDepth) {
    Trial trial;
    for (int i = 0; i < 100; ++i) {
        trial.kernel.spawn({Role::thread, 0}, 0, passive_level, [&] {
            trial.write('a');
            end_at_depth(trial.kernel, 50);
            trial.write('x');
        });
    }
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, std::string(100, 'a'));
}

TEST(Kernel, ForgetsWhatTheLastRunLeftBehind) {
    Trial      trial;
    const char never = 0;
    for (int round = 0; round < 200; ++round) {
        trial.kernel.begin(trial.scheduler, 1000);
        trial.log.clear();
        for (std::uint32_t i = 0; i < 8; ++i) {
            trial.kernel.spawn({Role::sender, i}, 0, passive_level, [&] {
                volatile char room[512] = {};
                trial.write('a');
                trial.kernel.block(&never, "for ever");
                trial.write(room[0]);
            });
        }
        ASSERT_EQ(trial.kernel.run(), Halt::stuck);
        ASSERT_EQ(trial.log, "aaaaaaaa");
        ASSERT_EQ(trial.kernel.spawned(), 8U);
        ASSERT_EQ(trial.kernel.now(), 0U);
    }
}

TEST(Kernel, FreesWhatABodyHoldsWhenItEnds) {
    Trial trial;
    auto  held = std::make_shared<int>(1);
    trial.kernel.spawn(first, 0, passive_level, [&trial, held] { trial.kernel.end_task(); });
    EXPECT_EQ(held.use_count(), 2);
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(held.use_count(), 1);
}

TEST(Kernel, GivesATaskTheStepOfWhoMadeIt) {
    Trial trial;
    trial.kernel.spawn(control, 0, passive_level, [&] {
        trial.kernel.current().step = 7;
        trial.kernel.spawn(first, 0, passive_level, [&] { trial.write('a'); });
        trial.kernel.at(5, second, passive_level, [&] {
            EXPECT_EQ(trial.kernel.current().step, 7U);
            trial.write('b');
        });
        trial.kernel.current().step = 8;
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
    EXPECT_EQ(trial.log, "ab");
}

TEST(Kernel, AsksNobodyWhereThereIsOneWay) {
    Trial trial;
    trial.kernel.spawn(control, 0, passive_level, [&] {
        EXPECT_EQ(trial.kernel.choose("what", 1), 0U);
        EXPECT_EQ(trial.kernel.choose("what", 5), 4U);
    });
    EXPECT_EQ(trial.kernel.run(), Halt::finished);
}

using KernelDeathTest = testing::Test;

TEST(KernelDeathTest, RefusesToYieldOutsideOfATask) {
    Trial trial;
    EXPECT_DEATH(trial.kernel.yield("here"), "Interlock itself is wrong: what only a task can do");
}

[[gnu::noinline]] int overflow(int depth) {
    volatile char room[4096]    = {};
    int (*volatile deeper)(int) = &overflow;
    room[depth % 4096]          = 1;
    return deeper(depth + 1) + room[0];
}

TEST(KernelDeathTest, DiesOfATaskThatUsesUpItsStack) {
    Trial trial;
    trial.kernel.spawn(first, 0, passive_level, [] { overflow(0); });
    EXPECT_DEATH(trial.kernel.run(), "");
}

}  // namespace
}  // namespace interlock::harness
