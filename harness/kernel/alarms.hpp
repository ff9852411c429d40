#pragma once

// What is due, and when: the ends of waits, and tasks that begin at a time.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "harness/kernel/kernel.hpp"

namespace interlock::harness {

struct Runner;

/// A task that begins at a time.
struct LaterTask {
    TaskName              name;
    std::uint8_t          cpu  = 0;
    std::uint8_t          irql = 0;
    std::uint32_t         step = 0;
    std::function<void()> body;
    std::uint32_t         mark = 0;  // Of who made it: see TaskWatch.
};

class Alarms {
public:
    using Id = std::uint32_t;  // From 1, in order of asking; 0 is none.

    void begin();

    Id add(Time100ns due, Runner& sleeper);
    Id add(Time100ns due, LaterTask task);

    /// @return whether it was still due.
    bool cancel(Id alarm);

    /// When the first is due; no time at all if nothing is.
    static constexpr Time100ns never = ~Time100ns{0};
    Time100ns                  next() const {
        return heap.empty() ? never : heap.front().due;
    }

    struct Rung {
        Runner*   sleeper = nullptr;  // Whose wait is over; none: `task` begins.
        LaterTask task;
    };

    /// Takes out what is due first; of the same time, what was asked for first.
    /// @pre something is due
    Rung ring();

private:
    struct Entry {
        Time100ns     due     = 0;
        Id            alarm   = 0;
        Runner*       sleeper = nullptr;
        std::uint32_t slot    = 0;  // Place in `tasks`, without a sleeper.
    };

    static bool later(const Entry& one, const Entry& other);
    Id          push(Entry entry);
    LaterTask   take(std::uint32_t slot);

    std::vector<Entry>         heap;
    std::vector<LaterTask>     tasks;
    std::vector<std::uint32_t> slots_free;
    Id                         last = 0;
};

}  // namespace interlock::harness
