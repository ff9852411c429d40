#pragma once

// The events that stories are told in.

#include "model/event.hpp"

namespace interlock::fuzz {

/// Of the switch.
inline model::Event of_host(model::Call call, model::Event with = {}) {
    with.call = call;
    return with;
}

/// The only extension calls, or is called.
inline model::Event entered(model::Call call, model::Event with = {}) {
    with.call   = call;
    with.module = 0;
    with.task   = 1;
    return with;
}

/// And that call comes back.
inline model::Event left(model::Call call, model::Status result, model::ObjectId object = 0) {
    model::Event event = entered(call, {.object = object, .status = result});
    event.phase        = model::Phase::leave;
    return event;
}

}  // namespace interlock::fuzz
