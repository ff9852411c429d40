#pragma once

// A transition system whose states are 64 bits each.

#include <cstdint>
#include <vector>

#include "model/system.hpp"

namespace interlock::model {

using PackedState = std::uint64_t;

/// No state looks like this: a system has at most 63 bits.
inline constexpr PackedState no_state = ~PackedState{0};

/// Each variable has a field of its own. An action that would leave a count below nothing or above
/// `count_max` cannot be taken, so that there are finitely many states.
class PackedSystem {
public:
    /// @pre the system has one initial state, and its variables have room in 63 bits.
    PackedSystem(const System& system, std::int64_t count_max);

    PackedState initial() const {
        return first;
    }
    std::int64_t value(PackedState state, Variable variable) const {
        return static_cast<std::int64_t>(state >> fields[variable].shift & fields[variable].mask);
    }
    PackedState after(PackedState state, std::size_t action) const {
        return (state & changes[action].keep) + changes[action].add;
    }

    /// Calls `take(action, state after it)` for every action that can be taken, in their order.
    template <class Take>
    void for_each_step(PackedState state, Take take) const {
        for (std::size_t word = 0; word < words; ++word) {
            std::uint64_t possible = ~std::uint64_t{0};
            for (const Group& group : groups)
                possible &= allowed[group.at + (state >> group.shift & group.mask) * words + word];
            for (; possible != 0; possible &= possible - 1) {
                const auto bit    = static_cast<std::size_t>(__builtin_ctzll(possible));
                const auto action = word * 64 + bit;
                take(action, after(state, action));
            }
        }
    }

private:
    struct Field {
        unsigned      shift = 0;
        std::uint64_t mask  = 0;
        std::int64_t  max   = 0;
    };
    struct Change {
        std::uint64_t keep = ~std::uint64_t{0};
        std::uint64_t add  = 0;
    };
    /// Neighbouring fields, looked up together: what their values allow, as one bit an action.
    struct Group {
        Variable      begin = 0;
        Variable      end   = 0;
        unsigned      shift = 0;
        std::uint64_t mask  = 0;
        std::size_t   at    = 0;
    };

    void lay_out(const System& system, std::int64_t count_max);
    void gather();
    void tabulate(const System& system, const Group& group);
    bool allows(const Action& action, const Group& group, PackedState state) const;
    void add_change(const Action& action);

    std::vector<Field>         fields;
    std::vector<Change>        changes;
    std::vector<Group>         groups;
    std::vector<std::uint64_t> allowed;
    std::size_t                words = 0;
    PackedState                first = 0;
};

}  // namespace interlock::model
