#include "fuzz/exhaust.hpp"

#include <cstdio>

#include <gtest/gtest.h>

#include "fuzz/bundled.hpp"
#include "harness/kernel/poison.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using harness::Scenario;
using End = Exhausted::End;

bool go_on(const ScheduleSearch&) {
    return true;
}

/// Two ports, two adapters, a packet each way, which may come in while the next steps are taken.
Scenario two_guests() {
    return std::get<Scenario>(harness::parse_text(
        "interlock scenario 1\n"
        "create-port 2 synthetic\ncreate-nic 2/0 synthetic\nconnect-nic 2/0\n"
        "create-port 3 synthetic\ncreate-nic 3/0 synthetic\nconnect-nic 3/0\n"
        "send 2/0 to 3/0\nsend 3/0 to 2/0\n"
        "disconnect-nic 2/0\ndelete-nic 2/0\ndisconnect-nic 3/0\ndelete-nic 3/0\n"
        "teardown-port 2\ndelete-port 2\nteardown-port 3\ndelete-port 3\n"
        "when control 0 at send-meanwhile #1 take 1\n"
        "when control 0 at send-meanwhile #2 take 1\n",
        "two guests"));
}

TEST(Exhaust, SaysThatNoScheduleOfAGoodExtensionIsLeft) {
    const auto stage = opened_with({bundled("forwarder")});
    for (const auto independence : {Independence::none, Independence::race_free}) {
        const auto told = exhaust(
            *stage, two_guests(),
            {.bounds = {.preemptions = 1, .answers = 0}, .independence = independence}, go_on);
        std::printf("%llu schedules, %llu given up\n",
                    static_cast<unsigned long long>(told.schedules),
                    static_cast<unsigned long long>(told.pruned));
        EXPECT_EQ(told.end, End::none_left);
        EXPECT_EQ(told.undecided, 0U);
        EXPECT_GT(told.schedules, 200U) << "that many places there are at least";
    }
}

TEST(Exhaust, PlaysAsManySchedulesEachTime) {
    const auto    stage = opened_with({bundled("pass_through")});
    std::uint64_t schedules[2];
    for (auto& count : schedules)
        count = exhaust(*stage, two_guests(), {.bounds = {.preemptions = 1}}, go_on).schedules;
    EXPECT_EQ(schedules[0], schedules[1]);
}

TEST(Exhaust, StopsWhenItIsTold) {
    const auto stage = opened_with({bundled("pass_through")});
    const auto told  = exhaust(*stage, two_guests(), {.bounds = {.preemptions = 9, .answers = 9}},
                               [](const ScheduleSearch&) { return false; });
    EXPECT_EQ(told.end, End::stopped);
}

TEST(Exhaust, FindsAFlawAtTheBoundThatItNeedsAndNotBelow) {
    if (harness::poisons_memory()) GTEST_SKIP() << "takes minutes, and does what the others do";
    const auto stage = opened_with({bundled("faulty_disconnect_ignored")});
    for (const harness::Bounds less : {harness::Bounds{.preemptions = 0, .answers = 1},
                                       harness::Bounds{.preemptions = 1, .answers = 0}}) {
        EXPECT_EQ(exhaust(*stage, two_guests(), {.bounds = less}, go_on).end, End::none_left);
    }
    const auto told =
        exhaust(*stage, two_guests(), {.bounds = {.preemptions = 1, .answers = 1}}, go_on);
    ASSERT_EQ(told.end, End::found);
    const auto fault = fault_in(verdict_of(told.play, told.scenario));
    ASSERT_TRUE(fault);
    EXPECT_EQ(model::rules()[fault->rule].id, "PKT-04");
    EXPECT_LT(told.scenario.steps.size(), two_guests().steps.size());
    EXPECT_FALSE(told.scenario.decisions.empty());
    for (int time = 0; time < 20; ++time)
        EXPECT_TRUE(stage->play(told.scenario).trace == told.play.trace) << "it replays";
}

}  // namespace
}  // namespace interlock::fuzz
