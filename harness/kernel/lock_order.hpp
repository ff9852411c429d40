#pragma once

// In which order locks are taken, one under the other, in a whole run. Tasks that take them in a
// circle, two in opposite orders or more by way of others, can wait for each other for ever,
// whether or not they did so this time. Mutexes and resources count as spin locks do.
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

/// They cannot all be right.
struct Inversion {
    Taken              now;
    std::vector<Taken> earlier;  // From the lock taken now round to the one it was taken under.
};

class LockOrder {
public:
    void begin() {
        edges.clear();
        waitable.begin();
    }

    bool empty() const {
        return edges.empty() && waitable.held().empty();
    }

    /// A task takes a lock.
    /// @param spinning  every hold of spin and RW locks there is, that one not among them.
    /// @param stack     where it is taken.
    /// @return what closes a circle, if something does: each pair of locks once. Nothing does
    ///         where it was the same task, where another lock kept them apart, where both only
    ///         read a lock that the other waits for, or where the task would not have waited.
    std::optional<Inversion> take(const Held& lock, std::span<const Held> spinning,
                                  std::uint32_t stack);

    /// A lock is held that a task may sleep with. Only its order is looked at.
    void hold(const Held& lock) {
        waitable.take(lock);
    }
    /// Its youngest hold by that task is over; nothing if there is none.
    void release(const void* lock, TaskId task);

    /// There are no locks in these bytes any more.
    void forget_within(const void* memory, std::size_t bytes);

private:
    struct Edge {
        Taken                    taken;
        std::vector<const void*> gates;  // What else its task held, not for reading.
        bool                     told = false;
    };
    using Chain = std::vector<Edge*>;

    bool is_known(const Edge& edge) const;
    bool leads_to(const void* from, const void* lock) const;
    bool closes(const Edge& edge, Chain& chain);
    bool follows(const Edge& edge, const Chain& chain, const Edge& next) const;

    std::vector<Edge> edges;
    Locks             waitable;
};

}  // namespace interlock::harness
