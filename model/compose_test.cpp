// The composition walked state by state, without Z3, as far as counts of at most one reach. The
// number of states is a snapshot of the model: a changed row changes it.

#include "model/compose.hpp"

#include <deque>
#include <set>

#include <gtest/gtest.h>

namespace interlock::model {
namespace {

using State = std::vector<std::int64_t>;

bool holds(const Cube& cube, const State& state) {
    for (const Bounds& bounds : cube) {
        const std::int64_t value = state[bounds.variable];
        if (value < bounds.at_least || value > bounds.at_most) return false;
    }
    return true;
}

State after(const Action& action, State state) {
    for (const Effect& effect : action.effects) {
        std::int64_t& value = state[effect.variable];
        value = effect.kind == Effect::Kind::becomes ? effect.value : value + effect.value;
    }
    return state;
}

/// Whether no count exceeds one.
bool small(const System& system, const State& state) {
    for (Variable variable = 0; variable < state.size(); ++variable) {
        if (system.variables[variable].words.empty() && state[variable] > 1) return false;
    }
    return true;
}

std::set<State> reachable(const System& system) {
    std::set<State>   seen{State(system.variables.size(), 0)};
    std::deque<State> next(seen.begin(), seen.end());
    for (; !next.empty(); next.pop_front()) {
        for (const Action& action : system.actions) {
            if (!holds(action.when, next.front())) continue;
            State reached = after(action, next.front());
            if (small(system, reached) && seen.insert(reached).second)
                next.push_back(std::move(reached));
        }
    }
    return seen;
}

TEST(Composition, HasItsNumberOfStates) {
    EXPECT_EQ(reachable(compose(documented(), 1).system).size(), 167U);
    EXPECT_EQ(reachable(compose(documented(), 2).system).size(), 1671U);
    EXPECT_EQ(reachable(compose(empty(), 1).system).size(), 1U);
}

TEST(Composition, KeepsInEveryStateWhatZ3ProvesOfAll) {
    const Composition composed = compose(documented(), 2);
    const auto&       first    = composed.connections[0];
    const auto&       bound    = composed.connections[1];
    std::size_t       together = 0;
    for (const State& state : reachable(composed.system)) {
        for (const Connection& own : composed.connections) {
            const bool gone = holds({is(own.nic, NicState::deleting)}, state) ||
                              holds({is(own.nic, NicState::absent)}, state);
            if (gone) {
                EXPECT_EQ(state[own.packets] + state[own.oids] + state[own.references], 0);
                continue;
            }
            EXPECT_TRUE(holds({is(composed.port, PortState::created)}, state));
        }
        if (holds({is(bound.nic, NicState::absent)}, state)) continue;
        ++together;
        EXPECT_TRUE(holds({between(first.nic, NicState::created, NicState::connected)}, state));
    }
    EXPECT_GT(together, 0U);
}

TEST(Composition, TakesAwayWhatATwinTakesAway) {
    Tables tables = documented();
    tables.nic.forget_guard(NicGuard::no_packets);
    for (const Cell& cell : tables.nic.cells)
        EXPECT_EQ(cell.guards >> static_cast<unsigned>(NicGuard::no_packets) & 1U, 0U);

    tables.nic.forget_row(NicState::created, NicEvent::connect_issued);
    EXPECT_EQ(tables.nic.cells.size(), nic_machine().cells.size() - 1);
    EXPECT_LT(reachable(compose(tables, 1).system).size(),
              reachable(compose(documented(), 1).system).size());
}

}  // namespace
}  // namespace interlock::model
