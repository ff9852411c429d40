#include "harness/scenario/mutate.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/scenario/bytes.hpp"
#include "harness/scenario/grammar.hpp"

namespace interlock::harness {
namespace {

TEST(Mutate, KeepsScenariosCanonicalAndUnforced) {
    Scenario scenario;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        mutate(scenario, seed);
        ASSERT_EQ(canonical(scenario), scenario);
        for (const Step& step : scenario.steps)
            ASSERT_FALSE(step.force);
    }
    EXPECT_FALSE(scenario.steps.empty()) << "From nothing it grows.";
}

TEST(Mutate, ChangesSomethingMostly) {
    int changed = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Scenario before = random_scenario(seed);
        Scenario       after  = before;
        mutate(after, seed);
        Scenario again = before;
        mutate(again, seed);
        EXPECT_EQ(after, again);
        if (after != before) ++changed;
    }
    EXPECT_GT(changed, 180);
}

/// What is written for a driver is mostly right: a little of it is changed, not all.
TEST(Mutate, ChangesALittleOfTheDataForADevice) {
    Scenario before;
    before.steps = {{.verb = Verb::ioctl, .handle = 1, .code = 0x0012'2000}};
    before.steps.front().data.assign(64, 0x5A);
    before.steps.front().input = 64;
    ASSERT_EQ(canonical(before), before);
    int nearly = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        Scenario after = before;
        mutate(after, seed);
        for (const Step& step : after.steps) {
            const auto same = std::ranges::count(step.data, 0x5A);
            if (step.data.size() == 64 && same == 63) ++nearly;
        }
    }
    EXPECT_GT(nearly, 20);
}

TEST(Mutate, ACrossBeginsAsTheFirstAndEndsAsTheSecond) {
    const Scenario first  = random_scenario(1);
    const Scenario second = random_scenario(2);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const Scenario child = cross(first, second, seed);
        EXPECT_EQ(canonical(child), child);
        EXPECT_EQ(child.seed, first.seed);
        EXPECT_LE(child.steps.size(), first.steps.size() + second.steps.size());
    }
}

}  // namespace
}  // namespace interlock::harness
