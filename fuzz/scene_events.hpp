#pragma once

// The events that stories are told in.

#include <array>
#include <cstddef>

#include "model/event.hpp"
#include "model/oids.hpp"

namespace interlock::fuzz {

inline constexpr std::size_t requests_at_once = 2;

/// What an adapter comes and goes by.
inline constexpr std::array ways{
    model::oid::port_create,    model::oid::port_teardown, model::oid::port_delete,
    model::oid::nic_create,     model::oid::nic_connect,   model::oid::nic_disconnect,
    model::oid::nic_delete,
};

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
