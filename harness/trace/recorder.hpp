#pragma once

// Takes every event of a run, completes it with who, where and when, keeps it, and hands it to the
// judge at once.

#include <span>
#include <vector>

#include "harness/kernel/kernel.hpp"
#include "model/event.hpp"
#include "model/judge.hpp"

namespace interlock::harness {

class Recorder {
public:
    explicit Recorder(Kernel& kernel) : kernel(kernel) {}

    /// @param judge  folds each event as it comes; none to record only.
    void begin(model::Judge* judge);

    /// Fills in task, cpu, irql, locks, step and time; all else is as given.
    void add(model::Event event);

    std::span<const model::Event> trace() const { return events; }

private:
    Kernel&                   kernel;
    model::Judge*             judge = nullptr;
    std::vector<model::Event> events;
};

}  // namespace interlock::harness
