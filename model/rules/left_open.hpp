#pragma once

// When what the switch left open at the end of a run is its own fault.

#include <algorithm>

#include "model/call_traits.hpp"
#include "model/sight.hpp"

namespace interlock::model {

/// Whether an extension has not come back from a call into it: then a task of the switch is held in
/// there, and cannot go on with what it has begun.
inline bool holds_a_task_of_the_switch(const Ledger& ledger) {
    return std::ranges::any_of(ledger.tasks_used, [&](std::uint16_t task) {
        return std::ranges::any_of(ledger.tasks[task].frames,
                                   [](const Frame& frame) { return is_callback(frame.call); });
    });
}

/// The run is over; nothing was broken, no request is open, and nobody holds the switch back.
inline bool switch_could_go_on(const Sight& sight) {
    return sight.still() == Still::over && sight.clean() && sight.ledger.requests_open.empty() &&
           !holds_a_task_of_the_switch(sight.ledger);
}

}  // namespace interlock::model
