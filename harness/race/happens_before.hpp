#pragma once

// What happens before what in a run: only where one task could wait for what another did, not
// where it merely came later this time. Tasks learn of each other through objects: who lets go of
// one tells it what it knows, who takes it learns that.

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "harness/race/vector_clock.hpp"

namespace interlock::harness {

/// By what an object passes knowledge on. An address may be several of these at once.
enum class Through : std::uint8_t {
    waking,   // Something is waited for there: an event, a request, a thread.
    writing,  // A lock, let go of by who could write under it,
    reading,  // or only read.
    value,    // A word that is accessed by interlocked operations or is volatile.
    entry,    // A module: what was done before it was ready for calls.
    leaving,  // A module: its callbacks that are over.
};

class HappensBefore {
public:
    /// Tasks beyond these are not watched: a clock has a word for each.
    static constexpr TaskId tasks_max = 4096;

    void begin();

    /// Keeps what `task` knows by now. @return a number for `began`.
    std::uint32_t mark(TaskId task);

    /// A task was made by who took that mark; 0: by nobody.
    void began(TaskId task, std::uint32_t mark);

    /// Everything that any task did happens before what `task` does from here on.
    void quiescent(TaskId task);

    void release(TaskId task, const void* object, Through through);
    void acquire(TaskId task, const void* object, Through through);

    /// There are no objects in these bytes any more.
    void forget_within(const void* memory, std::size_t bytes);

    std::uint32_t now(TaskId task) const {
        return clocks[task].of(task);
    }

    /// Whether what `other` did at `time` happens before what `task` does now.
    bool knows(TaskId task, TaskId other, std::uint32_t time) const {
        return clocks[task].of(other) >= time;
    }

private:
    using Object = std::pair<std::uintptr_t, Through>;

    void tick(TaskId task) {
        clocks[task].set(task, clocks[task].of(task) + 1);
    }

    std::vector<VectorClock>      clocks;  // By task.
    std::vector<VectorClock>      marks;   // By number, from 1.
    std::vector<std::uint32_t>    marks_free;
    std::map<Object, VectorClock> objects;
};

}  // namespace interlock::harness
