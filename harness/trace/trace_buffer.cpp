#include "harness/trace/trace_buffer.hpp"

#include <sys/mman.h>

#include "harness/check.hpp"

namespace interlock::harness {

TraceBuffer::TraceBuffer(std::size_t events_max) : events_max(events_max) {
    void* const mapped =
        mmap(nullptr, (events_max + 1) * sizeof(model::Event), PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    check(mapped != MAP_FAILED, "no memory for a trace");
    head = static_cast<Head*>(mapped);
}

TraceBuffer::~TraceBuffer() {
    munmap(head, (events_max + 1) * sizeof(model::Event));
}

void TraceBuffer::clear() {
    head->count     = 0;
    head->truncated = false;
}

}  // namespace interlock::harness
