#pragma once

// Takes every event of a run, completes it with who, where and when, keeps it, and hands it to the
// judge at once.

#include <memory>
#include <span>

#include "harness/kernel/kernel.hpp"
#include "harness/trace/trace_buffer.hpp"
#include "model/event.hpp"
#include "model/judge.hpp"

namespace interlock::harness {

class Recorder {
public:
    explicit Recorder(Kernel& kernel) : kernel(kernel) {}

    /// Forgets the last trace.
    /// @param judge   folds each event as it comes; none to record only.
    /// @param buffer  keeps the trace; none: the recorder's own.
    void begin(model::Judge* judge, TraceBuffer* buffer = nullptr);

    /// Fills in task, cpu, irql, locks, step and time; all else is as given.
    /// @pre begin was called
    void add(model::Event event);

    std::span<const model::Event> trace() const {
        return buffer ? buffer->trace() : std::span<const model::Event>{};
    }

    /// Whether the run had more events than the buffer holds. The judge has seen all of them.
    bool truncated() const {
        return buffer && buffer->truncated();
    }

private:
    Kernel&                      kernel;
    model::Judge*                judge  = nullptr;
    TraceBuffer*                 buffer = nullptr;
    std::unique_ptr<TraceBuffer> own;
};

}  // namespace interlock::harness
