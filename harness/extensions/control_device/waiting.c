/*
 * Requests that wait for an event. Whoever takes one off the list of those that wait has first
 * taken its cancel routine away; where there is none any more, the cancel routine has begun, and
 * takes the request off the list itself.
 */
#include "control_device.h"

static DRIVER_CANCEL CancelWait;

static VOID CancelWait(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);

    IoReleaseCancelSpinLock(Irp->CancelIrql);
    KeAcquireSpinLock(&Control.Lock, &irql);
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
    KeReleaseSpinLock(&Control.Lock, irql);
    CompleteIrp(Irp, STATUS_CANCELLED, 0);
}

/* Moves to Taken what may be completed: of that file object, or with NULL of any. */
static VOID TakeWaiting(PFILE_OBJECT FileObject, PLIST_ENTRY Taken)
{
    PLIST_ENTRY entry;
    PLIST_ENTRY next;

    for (entry = Control.Waiting.Flink; entry != &Control.Waiting; entry = next) {
        PIRP irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry);

        next = entry->Flink;
        if (FileObject != NULL && IoGetCurrentIrpStackLocation(irp)->FileObject != FileObject) {
            continue;
        }
        if (IoSetCancelRoutine(irp, NULL) != NULL) {
            RemoveEntryList(entry);
            InsertTailList(Taken, entry);
        }
    }
}

/* The IRP's handle is told of the last event. Control.Lock is held. */
static VOID WriteLastEvent(PIRP Irp)
{
    POPEN_HANDLE handle = IoGetCurrentIrpStackLocation(Irp)->FileObject->FsContext;
    ULONG last = Control.Statistics.LastEvent;

    RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, &Control.Events[last % EVENTS_MAX],
                  sizeof(EVENT));
    handle->LastTold = last;
}

static VOID CompleteTaken(PLIST_ENTRY Taken, NTSTATUS Status, ULONG_PTR Information)
{
    while (!IsListEmpty(Taken)) {
        PLIST_ENTRY entry = RemoveHeadList(Taken);

        CompleteIrp(CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry), Status, Information);
    }
}

VOID RaiseEvent(EVENT_KIND Kind, ULONG PortId, ULONG NicIndex)
{
    LIST_ENTRY taken;
    PLIST_ENTRY entry;
    PEVENT event;
    KIRQL irql;

    InitializeListHead(&taken);
    KeAcquireSpinLock(&Control.Lock, &irql);
    ++Control.Statistics.LastEvent;
    event = &Control.Events[Control.Statistics.LastEvent % EVENTS_MAX];
    event->Sequence = Control.Statistics.LastEvent;
    event->Kind = (ULONG)Kind;
    event->PortId = PortId;
    event->NicIndex = NicIndex;
    TakeWaiting(NULL, &taken);
    for (entry = taken.Flink; entry != &taken; entry = entry->Flink) {
        WriteLastEvent(CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry));
    }
    KeReleaseSpinLock(&Control.Lock, irql);
    CompleteTaken(&taken, STATUS_SUCCESS, sizeof(EVENT));
}

/* Nothing is told yet that the IRP's handle does not know. Control.Lock is held. */
static BOOLEAN IsUpToDate(PIRP Irp)
{
    POPEN_HANDLE handle = IoGetCurrentIrpStackLocation(Irp)->FileObject->FsContext;

    return handle->LastTold == Control.Statistics.LastEvent;
}

/* Control.Lock is held. FALSE: it was cancelled before it could wait, and is the caller's. */
static BOOLEAN Queue(PIRP Irp)
{
    InsertTailList(&Control.Waiting, &Irp->Tail.Overlay.ListEntry);
    IoSetCancelRoutine(Irp, CancelWait);
    if (Irp->Cancel && IoSetCancelRoutine(Irp, NULL) != NULL) {
        RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
        return FALSE;
    }
    return TRUE;
}

NTSTATUS WaitForEvent(PIRP Irp)
{
    BOOLEAN waits;
    KIRQL irql;

    KeAcquireSpinLock(&Control.Lock, &irql);
    if (!IsUpToDate(Irp)) {
        WriteLastEvent(Irp);
        KeReleaseSpinLock(&Control.Lock, irql);
        return CompleteIrp(Irp, STATUS_SUCCESS, sizeof(EVENT));
    }
    IoMarkIrpPending(Irp);
    waits = Queue(Irp);
    KeReleaseSpinLock(&Control.Lock, irql);
    if (!waits) {
        CompleteIrp(Irp, STATUS_CANCELLED, 0);
    }
    return STATUS_PENDING;
}

VOID CancelWaiting(PFILE_OBJECT FileObject)
{
    LIST_ENTRY taken;
    KIRQL irql;

    InitializeListHead(&taken);
    KeAcquireSpinLock(&Control.Lock, &irql);
    TakeWaiting(FileObject, &taken);
    KeReleaseSpinLock(&Control.Lock, irql);
    CompleteTaken(&taken, STATUS_CANCELLED, 0);
}
