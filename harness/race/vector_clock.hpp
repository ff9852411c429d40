#pragma once

// How far each task had come, as far as somebody can know. Source: Lamport's order as Mattern,
// "Virtual Time and Global States of Distributed Systems", 1989, counts it.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "harness/kernel/kernel.hpp"

namespace interlock::harness {

class VectorClock {
public:
    std::uint32_t of(TaskId task) const {
        return task < times.size() ? times[task] : 0;
    }

    void set(TaskId task, std::uint32_t time) {
        if (times.size() <= task) times.resize(task + std::size_t{1});
        times[task] = time;
    }

    /// From here on this knows what the other knows, too.
    void join(const VectorClock& other) {
        if (times.size() < other.times.size()) times.resize(other.times.size());
        for (std::size_t task = 0; task < other.times.size(); ++task)
            times[task] = std::max(times[task], other.times[task]);
    }

private:
    std::vector<std::uint32_t> times;
};

}  // namespace interlock::harness
