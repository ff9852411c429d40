// A race that shows in under 1 of 100,000 runs on threads that run freely (measured by
// props/bench/race_on_threads.cpp, on the same shared object): the last packet of a pause sets an
// event after it has let go of the lock, when FilterPause and FilterDetach may be through.

#include <cstdio>

#include <gtest/gtest.h>

#include "fuzz/bundled.hpp"
#include "fuzz/exhaust.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using harness::Scenario;

std::unique_ptr<ContainedStage> open_stage() {
    return opened_with({harness::folder_of_build() / "tests/rare_race.so"});
}

Scenario sent_and_paused() {
    return std::get<Scenario>(
        harness::parse_text("interlock scenario 1\n"
                            "create-port 2 synthetic\ncreate-nic 2/0 synthetic\nconnect-nic 2/0\n"
                            "send 2/0 to everyone\npause\ndetach\n"
                            "when control 0 at send-meanwhile #1 take 1\n",
                            "sent and paused"));
}

bool go_on(const ScheduleSearch&) {
    return true;
}

/// Replays it so often.
void expect_replays(ContainedStage& stage, const Scenario& scenario, const Fault& fault) {
    constexpr int times = 1000;
    const Play    first = stage.play(scenario);
    int           shown = 0;
    EXPECT_EQ(fault_in(verdict_of(first, scenario)), fault);
    while (shown < times) {
        const std::vector<Scenario> again(batch_max, scenario);
        const Batch                 batch = stage.play_batch(again);
        ASSERT_FALSE(batch.death);
        for (const Summary& summary : batch.played) {
            ASSERT_EQ((Fault{summary.rule, summary.guilty, summary.module}), fault);
            ASSERT_EQ(summary.events, first.trace.size());
            ++shown;
        }
    }
    std::printf("replayed %d of %d times\n", shown, shown);
}

TEST(RareRace, IsFoundByExhaustionMadeSmallAndReplaysEachTime) {
    const auto stage = open_stage();
    const auto below = exhaust(*stage, sent_and_paused(), {.bounds = {.preemptions = 3}}, go_on);
    EXPECT_EQ(below.end, Exhausted::End::none_left);
    const auto told = exhaust(*stage, sent_and_paused(), {.bounds = {.preemptions = 4}}, go_on);
    ASSERT_EQ(told.end, Exhausted::End::found);
    const auto fault = fault_in(verdict_of(told.play, told.scenario));
    ASSERT_TRUE(fault);
    std::printf("schedule %llu breaks %s\n%s", static_cast<unsigned long long>(told.schedules),
                std::string(model::rules()[fault->rule].id).c_str(),
                to_text(told.scenario).c_str());
    EXPECT_EQ(fault->guilty, model::Party::extension);
    EXPECT_LE(told.scenario.steps.size(), 6U);
    expect_replays(*stage, told.scenario, *fault);
}

}  // namespace
}  // namespace interlock::fuzz
