#pragma once

// How high each task stands, for schedulers in which the highest goes on.

#include <cstdint>
#include <span>
#include <vector>

#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

class Priorities {
public:
    void clear() {
        all.clear();
    }

    /// Of how many tasks.
    std::size_t size() const {
        return all.size();
    }

    /// @param draw  says where a task stands that is new.
    template <typename Draw>
    std::uint64_t& height_of(TaskName task, Draw draw) {
        for (Priority& one : all)
            if (one.task == task) return one.height;
        all.push_back({task, draw()});
        return all.back().height;
    }

    /// @return a place; the first of those that stand equally high. @pre !runnable.empty()
    template <typename Draw>
    std::size_t highest(std::span<const Runnable> runnable, Draw draw) {
        std::size_t   best   = 0;
        std::uint64_t height = 0;
        for (std::size_t place = 0; place < runnable.size(); ++place) {
            const std::uint64_t here = height_of(runnable[place].name, draw);
            if (place != 0 && here <= height) continue;
            best   = place;
            height = here;
        }
        return best;
    }

private:
    struct Priority {
        TaskName      task;
        std::uint64_t height = 0;
    };

    std::vector<Priority> all;  // In the order in which they came.
};

}  // namespace interlock::harness
