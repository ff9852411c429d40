#pragma once

// Objects that the kernel counts references to, and the handles that lead to them. Those that are
// left over lie in the pool, and count as left behind at the driver's unload.
// Pages: life-cycle-of-an-object, object-handles (kernel).

#include "harness/ddi/dispatcher.hpp"

namespace interlock::harness {

enum class ObjectKind : std::uint8_t { thread, event };

/// What a driver has as PKTHREAD, PETHREAD or PKEVENT.
struct KernelObject {
    DISPATCHER_HEADER header{};  // First: the object can be waited for.
    ObjectKind        kind       = ObjectKind::event;
    LONG              references = 1;
};

/// @return with one reference, for who makes it; nullptr when the pool has no more.
KernelObject* make_kernel_object(ObjectKind kind, DispatcherType type, LONG state);

/// One reference less; without any it is gone.
void dereference(KernelObject& object);

/// A handle, which is one reference more.
HANDLE open_handle(KernelObject& object);

}  // namespace interlock::harness
