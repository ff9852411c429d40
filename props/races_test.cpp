// What tasks share in memory. Extensions that tell of each access to it (TRACE_MEMORY): good ones
// have no race, whatever the schedule. One that lacks a lock is found in two ways: by preemption
// between its accesses, as what then goes wrong, and by the order of its accesses, as RUN-06.
// INTERLOCK_RUNS=100000 makes it a long run; INTERLOCK_SEED says where to begin.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "harness/sched/replay.hpp"
#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

constexpr std::uint64_t runs_usual = 250;

enum class With : std::uint8_t { neither = 0, preemption = 1, races = 2, both = 3 };

harness::Scenario scenario_with(With with, std::uint64_t seed, const Stack& stack) {
    harness::Scenario scenario  = scenario_of(seed, stack);
    const auto        bits      = static_cast<unsigned>(with);
    scenario.preempts_at_memory = (bits & 1U) != 0;
    scenario.detects_races      = (bits & 2U) != 0;
    return scenario;
}

class GoodOnes : public testing::TestWithParam<Stack> {};

TEST_P(GoodOnes, HaveNoRacesAndAreGoodWhereverTheyArePreempted) {
    const Stack&        stack = GetParam();
    const auto          stage = open_stage(stack);
    const std::uint64_t first = first_seed();
    const std::uint64_t runs  = runs_wanted(runs_usual);
    Bites               plain, bites;
    int                 failures = 0;
    for (std::uint64_t seed = first; seed < first + runs && failures < 3; ++seed) {
        plain.add(play(*stage, scenario_with(With::neither, seed, stack)));
        const harness::Scenario     scenario    = scenario_with(With::both, seed, stack);
        const harness::Performance& performance = play(*stage, scenario);
        bites.add(performance);
        if (went_well(performance)) continue;
        ++failures;
        ADD_FAILURE() << "seed " << seed << ": "
                      << story(scenario, performance, name_of(stack) + "_" + std::to_string(seed));
    }
    std::cout << name_of(stack) << ": " << bites.text() << "; " << bites.switches - plain.switches
              << " of the switches' places are memory\n";
    EXPECT_GT(bites.switches, plain.switches * 3 / 2) << "no access to memory was a place";
}

INSTANTIATE_TEST_SUITE_P(Traced, GoodOnes,
                         testing::Values(Stack{"pass_through_traced"}, Stack{"vlan_acl_traced"},
                                         Stack{"broadcast_pacer_traced"}, Stack{"cloner_traced"},
                                         Stack{"forwarder_traced"}, Stack{"control_device_traced"},
                                         Stack{"source_guard_traced"},
                                         Stack{"exempting_guard_traced"},
                                         Stack{"capture_traced", "broadcast_pacer_traced",
                                               "forwarder_traced"}),
                         [](const auto& about) { return name_of(about.param); });

const Stack unlocked{"faulty_held_without_lock"};

/// The id of the rule that was broken first by the extension; empty if none was.
std::string broken(const harness::Performance& performance) {
    const model::Violation* const first = first_violation(performance);
    if (first == nullptr || first->guilty != model::Party::extension) return {};
    return std::string(model::rules()[first->rule].id);
}

TEST(AnUnlockedList, IsNotSeenWithoutEither) {
    const auto stage = open_stage(unlocked);
    for (std::uint64_t seed = first_seed(); seed < first_seed() + 500; ++seed) {
        const harness::Scenario scenario = scenario_with(With::neither, seed, unlocked);
        ASSERT_EQ(broken(play(*stage, scenario)), "") << "seed " << seed;
    }
}

TEST(AnUnlockedList, IsSeenAsARaceInFewRuns) {
    const auto    stage = open_stage(unlocked);
    std::uint64_t runs  = 0;
    std::string   rule;
    while (rule.empty() && runs < 100)
        rule = broken(play(*stage, scenario_with(With::races, first_seed() + runs++, unlocked)));
    std::cout << "RUN-06 in run " << runs << "\n";
    EXPECT_EQ(rule, "RUN-06");
}

/// With what each did, from where, to which memory, and under which locks.
TEST(AnUnlockedList, IsToldOfWithBothAccesses) {
    harness::StageOptions options;
    options.keep_stacks              = [] { return true; };
    const auto                 stage = open_stage(unlocked, options);
    std::vector<harness::Note> notes;
    for (std::uint64_t run = 0; notes.empty() && run < 100; ++run)
        notes = play(*stage, scenario_with(With::races, first_seed() + run, unlocked))
                    .stacks->all_notes();
    ASSERT_GE(notes.size(), 4U);
    for (std::size_t note = 0; note < 4; ++note)
        std::cout << notes[note].text << (notes[note].stack != 0 ? ", with a stack" : "") << "\n";
    EXPECT_NE(notes[0].text.find(" bytes"), std::string::npos);
    EXPECT_NE(notes[1].text.find(" had before, unordered, "), std::string::npos);
    EXPECT_NE(notes[2].text.find("bytes that were allocated"), std::string::npos);
    EXPECT_EQ(notes[3].text, "neither held a lock");
    for (std::size_t note = 0; note < 3; ++note)
        EXPECT_NE(notes[note].stack, 0U) << notes[note].text;
}

