#include "harness/trace/trace_buffer.hpp"

#include <sys/mman.h>

#include "harness/check.hpp"

namespace interlock::harness {
namespace {

/// Beside its events: the head, and one event that finds no room.
std::size_t bytes_for(std::size_t events_max) {
    return (events_max + 2) * sizeof(model::Event);
}

}  // namespace

TraceBuffer::TraceBuffer(std::size_t events_max) : events_max(events_max) {
    void* const mapped = mmap(nullptr, bytes_for(events_max), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    check(mapped != MAP_FAILED, "no memory for a trace");
    head = static_cast<Head*>(mapped);
}

TraceBuffer::~TraceBuffer() {
    munmap(head, bytes_for(events_max));
}

void TraceBuffer::clear() {
    head->count     = 0;
    head->truncated = false;
}

}  // namespace interlock::harness
