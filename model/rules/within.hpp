#pragma once

// In which callback an extension did what it is charged with.

#include "model/sight.hpp"

namespace interlock::model {

/// Where the callback began in which the task of the event runs that extension's code; 0: in none,
/// as a timer or a thread of its own does.
inline std::uint32_t callback_of(const Sight& sight) {
    const Frame* within = sight.ledger.callback(sight.event.task, sight.event.module);
    return within == nullptr ? 0 : within->first;
}

}  // namespace interlock::model
