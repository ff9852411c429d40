#pragma once

// Makes calls of extensions fail. Whether one does is a question to the scheduler, as every freedom
// of the world is; answer 0, the plainest: it does not. Only a scheduler that wants to be asked is
// asked, so that elsewhere a call costs one look at a flag.

#include "harness/faults/faultable.hpp"
#include "harness/kernel/kernel.hpp"

namespace interlock::harness {

class Faults {
public:
    explicit Faults(Kernel& kernel) : kernel(kernel) {}

    /// A run begins. @param wanted  what the scheduler's `wants_faults` says.
    void begin(bool wanted) {
        asks = wanted;
    }

    /// @return how this call of the extension whose code runs is to fail; nullptr: it is not to.
    const Failure* strike(FaultPoint point) {
        return asks ? ask(point.row()) : nullptr;
    }

private:
    const Failure* ask(const Faultable& row);

    Kernel& kernel;
    bool    asks = false;
};

}  // namespace interlock::harness
