#include "harness/scenario/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "harness/scenario/bytes.hpp"
#include "harness/scenario/grammar.hpp"
#include "harness/scenario/text.hpp"

namespace interlock::harness {
namespace {

/// The first objection to the steps of a scenario, or nothing.
std::string_view first_objection(std::string_view lines) {
    const auto result   = parse_text("interlock scenario 1\n" + std::string(lines), "a.scenario");
    const auto scenario = std::get<Scenario>(result);
    Plan       plan(scenario);
    for (const Step& step : scenario.steps) {
        if (const auto objection = plan.objection(step); !objection.empty()) return objection;
        plan.take(step);
    }
    return {};
}

TEST(Plan, HasNothingAgainstAVmThatStartsAndStops) {
    EXPECT_EQ(first_objection("create-port 2 synthetic\ncreate-nic 2/0 synthetic\nconnect-nic 2/0\n"
                              "send 2/0 to everyone\ndisconnect-nic 2/0\ndelete-nic 2/0\n"
                              "teardown-port 2\ndelete-port 2\ncreate-port 2 emulated\n"),
              "");
}

TEST(Plan, ARefusedPortIsNotThere) {
    EXPECT_EQ(first_objection("create-port 2 synthetic refused above\ncreate-nic 2/0 synthetic\n"),
              "there is no such port");
}

TEST(Plan, KnowsTheOrderOfATeam) {
    const std::string team = "create-port 1 external\ncreate-nic 1/0 external\n";
    EXPECT_EQ(first_objection("create-port 1 external\ncreate-nic 1/1 external\n"),
              "NIC 0 comes first");
    EXPECT_EQ(first_objection(team + "create-nic 1/1 external\nconnect-nic 1/1\n"),
              "NIC 0 comes first");
    EXPECT_EQ(
        first_objection(team + "create-nic 1/1 external\nconnect-nic 1/0\ndisconnect-nic 1/0\n"),
        "NIC 0 goes last");
}

TEST(Plan, KnowsWhenPacketsFlow) {
    const std::string vm = "create-port 2 synthetic\ncreate-nic 2/0 synthetic\nconnect-nic 2/0\n";
    EXPECT_EQ(first_objection(vm + "pause\nsend 2/0 to everyone\n"), "the stack does not run");
    EXPECT_EQ(first_objection("inactive\n" + vm + "send 2/0 to everyone\n"),
              "the switch is not active");
    EXPECT_EQ(first_objection("late\n" + vm + "attach\nrestart\nsend 2/0 to everyone\n"), "");
}

TEST(Plan, AStepThatMayNotBeTakenChangesNothing) {
    Plan plan(Scenario{});
    plan.take(Step{.verb = Verb::create_nic, .port = 2});
    EXPECT_TRUE(plan.ports().empty());
}

TEST(Plan, KnowsThePropertiesOfTheSwitch) {
    EXPECT_EQ(first_objection("update-switch-property 1\ndelete-switch-property 1\n"), "");
    EXPECT_EQ(first_objection("add-switch-property 1\nadd-switch-property 2\n"), "");
    EXPECT_EQ(first_objection("add-switch-property 1\nadd-switch-property 1\n"),
              "the switch has that property");
    EXPECT_EQ(first_objection("delete-switch-property 1\nupdate-switch-property 1\n"),
              "the switch has no such property");
    EXPECT_EQ(first_objection("delete-switch-property 1\nadd-switch-property 1\n"), "");
}

/// A quick look that says "no step of that verb" spares the trying of many.
TEST(Plan, TheQuickLookNeverMissesAStep) {
    std::array<std::size_t, verb_count> spared{};
    std::size_t                         possible = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const Scenario scenario = random_scenario(seed);
        const Scenario tried    = random_scenario(seed + 1'000'000);
        Plan           plan(scenario);
        for (const Step& step : scenario.steps) {
            for (const Step& other : tried.steps) {
                const bool may = plan.objection(other).empty();
                EXPECT_TRUE(!may || plan.may_come_to(other.verb)) << "seed " << seed;
                possible += may;
                spared[static_cast<std::size_t>(other.verb)] += !plan.may_come_to(other.verb);
            }
            plan.take(step);
        }
    }
    EXPECT_GT(possible, 0U);
    EXPECT_GT(std::ranges::count_if(spared, [](std::size_t times) { return times > 0; }), 15);
}

}  // namespace
}  // namespace interlock::harness
