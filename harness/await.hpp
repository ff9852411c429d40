#pragma once

// Waiting for something that may never come.

#include <string_view>

#include "harness/world.hpp"

namespace interlock::harness {

/// Waits until `holds()`, woken through `object`. When the world has become quiescent without it,
/// writes that to the trace, where it is the moment to judge obligations.
///
/// @return whether it holds.
template <typename Condition>
bool await(World& world, const void* object, std::string_view place, Condition holds) {
    constexpr Time100ns patience = 300'000'000;  // 30 s: longer than any documented bound.
    while (!holds()) {
        if (world.kernel.block_until(object, world.kernel.now() + patience, place)) continue;
        if (holds()) break;
        world.kernel.wait_until_quiescent();
        if (holds()) break;
        world.recorder.add({.call = model::Call::Quiescent});
        return false;
    }
    world.kernel.learn_of(object);
    return true;
}

}  // namespace interlock::harness
