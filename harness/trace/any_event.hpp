#pragma once

// Events for tests of what reads and writes them.

#include "harness/scenario/chance.hpp"
#include "model/event.hpp"

namespace interlock::harness {

/// An event of any bytes, but of a call that exists.
inline model::Event any_event(Chance& chance) {
    model::Event event;
    auto*        bytes = reinterpret_cast<unsigned char*>(&event);
    for (std::size_t byte = 0; byte < sizeof(model::Event); ++byte)
        if (chance.percent(60)) bytes[byte] = static_cast<unsigned char>(chance.next());
    event.call  = static_cast<model::Call>(chance.below(model::call_count));
    event.phase = static_cast<model::Phase>(chance.below(2));
    return event;
}

}  // namespace interlock::harness
