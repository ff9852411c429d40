#include "harness/trace/recorder.hpp"

#include "harness/call_stacks.hpp"

namespace interlock::harness {

namespace {

// What an extension does by itself changes nothing that another could see: one that looks again and
// again, and waits in between, must not keep the world from being quiescent.
bool others_can_see(model::Call call) {
    return call != model::Call::Waited && call != model::Call::Misused &&
           call != model::Call::AssertionFailed;
}

bool comes_from_extension(const model::Event& event) {
    if (event.phase != model::Phase::enter || event.module == model::host_module) return false;
    return !others_can_see(event.call) || model::caller_of(event.call) == model::Party::extension;
}

}  // namespace

void Recorder::begin(model::Judge* new_judge, TraceBuffer* new_buffer, CallStacks* new_stacks) {
    if (new_buffer == nullptr) {
        if (!own) own = std::make_unique<TraceBuffer>();
        new_buffer = own.get();
    }
    judge  = new_judge;
    stacks = new_stacks;
    judged = 0;
    silent = false;
    buffer = new_buffer;
    buffer->clear();
}

/// The world goes on all the same.
void Recorder::pass_over(model::Call call) {
    if (others_can_see(call)) kernel.progress();
}

void Recorder::tell(model::Event& event) {
    if (kernel.inside_task()) {
        const Task& task = kernel.current();
        event.task       = task.id;
        event.cpu        = task.cpu;
        event.irql       = task.irql;
        event.locks      = task.locks;
        event.step       = task.step;
    }
    event.time_100ns = kernel.now();
    if (others_can_see(event.call)) kernel.progress();
    if (stacks != nullptr && comes_from_extension(event))
        stacks->take_for_event(static_cast<std::uint32_t>(trace().size()));
    if (!buffer->keep()) judge_beyond(event);
}

void Recorder::judge_beyond(const model::Event& event) {
    judge_all();
    if (judge != nullptr) judge->fold(event);
}

void Recorder::judge_all() {
    if (judge == nullptr) return;
    for (const model::Event& event : trace().subspan(judged))
        judge->fold(event);
    judged = trace().size();
}

}  // namespace interlock::harness
