#include "harness/trace/recorder.hpp"

namespace interlock::harness {

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
    kernel.progress();
    buffer->add(event);
    if (judge != nullptr) judge->fold(event);
}

}  // namespace interlock::harness
