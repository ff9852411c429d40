#include "harness/scenario/mutate.hpp"

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
