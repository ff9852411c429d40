// Cancelling IRPs. Pages: nf-wdm-iocancelirp, nc-wdm-driver_cancel,
// using-the-system-s-cancel-spin-lock.

#include <utility>

#include <ndis.h>

#include "harness/ddi/ddi.hpp"
#include "harness/io/devices.hpp"
#include "harness/kernel/outside.hpp"
#include "harness/ndis/ndis.hpp"

namespace interlock::harness {
namespace {

/// A cancel routine is called with the cancel spin lock held, at DISPATCH_LEVEL, and comes back
/// without it, at the IRQL at which the lock was taken.
void run_routine(World& world, const IoRequest& request, PDRIVER_CANCEL routine) {
    Task&              task   = world.kernel.current();
    const std::uint8_t before = task.module, irql = request.raw->CancelIrql;
    const auto         locks = static_cast<std::uint8_t>(task.locks - 1);
    const model::Event event{.call   = model::Call::DriverCancel,
                             .module = request.file->device->owner,
                             .object = request.id};
    world.recorder.add(event);
    task.module = event.module;
    world.races.acquire(request.raw, Through::value);
    call_outside(routine, request.file->device->raw, request.raw);
    check_came_back(task, irql, locks);
    world.recorder.add_changed(event,
                               [](model::Event& leave) { leave.phase = model::Phase::leave; });
    task.module = before;
    task.irql   = irql;
}

}  // namespace

bool Devices::cancel(IoRequest& request) {
    const std::uint8_t irql = acquire_spin_lock(cancel_lock, LockForm::spin, "IoCancelIrp");
    if (request.completed) {
        release_spin_lock(cancel_lock, LockForm::spin, irql, "IoCancelIrp");
        return false;
    }
    request.raw->Cancel          = TRUE;
    request.raw->CancelIrql      = irql;
    const PDRIVER_CANCEL routine = std::exchange(request.raw->CancelRoutine, nullptr);
    world.recorder.add({.call   = model::Call::RequestorCancels,
                        .module = request.file->device->owner,
                        .object = request.id,
                        .detail = routine == nullptr ? 1U : 0U});
    if (routine == nullptr) {
        release_spin_lock(cancel_lock, LockForm::spin, irql, "IoCancelIrp");
        return false;
    }
    run_routine(world, request, routine);
    look_after_completed();
    return true;
}

}  // namespace interlock::harness
