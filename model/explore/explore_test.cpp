#include "model/explore/explore.hpp"

#include <gtest/gtest.h>

#include "model/compose.hpp"
#include "model/explore/state_set.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view lamp_words[] = {"off", "on", "broken"};

/// A lamp that breaks when it is switched on for the third time.
System lamp() {
    System system;
    system.add("lamp", lamp_words);
    system.add("count");
    system.initial = {is(0, 0), is(1, 0)};
    system.actions = {
        {"on", {is(0, 0), between(1, 0, 1)}, {becomes(0, 1), changes_by(1, 1)}},
        {"off", {is(0, 1)}, {becomes(0, 0)}},
        {"breaks", {is(0, 0), is(1, 2)}, {becomes(0, 2)}},
        {"mended", {is(0, 2), is(1, 0)}, {becomes(0, 0)}},
    };
    return system;
}

TEST(Exploration, CountsStatesAndSteps) {
    const Exploration explored(lamp(), 3);
    EXPECT_EQ(explored.states(), 6U);
    EXPECT_EQ(explored.transitions(), 5U);
    EXPECT_EQ(explored.depth(), 5U);
    EXPECT_EQ(explored.times_possible(0), 2U);
    EXPECT_EQ(explored.times_possible(3), 0U);
}

TEST(Exploration, FindsTheShortestRunToAnAction) {
    const Exploration explored(lamp(), 3);
    EXPECT_EQ(explored.shortest_run(2), (std::vector<std::size_t>{0, 1, 0, 1, 2}));
    EXPECT_EQ(explored.shortest_run(0), std::vector<std::size_t>{0});
    EXPECT_TRUE(explored.shortest_run(3).empty());
}

TEST(Exploration, CountsNoFurtherThanItIsAllowed) {
    const Exploration explored(lamp(), 1);
    EXPECT_EQ(explored.states(), 3U);  // Off, on, and off again: the second time would be two.
}

TEST(Exploration, GoesBackAlongEveryRunItTells) {
    const System      system = compose(documented(), 2).system;
    const Exploration explored(system, 1);
    std::size_t       told = 0;
    for (std::size_t action = 0; action < system.actions.size(); ++action) {
        const auto  run   = explored.shortest_run(action);
        PackedState state = explored.packed().initial();
        for (const std::size_t taken : run) {
            bool possible = false;
            explored.packed().for_each_step(
                state, [&](std::size_t one, PackedState) { possible |= one == taken; });
            ASSERT_TRUE(possible) << system.actions[taken].name;
            state = explored.packed().after(state, taken);
        }
        told += run.empty() ? 0 : 1;
        if (!system.actions[action].rule.empty()) {
            EXPECT_FALSE(run.empty())
                << "a row that never happens: " << system.actions[action].name;
        }
    }
    // Under a reference a port or adapter is not being deleted, so nobody can send an OID then.
    EXPECT_EQ(told, system.actions.size() - 3);
}

// The numbers are a snapshot of the model: a changed row changes them. props/spin says them too.
TEST(Exploration, KnowsEveryStateOfTwoPortsWithTwoConnectionsEach) {
    const System      port = compose(documented(), 2).system;
    const Exploration one(port, 1);
    EXPECT_EQ(one.states(), 1'671U);
    EXPECT_EQ(one.transitions(), 18'263U);
    EXPECT_EQ(one.depth(), 20U);

    const Exploration two(beside(port, port), 1);
    EXPECT_EQ(two.states(), 2'792'241U);
    EXPECT_EQ(two.transitions(), 61'034'946U);
    EXPECT_EQ(two.depth(), 40U);
}

TEST(Beside, IsAProductWhereNothingIsShared) {
    const System      port = compose(documented(), 1).system;
    const Exploration one(port, 2);
    const Exploration two(beside(port, port), 2);
    EXPECT_EQ(two.states(), one.states() * one.states());
    EXPECT_EQ(two.transitions(), 2 * one.states() * one.transitions());
    EXPECT_EQ(two.depth(), 2 * one.depth());
}

TEST(StateSet, KnowsWhatItHasSeen) {
    StateSet seen;
    for (PackedState state = 0; state < 100'000; ++state)
        ASSERT_TRUE(seen.insert(state << 12));
    for (PackedState state = 0; state < 100'000; ++state)
        ASSERT_FALSE(seen.insert(state << 12));
    EXPECT_TRUE(seen.insert(1));
}

}  // namespace
}  // namespace interlock::model
