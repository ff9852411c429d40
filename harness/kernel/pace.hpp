#pragma once

// Time that is not virtual. A scheduler that is also a Pace makes its run a live one: the kernel's
// time follows a clock, and where nothing can run the thread sleeps, instead of leaping to what is
// due next. The numbers of tasks that have ended are used again: such a run has no end of tasks.

#include <cstddef>
#include <functional>

#include "harness/kernel/kernel.hpp"

namespace interlock::harness {

class Pace {
public:
    virtual ~Pace() = default;

    /// Never less than before.
    virtual Time100ns now() = 0;

    /// Nothing can run. Returns when something came from outside, of which it has told by
    /// `Kernel::wake_all`, at `due`, or sooner.
    virtual void sleep_until(Time100ns due) = 0;

    // --- Where each task is a thread: threads.hpp. There `sleep_until` sleeps `Outside`. ---------

    virtual bool makes_threads() const {
        return false;
    }

    /// Does what a thread is there for, from its beginning to its end.
    virtual void do_on_thread(const std::function<void()>& work) {
        work();
    }

    /// Makes `sleep_until` return soon. From any thread.
    virtual void wake() {}

    /// How many tasks are outside from now on, and since when the one is that went first.
    virtual void tell_outside(std::size_t /*tasks*/, Time100ns /*since*/) {}
};

}  // namespace interlock::harness
