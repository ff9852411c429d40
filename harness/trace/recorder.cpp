#include "harness/trace/recorder.hpp"

namespace interlock::harness {

namespace {

// What an extension does by itself changes nothing that another could see: one that looks again and
// again, and waits in between, must not keep the world from being quiescent.
bool others_can_see(model::Call call) {
    return call != model::Call::Waited && call != model::Call::Misused &&
           call != model::Call::AssertionFailed;
}

}  // namespace

void Recorder::begin(model::Judge* new_judge, TraceBuffer* new_buffer) {
    if (new_buffer == nullptr) {
        if (!own) own = std::make_unique<TraceBuffer>();
        new_buffer = own.get();
    }
    judge  = new_judge;
    buffer = new_buffer;
    buffer->clear();
}

void Recorder::add(model::Event event) {
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
    buffer->add(event);
    if (judge != nullptr) judge->fold(event);
}

}  // namespace interlock::harness
