#pragma once

// Who holds which lock. A lock's own bytes say only that it is held; all else stands here, because
// many locks are too small for it and a driver may free them while they are held.

#include <cstdint>
#include <vector>

#include "harness/kernel/kernel.hpp"

namespace interlock::harness {

/// How a lock was taken; it is released in the same form.
enum class LockForm : std::uint8_t {
    spin,              // Raised the IRQL.
    spin_at_dispatch,  // Found the IRQL raised.
    read,
    write,
};

struct Held {
    const void*   lock        = nullptr;
    TaskId        task        = 0;
    LockForm      form        = LockForm::spin;
    std::uint8_t  irql_before = passive_level;
    std::uint32_t stack       = 0;  // Where it was taken: see CallStacks.
    bool          tried       = false;  // Its task would not have waited for it, or not for ever.
};

class Locks {
public:
    /// Forgets all of the last run.
    void begin() {
        all.clear();
    }

    void take(const Held& held) {
        all.push_back(held);
    }

    /// @return the youngest hold of that task on that lock; nullptr if there is none.
    const Held* find(const void* lock, TaskId task) const;

    /// The youngest hold in that form, if there is one, else in any.
    const Held* find(const void* lock, TaskId task, LockForm form) const;

    void release(const Held* held) {
        all.erase(all.begin() + (held - all.data()));
    }

    bool is_held(const void* lock) const;
    bool is_held_for_writing(const void* lock) const;

    /// Whether somebody holds a lock that lies in these bytes.
    bool is_held_within(const void* memory, std::size_t bytes) const;

    /// Nobody holds the locks that lie in these bytes any more.
    void forget_within(const void* memory, std::size_t bytes);

    /// Every hold there is now, the oldest first.
    const std::vector<Held>& held() const {
        return all;
    }

private:
    std::vector<Held> all;  // Never more than a few.
};

}  // namespace interlock::harness
