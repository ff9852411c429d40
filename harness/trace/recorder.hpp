#pragma once

// Takes every event of a run, completes it with who, where and when, and keeps it. The judge sees
// the whole run in one go: switch and judge do not push each other's code and data out of the
// caches at every event, and nothing in a run may depend on what the judge thinks.

#include <memory>
#include <span>

#include "harness/kernel/kernel.hpp"
#include "harness/trace/trace_buffer.hpp"
#include "model/event.hpp"
#include "model/judge.hpp"

namespace interlock::harness {

class CallStacks;

class Recorder {
public:
    explicit Recorder(Kernel& kernel) : kernel(kernel) {}

    /// Forgets the last trace.
    /// @param judge   folds the events when `judge_all` is called; none to record only.
    /// @param buffer  keeps the trace; none: the recorder's own.
    /// @param stacks  told of each event that an extension's call brings; none: nobody is.
    void begin(model::Judge* judge, TraceBuffer* buffer = nullptr, CallStacks* stacks = nullptr);

    /// Fills in task, cpu, irql, locks, step and time; all else is as given.
    /// @pre begin was called
    void add(const model::Event& event) {
        if (silent) return pass_over(event.call);
        model::Event& kept = buffer->next();
        kept               = event;
        tell(kept);
    }

    /// The same, for an event that differs from one before it: `change` gets the copy to change.
    /// Inline like `add`, so that each field is written once, where it stays: an event that is
    /// built elsewhere and copied at once costs more than what the judge thinks about it.
    template <class Change>
    void add_changed(const model::Event& before, Change change) {
        if (silent) return pass_over(before.call);
        model::Event& kept = buffer->next();
        kept               = before;
        change(kept);
        tell(kept);
    }

    /// From now on nothing is kept: nobody would read it. `begin` and `listen` end that.
    void look_away() {
        silent = true;
    }
    void listen() {
        silent = false;
    }
    bool is_silent() const {
        return silent;
    }

    /// Shows the judge what it has not seen yet.
    void judge_all();

    std::span<const model::Event> trace() const {
        return buffer ? buffer->trace() : std::span<const model::Event>{};
    }

    /// Whether the run had more events than the buffer holds. The judge sees all of them.
    bool truncated() const {
        return buffer && buffer->truncated();
    }

private:
    void pass_over(model::Call call);
    void tell(model::Event& event);
    void judge_beyond(const model::Event& event);

    Kernel&                      kernel;
    model::Judge*                judge  = nullptr;
    TraceBuffer*                 buffer = nullptr;
    CallStacks*                  stacks = nullptr;
    std::size_t                  judged = 0;  // So many events of the buffer.
    bool                         silent = false;
    std::unique_ptr<TraceBuffer> own;
};

}  // namespace interlock::harness
