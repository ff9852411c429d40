// Work items. Pages: ndisallocateioworkitem, ndisqueueioworkitem (ndis), ioallocateworkitem,
// ioqueueworkitem, iofreeworkitem (wdm).

#include <functional>

#include "harness/ddi/ddi.hpp"
#include "harness/kernel/outside.hpp"

using namespace interlock;
using namespace interlock::harness;

/// Its device is what an IO_WORKITEM's routine is given, and none for NDIS.
struct _IO_WORKITEM {
    DEVICE_OBJECT* device;
    ULONG          queued;  // Which queueing of it is open; 0: none.
};

namespace {

/// The system takes it off the queue before its routine runs, which may then free or queue it.
void dequeue(const void* handle, std::uint32_t number) {
    const Piece* const piece = world().memory.find(handle);
    if (piece == nullptr || piece->tag != work_item_tag || piece->kind != PoolKind::object) return;
    auto& item = *static_cast<_IO_WORKITEM*>(piece->memory);
    if (item.queued == number) item.queued = 0;
}

void queue(World& here, const void* handle, std::function<void()> routine) {
    auto* const item = object_of<_IO_WORKITEM>(handle, work_item_tag);
    if (item == nullptr) return;
    if (item->queued != 0) {
        report_misuse(model::Misuse::bad_argument);  // Queued already.
        return;
    }
    const std::uint32_t number = ++here.ddi.work_items;
    item->queued               = number;
    const Task& task           = here.kernel.current();
    here.kernel.spawn({Role::work_item, number}, cpu_beside(task), passive_level,
                      [=, module = task.module, run = std::move(routine)] {
                          dequeue(handle, number);
                          const ExtensionCode code(module);
                          run();
                      });
}

void free_item(const void* handle) {
    auto* const item = object_of<_IO_WORKITEM>(handle, work_item_tag);
    if (item == nullptr) return;
    if (item->queued != 0) report_misuse(model::Misuse::bad_argument);
    free_object(item, work_item_tag);
}

}  // namespace

extern "C" {

NDIS_HANDLE NdisAllocateIoWorkItem(NDIS_HANDLE for_whom) noexcept {
    World& here = enter("NdisAllocateIoWorkItem", dispatch_level);
    if (here.faults.strike(FaultPoint("NdisAllocateIoWorkItem"))) return nullptr;
    return make_object<_IO_WORKITEM>(work_item_tag, for_whom);
}

void NdisQueueIoWorkItem(NDIS_HANDLE handle, NDIS_IO_WORKITEM_ROUTINE routine,
                         void* context) noexcept {
    World& here = enter("NdisQueueIoWorkItem", dispatch_level);
    queue(here, handle, [=] { call_outside(routine, context, handle); });
}

void NdisFreeIoWorkItem(NDIS_HANDLE handle) noexcept {
    enter("NdisFreeIoWorkItem", dispatch_level);
    free_item(handle);
}

PIO_WORKITEM IoAllocateWorkItem(DEVICE_OBJECT* device) noexcept {
    World& here = enter("IoAllocateWorkItem", dispatch_level);
    if (here.faults.strike(FaultPoint("IoAllocateWorkItem"))) return nullptr;
    auto* const item = make_object<_IO_WORKITEM>(work_item_tag);
    item->device     = device;
    return item;
}

void IoQueueWorkItem(PIO_WORKITEM handle, PIO_WORKITEM_ROUTINE routine, WORK_QUEUE_TYPE,
                     void* context) noexcept {
    World& here = enter("IoQueueWorkItem", dispatch_level);
    if (world().memory.find(handle) == nullptr) return report_misuse(model::Misuse::bad_argument);
    queue(here, handle, [=, device = handle->device] { call_outside(routine, device, context); });
}

void IoFreeWorkItem(PIO_WORKITEM handle) noexcept {
    enter("IoFreeWorkItem", dispatch_level);
    free_item(handle);
}

}  // extern "C"
