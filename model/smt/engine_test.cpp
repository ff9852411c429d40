// The prover on systems that one can see through. What it says of the machines is worth as much as
// what it says of these.

#include "model/smt/engine.hpp"

#include <gtest/gtest.h>

namespace interlock::model::smt {
namespace {

constexpr std::string_view lamp_words[] = {"off", "on"};

/// A lamp that counts how often it was switched on, up to `at_most` times.
System lamp(std::int64_t at_most) {
    System         system;
    const Variable state = system.add("lamp", lamp_words);
    const Variable count = system.add("count");
    system.initial       = {is(state, 0), is(count, 0)};
    system.actions       = {
        {"switch on",
               {is(state, 0), {count, 0, at_most - 1}},
               {becomes(state, 1), changes_by(count, 1)},
               "LAMP-01"},
        {"switch off", {is(state, 1)}, {becomes(state, 0)}, "LAMP-02"},
    };
    return system;
}

TEST(Always, IsProvedByInduction) {
    EXPECT_EQ(always(lamp(3), {{{}, {{1, 0, 3}}}}, {0}).answer, Answer::proved);
}

TEST(Always, IsRefutedByTheShortestRun) {
    const Finding finding = always(lamp(3), {{{}, {{1, 0, 1}}}}, {8});
    EXPECT_EQ(finding.answer, Answer::refuted);
    EXPECT_EQ(finding.witness, "switch on\nswitch off\nswitch on\nthere: lamp on, count 2\n");
}

TEST(Always, IsRefutedWhereItBegins) {
    const Finding finding = always(lamp(3), {{{}, {some(1)}}}, {8});
    EXPECT_EQ(finding.answer, Answer::refuted);
    EXPECT_EQ(finding.witness, "there: lamp off, count 0\n");
}

// A lamp that was never switched on is not on: true, but not by one step alone.
TEST(Always, IsUnknownWhereAStepBreaksItFromAStateThatMayBeUnreachable) {
    System broken_from_elsewhere  = lamp(3);
    broken_from_elsewhere.actions = {{"jump", {is(1, 7)}, {becomes(1, 8)}}};
    const Finding finding         = always(broken_from_elsewhere, {{{}, {{1, 0, 7}}}}, {4});
    EXPECT_EQ(finding.answer, Answer::unknown);
    EXPECT_TRUE(finding.witness.starts_with("perhaps unreachable: "));
}

TEST(Never, NeedsNoHelp) {
    System system  = lamp(3);
    system.actions = {{"jump", {is(1, 7)}, {becomes(1, 8)}}};
    EXPECT_EQ(never(system, {is(1, 8)}, {4}).answer, Answer::proved);
    EXPECT_EQ(never(lamp(3), {is(1, 4)}, {4}).answer, Answer::proved);
}

TEST(Never, IsRefutedByARun) {
    const Finding finding = never(lamp(3), {is(1, 1), is(0, 0)}, {4});
    EXPECT_EQ(finding.answer, Answer::refuted);
    EXPECT_EQ(finding.witness, "switch on\nswitch off\nthere: lamp off, count 1\n");
}

TEST(Sometimes, FindsTheShortestRun) {
    const Finding finding = sometimes(lamp(3), {is(1, 1)}, {4});
    EXPECT_EQ(finding.answer, Answer::proved);
    EXPECT_EQ(finding.witness, "switch on\nthere: lamp on, count 1\n");
}

TEST(Sometimes, IsRefutedOnlyByAWholeSearch) {
    EXPECT_EQ(sometimes(lamp(3), {is(1, 4)}, {8}).answer, Answer::unknown);
    EXPECT_EQ(sometimes(lamp(3), {is(1, 4)}, {8, Depth::Kind::whole}).answer, Answer::refuted);
}

TEST(EveryRowHappens, NamesTheRowsThatDoNot) {
    EXPECT_EQ(every_row_happens(lamp(1), {2}).answer, Answer::proved);

    const Finding finding = every_row_happens(lamp(0), {2, Depth::Kind::whole});
    EXPECT_EQ(finding.answer, Answer::refuted);
    EXPECT_EQ(finding.witness, "never: switch on\nnever: switch off\n");
}

TEST(EveryRowHappens, IsNotTrueOfNoRows) {
    EXPECT_EQ(every_row_happens({}, {2}).answer, Answer::refuted);
}

TEST(Impossible, LooksAtStatesReachableOrNot) {
    EXPECT_EQ(impossible(lamp(3), "switch off", {is(0, 0)}).answer, Answer::proved);

    const Finding finding = impossible(lamp(3), "switch off", {is(1, 99)});
    EXPECT_EQ(finding.answer, Answer::refuted);
    EXPECT_EQ(finding.witness, "switch off in lamp on, count 99\n");
}

TEST(Deterministic, FindsTwoActionsOfOneName) {
    System system = lamp(3);
    EXPECT_EQ(deterministic(system).answer, Answer::proved);

    system.actions.push_back({"switch on", {is(1, 0)}, {}, "LAMP-03"});
    const Finding finding = deterministic(system);
    EXPECT_EQ(finding.answer, Answer::refuted);
    EXPECT_EQ(finding.witness, "twice switch on\nin lamp off, count 0\n");
}

TEST(Descends, NeedsAWayDownFromEverywhere) {
    System system  = lamp(3);
    system.actions = {{"switch off", {is(0, 1)}, {becomes(0, 0)}},
                      {"less", {some(1)}, {changes_by(1, -1)}}};
    const Cube    goal{is(0, 0), is(1, 0)};
    const Weights weights{{0, 1}, {}};
    EXPECT_EQ(descends(system, weights, goal, {4}).answer, Answer::proved);

    system.actions.pop_back();
    EXPECT_EQ(descends(system, weights, goal, {4}).answer, Answer::unknown);  // Never counts.
    system.actions.push_back({"more", {}, {changes_by(1, 1)}});
    EXPECT_EQ(descends(system, weights, goal, {4}).answer, Answer::refuted);
}

TEST(SameSteps, DifferByAGuard) {
    EXPECT_EQ(same_steps(lamp(3), lamp(3)).answer, Answer::proved);
    const Finding finding = same_steps(lamp(3), lamp(2));
    EXPECT_EQ(finding.answer, Answer::refuted);
    EXPECT_TRUE(finding.witness.starts_with("switch on in lamp off")) << finding.witness;
}

}  // namespace
}  // namespace interlock::model::smt
