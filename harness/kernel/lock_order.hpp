#pragma once

// In which order locks are taken, one under the other, in a whole run. Two tasks that take them in
// opposite orders can wait for each other for ever, whether or not they did so this time.
// Source: deadlock-detection, "Causes of Deadlocks".

#include <optional>
#include <span>
#include <vector>

#include "harness/kernel/locks.hpp"

namespace interlock::harness {

/// A lock was taken while another was held.
struct Taken {
    Held          under;               // The one that was held,
    Held          lock;                // and the one that was taken.
    std::uint32_t stack_of_under = 0;  // See CallStacks.
    std::uint32_t stack          = 0;
};

/// Two that cannot both be right.
struct Inversion {
    Taken earlier;
    Taken now;
};

class LockOrder {
public:
    void begin() {
        edges.clear();
    }

    bool empty() const {
        return edges.empty();
    }

    /// A task takes a lock.
    /// @param all    every hold there is, that one not among them.
    /// @param stack  where it is taken.
    /// @return what contradicts, if something does: each pair of locks once. Nothing does where
    ///         it was the same task, where a third lock kept the two apart, or where both only
    ///         read the lock that the other waits for.
    std::optional<Inversion> take(const Held& lock, std::span<const Held> all, std::uint32_t stack);

    /// There are no locks in these bytes any more.
    void forget_within(const void* memory, std::size_t bytes);

private:
    struct Edge {
        Taken                    taken;
        std::vector<const void*> gates;  // What else its task held, not for reading.
        bool                     told = false;
    };

    Edge* opposite(const Edge& edge);
    bool  is_known(const Edge& edge) const;

    std::vector<Edge> edges;
};

}  // namespace interlock::harness
