// Extensions that keep every rule keep every rule, whatever the switch does: random scenarios,
// random schedules. INTERLOCK_RUNS=100000 makes it a long run; INTERLOCK_SEED says where to begin.

#include <gtest/gtest.h>

#include <iostream>

#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

constexpr std::uint64_t runs_usual   = 1000;
constexpr int           failures_max = 3;

class GoodOnes : public testing::TestWithParam<Stack> {};

TEST_P(GoodOnes, KeepEveryRuleInRandomScenarios) {
    const Stack&        stack = GetParam();
    const auto          stage = open_stage(stack);
    const std::uint64_t first = first_seed();
    const std::uint64_t runs  = runs_wanted(runs_usual);
    std::cout << "seeds " << first << " to " << first + runs - 1 << "\n";

    Bites bites;
    int   failures = 0;
    for (std::uint64_t seed = first; seed < first + runs && failures < failures_max; ++seed) {
        const harness::Scenario     scenario    = scenario_of(seed, stack);
        const harness::Performance& performance = play(*stage, scenario);
        bites.add(performance);
        if (went_well(performance)) continue;
        ++failures;
        ADD_FAILURE() << "seed " << seed << ": "
                      << story(scenario, performance, name_of(stack) + "_" + std::to_string(seed));
    }
    std::cout << name_of(stack) << ": " << bites.text() << "\n"
              << "never asked: " << bites.never_asked() << "\n";
    for (const std::uint64_t bitten :
         {bites.packets, bites.delivered, bites.oids, bites.transitions, bites.switches})
        EXPECT_GT(bitten, 0U);
    EXPECT_GT(bites.rules_asked(), 0U);
    const bool has_device =
        !stack.empty() && (stack.front() == "control_device" || stack.front() == "recorder_above" ||
                           stack.front() == "exempting_guard");
    EXPECT_EQ(bites.irps > 0, has_device);
}

INSTANTIATE_TEST_SUITE_P(
    OurOwn, GoodOnes,
    testing::Values(Stack{}, Stack{"pass_through"}, Stack{"vlan_acl"}, Stack{"broadcast_pacer"},
                    Stack{"cloner"}, Stack{"forwarder"}, Stack{"control_device"},
                    Stack{"control_device", "forwarder"}, Stack{"source_guard"},
                    Stack{"exempting_guard", "source_guard", "forwarder_with_queue"},
                    Stack{"recorder_above", "vlan_acl", "recorder_below", "forwarder"},
                    Stack{"capture", "vlan_acl", "broadcast_pacer", "forwarder"},
                    Stack{"cloner", "broadcast_pacer", "cloner", "forwarder"}),
    [](const auto& about) { return name_of(about.param); });

}  // namespace
}  // namespace interlock::props
