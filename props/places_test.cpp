// PCT promises something only of runs that have no more places than it thought: its changes of
// priority are drawn among so many. Thinking of too many makes the promise small.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <vector>

#include "harness/sched/pct.hpp"
#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

/// Of random scenarios, in order: the places of each run over those that were expected.
std::vector<double> places_over_expected(const Stack& stack, bool at_memory) {
    constexpr std::uint64_t runs_usual = 200;
    const auto              stage      = open_stage(stack);
    std::vector<double>     parts;
    const std::uint64_t     first = first_seed();
    for (std::uint64_t seed = first; seed < first + runs_wanted(runs_usual); ++seed) {
        harness::Scenario scenario   = scenario_of(seed, stack);
        scenario.preempts_at_memory  = at_memory;
        const std::uint32_t expected = harness::places_expected(scenario);
        harness::Pct        scheduler(seed, 3, expected);
        stage->run(scenario, scheduler);
        parts.push_back(static_cast<double>(scheduler.places_passed()) / expected);
    }
    std::ranges::sort(parts);
    return parts;
}

class PlacesOf : public testing::TestWithParam<Stack> {};

TEST_P(PlacesOf, AreMostlyFewerThanExpectedAndNotByFar) {
    for (const bool at_memory : {false, true}) {
        const std::vector<double> parts = places_over_expected(GetParam(), at_memory);
        const auto at = [&](std::size_t percent) { return parts[parts.size() * percent / 100]; };
        std::cout << name_of(GetParam()) << (at_memory ? ", at memory" : "") << ": half have "
                  << at(50) << " of the places expected, nine in ten " << at(90) << ", all "
                  << parts.back() << "\n";
        EXPECT_LE(at(75), 1) << "the bound does not hold in one run of four";
        EXPECT_GE(at(50), 0.05) << "the bound is far too small in half of the runs";
    }
}

INSTANTIATE_TEST_SUITE_P(
    Traced, PlacesOf,
    testing::Values(Stack{"pass_through_traced"}, Stack{"cloner_traced"}, Stack{"forwarder_traced"},
                    Stack{"capture_traced", "broadcast_pacer_traced", "forwarder_traced"}),
    [](const auto& one) { return name_of(one.param); });

}  // namespace
}  // namespace interlock::props
