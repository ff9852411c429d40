// Devices and IRPs: which are there, and what has become of them.

#include "model/constants.hpp"
#include "model/course.hpp"

namespace interlock::model {

void Course::device_entered() {
    using enum Call;
    if (event->call == DriverDispatch) {
        const Index index = ledger.irps.add(event->object);
        Irp&        made  = ledger.irps[index];
        made.id           = event->object;
        made.file         = event->parent;
        made.module       = event->module;
        made.major        = event->flags;
        made.since        = at;
        put_on(ledger.irps_open, made, index);
        if (made.major == irp::cleanup) clean_up(made.file);
    } else if (event->call == RequestorCancels && focus.irp != nullptr) {
        focus.irp->cancelled = true;
        focus.irp->since     = at;
    } else if (event->call == IoCompleteRequest) {
        irp_completed();
    } else if (event->call == IoDeleteDevice || event->call == NdisDeregisterDeviceEx ||
               event->call == IoDeleteSymbolicLink) {
        const Index index = ledger.devices.find(event->object);
        if (index != no_index) take_off(ledger.devices_open, ledger.devices, index);
    }
}

void Course::irp_completed() {
    if (focus.irp == nullptr || focus.irp->completed) return;
    focus.irp->completed = true;
    focus.irp->status    = event->status;
    take_off(ledger.irps_open, ledger.irps, ledger.irps.find(event->object));
    if (focus.irp->major == irp::cleanup) cleaned_up(focus.irp->file);
}

/// What comes while a cleanup is under way is not what it is about.
void Course::clean_up(ObjectId file) {
    for (const Index index : ledger.irps_open) {
        Irp& pending = ledger.irps[index];
        if (pending.file != file || !pending.returned) continue;
        pending.to_clean = true;
        pending.since    = at;
    }
}

void Course::cleaned_up(ObjectId file) {
    for (const Index index : ledger.irps_open) {
        Irp& left = ledger.irps[index];
        if (left.file == file && left.to_clean) left.cleaned = true;
    }
}

void Course::device_left() {
    using enum Call;
    if (event->call == DriverDispatch && focus.irp != nullptr) focus.irp->returned = true;
    const bool makes = event->call == IoCreateDevice || event->call == NdisRegisterDeviceEx ||
                       event->call == IoCreateSymbolicLink;
    if (!makes || event->object == 0 || event->status != status::success) return;
    const Index index = ledger.devices.add(event->object);
    MadeDevice& made  = ledger.devices[index];
    made.id           = event->object;
    made.owner        = event->module;
    made.is_link      = event->call == IoCreateSymbolicLink;
    made.made         = at;
    put_on(ledger.devices_open, made, index);
}

}  // namespace interlock::model
