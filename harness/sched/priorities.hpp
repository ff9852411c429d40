#pragma once

// How high each task stands, for schedulers in which the highest goes on.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

class Priorities {
public:
    void clear() {
        all.clear();
        std::ranges::fill(places, nobody);
    }

    /// Of how many tasks.
    std::size_t size() const {
        return all.size();
    }

    /// Valid until another is asked for.
    /// @param draw  says where a task stands that is new.
    template <typename Draw>
    std::uint64_t& height_of(TaskName task, Draw draw) {
        const std::uint32_t place = *place_of(task);
        if (place != nobody) return all[place].height;
        all.push_back({task, draw()});
        if (2 * all.size() > places.size()) {
            find_all_anew();
        } else {
            *place_of(task) = static_cast<std::uint32_t>(all.size() - 1);
        }
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

    static constexpr std::uint32_t nobody = ~0U;

    /// Where in `places` it stands, or would. Runs have hundreds of tasks, and ask at each place.
    std::uint32_t* place_of(TaskName task) {
        const std::uint32_t mixed =
            (task.number * 16 + static_cast<std::uint32_t>(task.role)) * 0x9E37'79B1U;
        const std::size_t last = places.size() - 1;
        std::size_t       at   = (mixed >> 16 ^ mixed) & last;
        while (places[at] != nobody && !(all[places[at]].task == task))
            at = (at + 1) & last;
        return &places[at];
    }

    void find_all_anew() {
        places.assign(2 * places.size(), nobody);
        for (std::size_t place = 0; place < all.size(); ++place)
            *place_of(all[place].task) = static_cast<std::uint32_t>(place);
    }

    std::vector<Priority>      all;  // In the order in which they came.
    std::vector<std::uint32_t> places = std::vector<std::uint32_t>(64, nobody);  // In `all`.
};

}  // namespace interlock::harness
