#include "harness/sched/replay.hpp"

#include <gtest/gtest.h>

#include <string>

#include "harness/kernel/kernel.hpp"

namespace interlock::harness {
namespace {

/// Tasks that yield, wait, sleep and ask: every way in which the running task changes.
std::string every_change_under(Scheduler& scheduler) {
    Kernel      kernel;
    std::string log;
    const char  event = 0;
    kernel.begin(scheduler, 100'000);
    for (std::uint32_t i = 0; i < 4; ++i) {
        kernel.spawn({Role::sender, i}, static_cast<std::uint8_t>(i), passive_level, [&, i] {
            for (int round = 0; round < 10; ++round) {
                log.push_back(static_cast<char>('a' + i));
                kernel.yield(round % 2 == 0 ? "even" : "odd");
                switch (kernel.choose("then", 4)) {
                    case 1:
                        kernel.sleep(10 + i, "sleep");
                        break;
                    case 2:
                        kernel.block_until(&event, kernel.now() + 5, "wait");
                        break;
                    case 3:
                        kernel.wake_all(&event);
                        break;
                    default:
                        break;
                }
            }
        });
    }
    EXPECT_EQ(kernel.run(), Halt::finished);
    return log;
}

TEST(Replay, RepeatsWhatWasRecorded) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const auto chance = seeded_random(seed, 30);
        Recording  recording(*chance);
        const auto log       = every_change_under(recording);
        const auto decisions = recording.decisions();
        const auto again     = replay(decisions);
        Recording  second(*again);
        ASSERT_EQ(every_change_under(second), log) << "seed " << seed;
        ASSERT_EQ(second.decisions(), decisions) << "seed " << seed;
    }
}

TEST(Replay, NeedsNoDecisionForThePlainestSchedule) {
    const auto plain = round_robin();
    Recording  recording(*plain);
    const auto log = every_change_under(recording);
    EXPECT_TRUE(recording.decisions().empty());
    EXPECT_EQ(every_change_under(*replay({})), log);
}

TEST(Replay, NamesWhoStoodWhere) {
    Kernel     kernel;
    const auto always = seeded_random(1, 100);
    Recording  recording(*always);
    kernel.begin(recording, 1000);
    kernel.spawn({Role::control, 0}, 0, passive_level, [&] {
        kernel.spawn({Role::timer, 7}, 0, passive_level, [] {});
        kernel.yield("NdisAcquireSpinLock");
    });
    EXPECT_EQ(kernel.run(), Halt::finished);
    ASSERT_EQ(recording.decisions().size(), 1U);
    EXPECT_EQ(recording.decisions()[0], (Decision{.task      = {Role::control, 0},
                                                  .place     = "NdisAcquireSpinLock",
                                                  .nth       = 1,
                                                  .is_switch = true,
                                                  .other     = {Role::timer, 7},
                                                  .value     = 0}));
}

TEST(Replay, GoesOnPlainlyWhereADecisionCannotBeFollowed) {
    const auto scheduler = replay({{.task      = {Role::sender, 0},
                                    .place     = "even",
                                    .nth       = 1,
                                    .is_switch = true,
                                    .other     = {Role::device, 99},
                                    .value     = 0},
                                   {.task      = {Role::sender, 0},
                                    .place     = "then",
                                    .nth       = 1,
                                    .is_switch = false,
                                    .other     = {},
                                    .value     = 1000}});
    EXPECT_EQ(every_change_under(*scheduler), every_change_under(*round_robin()));
}

}  // namespace
}  // namespace interlock::harness
