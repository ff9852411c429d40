#pragma once

// Time that is not virtual. A scheduler that is also a Pace makes its run a live one: the kernel's
// time follows a clock, and where nothing can run the thread sleeps, instead of leaping to what is
// due next. The numbers of tasks that have ended are used again: such a run has no end of tasks.

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
};

}  // namespace interlock::harness
