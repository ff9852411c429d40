#pragma once

// Where the events of a run are kept. The memory is shared: when an extension takes its process
// down, the process that forked it still reads here what happened before.

#include <cstddef>
#include <span>

#include "model/event.hpp"

namespace interlock::harness {

class TraceBuffer {
public:
    static constexpr std::size_t events_max_usual = std::size_t{1} << 20;

    /// @param events_max  room for so many; pages that are never written cost nothing.
    explicit TraceBuffer(std::size_t events_max = events_max_usual);
    ~TraceBuffer();
    TraceBuffer(const TraceBuffer&)            = delete;
    TraceBuffer& operator=(const TraceBuffer&) = delete;

    void clear();

    /// Where the next event is to be written. It belongs to the trace after `keep`.
    model::Event& next() {
        return events()[head->count];
    }

    /// The next event is written: it is part of the trace from here on, so that whoever reads after
    /// a crash sees whole events. Where there is no room for it, the trace is truncated.
    /// @return whether there was.
    bool keep() {
        if (head->count == events_max) {
            head->truncated = true;
            return false;
        }
        ++head->count;
        return true;
    }

    std::span<const model::Event> trace() const {
        return {events(), head->count};
    }

    /// Whether events were dropped; the trace then misses its end.
    bool truncated() const {
        return head->truncated;
    }

private:
    struct alignas(model::Event) Head {
        std::size_t count;
        bool        truncated;
        std::byte   rest[sizeof(model::Event) - sizeof(std::size_t) - sizeof(bool)];
    };

    model::Event* events() const {
        return reinterpret_cast<model::Event*>(head + 1);
    }

    std::size_t events_max;
    Head*       head;
};

}  // namespace interlock::harness
