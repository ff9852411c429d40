#pragma once

// Timers of either interface. What is known of a timer stands in the world, not in its object: the
// driver may have freed that when it fires.

#include <functional>

#include "harness/ddi/ddi.hpp"

namespace interlock::harness {

/// @param period_ms  0: it fires once.
/// @param fire       runs the extension's callback, at DISPATCH_LEVEL on this CPU.
/// @return whether it was set already; it is set anew then.
bool set_timer(const void* object, Time100ns due, LONG period_ms, std::function<void()> fire);

/// @return whether it was set. A callback that has begun, or is about to, runs all the same.
bool cancel_timer(const void* object);

bool is_set(const void* object);
bool is_periodic(const void* object);

/// Waits until no callback of this timer (of any, for nullptr) is due or under way.
void wait_for_callbacks(const void* object, std::string_view call);

}  // namespace interlock::harness
