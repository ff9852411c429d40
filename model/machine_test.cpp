// What every exported machine has in common.

#include "model/machine.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace interlock::model {
namespace {

TEST(Machine, HasACellOrABlankForEveryStateAndEventAndNeverTwo) {
    for (const Machine* machine : machines()) {
        std::set<std::pair<int, int>> pairs;
        for (const Cell& cell : machine->cells)
            pairs.insert({cell.from, cell.event});
        for (const Blank& blank : machine->blanks)
            pairs.insert({blank.from, blank.event});
        EXPECT_EQ(pairs.size(), machine->states.size() * machine->events.size()) << machine->name;
        EXPECT_EQ(pairs.size(), machine->cells.size() + machine->blanks.size()) << machine->name;
    }
}

TEST(Machine, NamesOnlyStatesEventsAndGuardsThatItHas) {
    for (const Machine* machine : machines()) {
        for (const Cell& cell : machine->cells) {
            EXPECT_LT(cell.to, machine->states.size()) << machine->name;
            EXPECT_EQ(cell.guards >> machine->guards.size(), 0) << machine->name;
        }
        for (const Blank& blank : machine->blanks) {
            EXPECT_LT(blank.to, machine->states.size()) << machine->name;
        }
    }
}

TEST(Machine, AsksForEachOfItsGuardsSomewhere) {
    for (const Machine* machine : machines()) {
        unsigned asked = 0;
        for (const Cell& cell : machine->cells)
            asked |= cell.guards;
        EXPECT_EQ(asked, (1U << machine->guards.size()) - 1) << machine->name;
    }
}

TEST(Machine, GivesEveryCellBlankAndGuardARule) {
    for (const Machine* machine : machines()) {
        for (const Cell& cell : machine->cells)
            EXPECT_NE(cell.rule, "") << machine->name;
        for (const Blank& blank : machine->blanks)
            EXPECT_NE(blank.rule, "") << machine->name;
        for (const Guard& guard : machine->guards)
            EXPECT_NE(guard.rule, "") << machine->name;
    }
}

TEST(DenseTable, SaysOfEveryPairWhatItsCellOrBlankSays) {
    for (const Machine* machine : machines()) {
        const DenseTable table(*machine);
        for (const Cell& cell : machine->cells) {
            const Step& step = table.at(cell.from, cell.event);
            EXPECT_TRUE(step.filled);
            EXPECT_EQ(step.to, cell.to);
            EXPECT_EQ(step.guards, cell.guards);
            EXPECT_EQ(&machine->cells[step.cell], &cell);
        }
        for (const Blank& blank : machine->blanks) {
            const Step& step = table.at(blank.from, blank.event);
            EXPECT_FALSE(step.filled);
            EXPECT_EQ(step.to, blank.to);
            EXPECT_EQ(&machine->blanks[step.cell], &blank);
        }
    }
}

}  // namespace
}  // namespace interlock::model
