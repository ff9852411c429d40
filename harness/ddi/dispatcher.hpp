#pragma once

// Objects that can be waited for. All they are stands in their public header.
// Page: introduction-to-kernel-dispatcher-objects.

#include "harness/ddi/ddi.hpp"

namespace interlock::harness {

/// DISPATCHER_HEADER::Type. A notification stays signalled; a synchronization lets one pass.
enum class DispatcherType : UCHAR {
    notification_event    = 0,
    synchronization_event = 1,
    mutex                 = 2,
    semaphore             = 5,
    thread                = 6,
    notification_timer    = 8,
    synchronization_timer = 9,
};

void initialize(DISPATCHER_HEADER& header, DispatcherType type, LONG state);

/// Sets its state and lets those look who wait for it. @return the state before.
LONG signal(DISPATCHER_HEADER& header, LONG state);

/// Waits until the object is signalled, and takes of its signal what its type says.
/// @param due  Alarms::never, or when to give up; a time that has come does not wait at all.
/// @return whether it was signalled.
bool wait_for(DISPATCHER_HEADER& header, Time100ns due, std::string_view call);

/// The same for many: for all of them, or for any. @return the place of the one, or 0; -1: too
/// late.
int wait_for_many(DISPATCHER_HEADER** headers, ULONG count, WAIT_TYPE type, Time100ns due,
                  std::string_view call);

}  // namespace interlock::harness
