#pragma once

// Every state that a system reaches and every step between them, breadth first.

#include <cstdint>
#include <vector>

#include "model/explore/packed.hpp"

namespace interlock::model {

class StateSet;

class Exploration {
public:
    /// Explores it all. Takes eight bytes a state for the set, doubled to quadrupled by its free
    /// places, and twelve to remember how each was reached.
    /// @pre as of PackedSystem; fewer than 2^32 states.
    Exploration(const System& system, std::int64_t count_max);

    std::uint64_t states() const {
        return found.size();
    }
    /// Pairs of a state and an action that can be taken in it, also if it leads back there.
    std::uint64_t transitions() const {
        return steps;
    }
    /// Steps to the state that is farthest from the initial one.
    std::size_t depth() const {
        return levels;
    }

    /// In how many states the action can be taken.
    std::uint64_t times_possible(std::size_t action) const {
        return taken[action].times;
    }

    /// The actions of a shortest run that ends with this one. Empty if there is none.
    std::vector<std::size_t> shortest_run(std::size_t action) const;

    /// The states, nearest first.
    const std::vector<PackedState>& reached() const {
        return found;
    }
    const PackedSystem& packed() const {
        return system;
    }

private:
    struct Step {
        PackedState   to;
        std::uint32_t from;
    };
    struct Taken {
        std::uint64_t times = 0;
        std::uint32_t first = 0;  // Place in `found` of the first state in which it is possible.
    };

    void        explore();
    std::size_t look_ahead(std::size_t place, const StateSet& seen, Step* ahead);

    PackedSystem               system;
    std::vector<PackedState>   found;
    std::vector<std::uint32_t> came_from;  // Place in `found`, for each state.
    std::vector<Taken>         taken;
    std::uint64_t              steps  = 0;
    std::size_t                levels = 0;
};

/// Both at once, neither knowing of the other. The variables of `second` come after the others.
System beside(const System& first, const System& second);

}  // namespace interlock::model
