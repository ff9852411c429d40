#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>

#include "fuzz/bundled.hpp"
#include "fuzz/contained_stage.hpp"
#include "fuzz/coverage.hpp"
#include "fuzz/loop.hpp"
#include "fuzz/minimise.hpp"
#include "harness/scenario/bytes.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using harness::Scenario;

std::unique_ptr<ContainedStage> open(const std::string& extension) {
    return opened_with({bundled(extension)});
}

Scenario scenario_of(const std::string& steps) {
    return std::get<Scenario>(harness::parse_text("interlock scenario 1\n" + steps, "a.scenario"));
}

const Listener deaf{.progress = [](const Progress&) { return true; },
                    .finding  = [](const Finding&) { return true; }};

TEST(Coverage, CountsInEightClasses) {
    const std::vector<std::uint64_t> counts{1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 127, 128, 255};
    std::vector<std::uint32_t>       found;
    for (const auto count : counts)
        found.push_back(class_of(count));
    EXPECT_THAT(found, testing::ElementsAre(0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7));
}

TEST(ContainedStage, PlaysTheSameAgain) {
    const auto stage = open("forwarder");
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Scenario scenario = harness::random_scenario(seed);
        const Play     first    = stage->play(scenario);
        EXPECT_EQ(first.end, Play::End::ended);
        EXPECT_TRUE(first.trace == stage->play(scenario).trace) << to_text(scenario);
    }
}

TEST(ContainedStage, SaysOfABatchWhatItSaysOfEach) {
    const auto            stage = open("faulty_disconnect_ignored");
    std::vector<Scenario> scenarios;
    for (std::uint64_t seed = 0; seed < batch_max; ++seed) {
        scenarios.push_back(harness::random_scenario(seed));
    }
    const auto                 played = stage->play_batch(scenarios).played;
    const std::vector<Summary> summaries(played.begin(), played.end());
    ASSERT_EQ(summaries.size(), scenarios.size());
    for (std::size_t slot = 0; slot < summaries.size(); ++slot) {
        const auto verdict = verdict_of(stage->play(scenarios[slot]), scenarios[slot]);
        EXPECT_EQ(summaries[slot].outcome, verdict.outcome);
        EXPECT_EQ(summaries[slot].events, verdict.events);
    }
}

TEST(ContainedStage, ReplaysItsDecisions) {
    const auto stage = open("forwarder");
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Scenario   scenario = harness::random_scenario(seed);
        const Play first    = stage->play(scenario);
        scenario.schedule   = harness::ScheduleKind::round_robin;
        scenario.decisions  = first.decisions;
        EXPECT_TRUE(first.trace == stage->play(scenario).trace) << "seed " << seed;
    }
}

TEST(Minimise, LeavesOnlyWhatIsNeeded) {
    const auto     stage    = open("pass_through");
    const Scenario scenario = scenario_of(
        "schedule random 3\n"
        "create-port 2 synthetic\ncreate-nic 2/0 synthetic\n"
        "connect-nic 2/0\nsend 2/0 to everyone packets 4\n"
        "wait\nforce create-port 2 synthetic\n"
        "send 2/0 to everyone\nwait\n");
    const auto fault = fault_of(*stage, scenario);
    ASSERT_TRUE(fault);
    const Scenario small = minimise(*stage, scenario, *fault, 1000);
    EXPECT_EQ(fault_of(*stage, small), fault);
    EXPECT_EQ(small.schedule, harness::ScheduleKind::round_robin);
    EXPECT_EQ(small.steps.size(), 2U) << to_text(small);
}