/// Packets are lost when two tasks change the list at once. What is found is replayed from its
/// decisions alone.
TEST(AnUnlockedList, LosesPacketsUnderPreemptionAndDoesSoAgain) {
    const auto        stage = open_stage(unlocked);
    std::uint64_t     runs  = 0;
    harness::Scenario found;
    std::string       rule;
    while (rule.empty() && runs < 3000) {
        found = scenario_with(With::preemption, first_seed() + runs++, unlocked);
        const auto         scheduler = scheduler_for(found);
        harness::Recording recording(*scheduler);
        rule            = broken(stage->run(found, recording));
        found.decisions = recording.decisions();
    }
    ASSERT_NE(rule, "") << "nothing in " << runs << " runs";
    const auto at_memory =
        std::ranges::count_if(found.decisions, [](const harness::Decision& decision) {
            return decision.place.starts_with("faulty_held_without_lock:");
        });
    std::cout << rule << " in run " << runs << ", " << found.decisions.size() << " decisions, "
              << at_memory << " of them at memory\n";
    EXPECT_GT(at_memory, 0);
    for (int again = 0; again < 100; ++again)
        ASSERT_EQ(broken(play(*stage, found)), rule) << "replay " << again;
}

/// A program asks what the notifications of the switch write; each way in has a lock of its own.
TEST(ASecondWayIn, IsSeenAsARaceAndByNothingElse) {
    const Stack   stack{"faulty_asked_without_lock"};
    const auto    stage = open_stage(stack);
    std::uint64_t races = 0;
    for (std::uint64_t seed = first_seed(); seed < first_seed() + runs_usual; ++seed) {
        EXPECT_EQ(broken(play(*stage, scenario_with(With::neither, seed, stack))), "");
        const std::string rule = broken(play(*stage, scenario_with(With::races, seed, stack)));
        races += rule == "RUN-06";
        EXPECT_TRUE(rule.empty() || rule == "RUN-06") << rule << ", seed " << seed;
    }
    std::cout << "RUN-06 in " << races << " of " << runs_usual << " runs\n";
    EXPECT_GT(races, 0U);
}

/// It reads, which no sum tells of: the status of what it sent, and a request that it answered.
TEST(WhatWasGivenAway, IsReadByNobody) {
    const Stack                         stack{"faulty_reads_given_away"};
    const auto                          stage = open_stage(stack);
    std::map<std::string, std::int32_t> seen;
    for (std::uint64_t seed = first_seed(); seed < first_seed() + 50; ++seed) {
        EXPECT_EQ(broken(play(*stage, scenario_with(With::neither, seed, stack))), "");
        for (const With with : {With::preemption, With::races})
            ++seen[broken(play(*stage, scenario_with(with, seed, stack)))];
    }
    for (const auto& [rule, runs] : seen)
        std::cout << (rule.empty() ? "nothing" : rule) << " first in " << runs << " of 100 runs\n";
    EXPECT_GT(seen["NBL-07"], 0);
    EXPECT_GT(seen["RUN-07"], 0);
    // What is read while somebody else writes to it is a race, too.
    EXPECT_EQ(seen[""] + seen["NBL-07"] + seen["RUN-07"] + seen["RUN-06"], 100);
}

/// On one stage and on another, whose memory lies elsewhere, after other runs.
TEST(WithMemory, TheSameRunTwiceGivesTheSameTrace) {
    const Stack   stack{"forwarder_traced"};
    const auto    once = open_stage(stack), again = open_stage(stack);
    std::uint64_t events = 0;
    for (std::uint64_t seed = first_seed(); seed < first_seed() + 60; ++seed) {
        const harness::Scenario         scenario = scenario_with(With::both, seed, stack);
        const auto                      trace    = play(*once, scenario).trace;
        const std::vector<model::Event> kept(trace.begin(), trace.end());
        play(*again, scenario_with(With::both, ~seed, stack));
        const auto other = play(*again, scenario).trace;
        ASSERT_EQ(kept.size(), other.size()) << "seed " << seed;
        ASSERT_TRUE(std::ranges::equal(std::as_bytes(std::span(kept)), std::as_bytes(other)))
            << "seed " << seed;
        events += kept.size();
    }
    EXPECT_GT(events, 1000U);
}

/// A fuzzer's bytes decide at memory, too.
TEST(WithMemory, BytesDecide) {
    const auto                stage = open_stage(unlocked);
    std::vector<std::uint8_t> bytes(4096);
    std::uint32_t             at_memory = 0;
    for (std::uint8_t round = 1; round <= 20; ++round) {
        const harness::Scenario scenario = scenario_with(With::preemption, round, unlocked);
        std::ranges::generate(bytes, [next = std::uint32_t{round}]() mutable {
            next = next * 1103515245 + 12345;
            return static_cast<std::uint8_t>(next >> 16);
        });
        const auto         scheduler = harness::fuzz_bytes(bytes);
        harness::Recording recording(*scheduler);
        const std::size_t  events = stage->run(scenario, recording).trace.size();
        for (const harness::Decision& decision : recording.decisions())
            at_memory += decision.is_switch && decision.place.starts_with(unlocked.front());
        ASSERT_EQ(stage->run(scenario, recording).trace.size(), events);
    }
    EXPECT_GT(at_memory, 0U);
}

}  // namespace
}  // namespace interlock::props