/// What needs a schedule gets smaller together with it: steps and decisions.
TEST(Minimise, FindsTheScheduleOfWhatIsLeft) {
    constexpr std::size_t steps_max = 9, decisions_max = 8, faults_wanted = 4;
    const auto            stage = open("faulty_unlocked_then_used");
    std::size_t           found = 0, steps = 0;
    for (std::uint64_t seed = 1; seed < 4000 && found < faults_wanted; ++seed) {
        const Scenario scenario = harness::random_scenario(seed);
        const auto     fault    = fault_of(*stage, scenario);
        if (!fault || scenario.steps.size() < 2 * steps_max) continue;
        const Scenario small = minimise(*stage, scenario, *fault, 10'000);
        EXPECT_EQ(fault_of(*stage, small), fault);
        EXPECT_LE(small.steps.size(), steps_max) << to_text(small);
        EXPECT_LE(small.decisions.size(), decisions_max) << to_text(small);
        steps += scenario.steps.size();
        ++found;
    }
    std::cout << found << " faults of " << steps << " steps in all\n";
    EXPECT_EQ(found, faults_wanted);
}

TEST(Loop, DoesTheSameForTheSameSeed) {
    std::vector<std::string> found[2];
    Progress                 progress[2];
    for (std::size_t time = 0; time < 2; ++time) {
        const auto stage    = open("faulty_created_as_connected");
        Listener   listener = deaf;
        listener.finding    = [&](const Finding& finding) {
            found[time].push_back(to_text(finding.scenario));
            return true;
        };
        LoopOptions options;
        options.seed     = 5;
        options.runs_max = 300;
        progress[time]   = run_loop(*stage, options, listener);
    }
    EXPECT_FALSE(found[0].empty());
    EXPECT_EQ(found[0], found[1]);
    EXPECT_EQ(progress[0].violating_runs, progress[1].violating_runs);
    EXPECT_EQ(progress[0].interesting, progress[1].interesting);
}

TEST(Loop, BeginsWithWhatItIsGiven) {
    const auto stage = open("pass_through");
    LoopOptions options;
    options.runs_max   = 1;
    options.begin_with = {scenario_of("create-port 2 synthetic\nforce create-port 2 synthetic\n")};
    Listener    listener = deaf;
    std::string found;
    listener.finding = [&](const Finding& finding) {
        found = to_text(finding.scenario);
        return true;
    };
    const Progress progress = run_loop(*stage, options, listener);
    EXPECT_EQ(progress.findings, 1U);
    EXPECT_THAT(found, testing::HasSubstr("force create-port 2 synthetic"));
}

TEST(Loop, StopsWhenItIsTold) {
    const auto stage    = open("faulty_created_as_connected");
    Listener   listener = deaf;
    listener.finding    = [](const Finding&) { return false; };
    const auto progress = run_loop(*stage, {}, listener);
    EXPECT_EQ(progress.findings, 1U);
}

TEST(Loop, ReachesTransitionsOfEveryMachine) {
    const auto  stage = open("forwarder");
    LoopOptions options;
    options.seed        = 1;
    options.runs_max    = 500;
    const auto progress = run_loop(*stage, options, deaf);
    EXPECT_EQ(progress.runs, 500U);
    EXPECT_GT(progress.restarted_runs, 250U);
    const Covered seen = covered(stage->seen());
    EXPECT_GT(seen.transitions, seen.transitions_all / 2);
    EXPECT_GT(seen.edges, stage->edges_all() / 4);
}

/// Each run is somebody's, and so is what it finds.
TEST(Loop, TellsOfEachEngineWhatCameOfItsRuns) {
    const auto  stage = open("faulty_disconnect_ignored");
    LoopOptions options;
    options.seed     = 1;
    options.runs_max = 200;
    std::vector<Engine> finders;
    Listener            listener = deaf;
    listener.finding             = [&](const Finding& finding) {
        finders.push_back(finding.engine);
        return true;
    };
    const Progress progress = run_loop(*stage, options, listener);
    EngineTally    all;
    for (const EngineTally& one : progress.engines) {
        all.runs += one.runs;
        all.violating += one.violating;
        all.interesting += one.interesting;
    }
    EXPECT_EQ(all.runs, 200U);
    EXPECT_EQ(all.violating, progress.violating_runs);
    EXPECT_EQ(all.interesting, progress.interesting);
    ASSERT_FALSE(finders.empty());
    EXPECT_GT(progress.engines[finders.front()].violating, 0U);
    const auto counts = tallies_of(counts_in(progress.engines));
    EXPECT_EQ(counts[finders.front()].runs, progress.engines[finders.front()].runs);
}

TEST(Loop, CountsInHowManyPlaysEachEdgeWasRun) {
    const auto stage = open("forwarder");
    const auto first =
        std::vector<std::uint64_t>(stage->edge_runs().begin(), stage->edge_runs().end());
    ASSERT_EQ(first.size(), stage->edges_all());
    ASSERT_EQ(stage->codes().size(), 1U);
    EXPECT_EQ(stage->codes().front().edges.size(), first.size());
    EXPECT_FALSE(stage->codes().front().flow.empty());
    EXPECT_EQ(std::ranges::max(first), 1U) << "it was entered once, to see whether it starts";
    (void)stage->play(scenario_of("create-port 2 synthetic\ncreate-nic 2/0 synthetic\n"));
    EXPECT_EQ(std::ranges::max(stage->edge_runs()), 2U);
    EXPECT_GT(std::ranges::count_if(stage->edge_runs(), [](auto runs) { return runs > 0; }),
              std::ranges::count_if(first, [](auto runs) { return runs > 0; }));
}

}  // namespace
}  // namespace interlock::fuzz
