/* Flaws of a control device: in its dispatch routines, and in what becomes of its IRPs. */
#include "mutant.h"

#include "../control_device/control_device.h"

static ULONG CodeOf(PIRP Irp)
{
    return IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode;
}

static BOOLEAN AsksForStatistics(PIRP Irp)
{
    return CodeOf(Irp) == IOCTL_GET_STATISTICS;
}

static NTSTATUS CompleteTwice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    BOOLEAN asked = AsksForStatistics(Irp);
    NTSTATUS status = ControlDevice(DeviceObject, Irp);

    if (asked) {
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
    }
    return status;
}

static NTSTATUS ForgetIrp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return AsksForStatistics(Irp) ? STATUS_SUCCESS : ControlDevice(DeviceObject, Irp);
}

static NTSTATUS CleanNothingUp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    return CompleteIrp(Irp, STATUS_SUCCESS, 0);
}

/* IRPs that cannot be cancelled; a cleanup completes them. */
static LIST_ENTRY Kept = {&Kept, &Kept};

static NTSTATUS KeepStatistics(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL irql;

    if (!AsksForStatistics(Irp)) {
        return ControlDevice(DeviceObject, Irp);
    }
    IoMarkIrpPending(Irp);
    KeAcquireSpinLock(&Control.Lock, &irql);
    InsertTailList(&Kept, &Irp->Tail.Overlay.ListEntry);
    KeReleaseSpinLock(&Control.Lock, irql);
    return STATUS_PENDING;
}

static PIRP TakeKept(VOID)
{
    PLIST_ENTRY entry = NULL;
    KIRQL irql;

    KeAcquireSpinLock(&Control.Lock, &irql);
    if (!IsListEmpty(&Kept)) {
        entry = RemoveHeadList(&Kept);
    }
    KeReleaseSpinLock(&Control.Lock, irql);
    return entry == NULL ? NULL : CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry);
}

static NTSTATUS CleanKeptUp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIRP kept;

    while ((kept = TakeKept()) != NULL) {
        CompleteIrp(kept, STATUS_CANCELLED, 0);
    }
    return CleanUpDevice(DeviceObject, Irp);
}

static NTSTATUS PendUnmarked(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    if (!AsksForStatistics(Irp)) {
        return ControlDevice(DeviceObject, Irp);
    }
    ControlDevice(DeviceObject, Irp);
    return STATUS_PENDING;
}

static NTSTATUS MarkAndSucceed(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    if (AsksForStatistics(Irp)) {
        IoMarkIrpPending(Irp);
    }
    return ControlDevice(DeviceObject, Irp);
}

static NTSTATUS CompleteAsPending(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    if (!AsksForStatistics(Irp)) {
        return ControlDevice(DeviceObject, Irp);
    }
    IoMarkIrpPending(Irp);
    return CompleteIrp(Irp, STATUS_PENDING, 0);
}

static VOID NeverCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    IoReleaseCancelSpinLock(Irp->CancelIrql);
}

static NTSTATUS LeaveCancelRoutine(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    if (AsksForStatistics(Irp)) {
        IoSetCancelRoutine(Irp, NeverCancel);
    }
    return ControlDevice(DeviceObject, Irp);
}

static NTSTATUS CompleteUnderLock(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL irql;

    if (!AsksForStatistics(Irp)) {
        return ControlDevice(DeviceObject, Irp);
    }
    IoAcquireCancelSpinLock(&irql);
    CompleteIrp(Irp, STATUS_SUCCESS, 0);
    IoReleaseCancelSpinLock(irql);
    return STATUS_SUCCESS;
}

static NTSTATUS GiveTooMuch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG room = IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.OutputBufferLength;

    return AsksForStatistics(Irp) ? CompleteIrp(Irp, STATUS_SUCCESS, room + 1)
                                  : ControlDevice(DeviceObject, Irp);
}

static NTSTATUS WriteAfterwards(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    BOOLEAN asked = AsksForStatistics(Irp);
    NTSTATUS status = ControlDevice(DeviceObject, Irp);

    if (asked) {
        Irp->IoStatus.Information = 0;
    }
    return status;
}

static NTSTATUS ReadAfterwards(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    if (!AsksForStatistics(Irp)) {
        return ControlDevice(DeviceObject, Irp);
    }
    ControlDevice(DeviceObject, Irp);
    return Irp->IoStatus.Status;
}

static NTSTATUS ReturnAnother(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    BOOLEAN asked = AsksForStatistics(Irp);
    NTSTATUS status = ControlDevice(DeviceObject, Irp);

    return asked && NT_SUCCESS(status) ? STATUS_UNSUCCESSFUL : status;
}

static VOID LeaveDevice(PDRIVER_OBJECT DriverObject)
{
    PDEVICE_OBJECT left = NULL;

    IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &left);
    GoodUnload(DriverObject);
}

const MUTANT DeviceMutants[] = {
    {.Name = "completes_an_irp_twice", .Control = CompleteTwice},
    {.Name = "forgets_an_irp", .Control = ForgetIrp},
    {.Name = "cleans_nothing_up", .CleanUp = CleanNothingUp},
    {.Name = "keeps_what_is_cancelled", .Control = KeepStatistics, .CleanUp = CleanKeptUp},
    {.Name = "pends_unmarked", .Control = PendUnmarked},
    {.Name = "marks_and_succeeds", .Control = MarkAndSucceed},
    {.Name = "completes_as_pending", .Control = CompleteAsPending},
    {.Name = "leaves_the_cancel_routine", .Control = LeaveCancelRoutine},
    {.Name = "completes_under_a_lock", .Control = CompleteUnderLock},
    {.Name = "gives_back_too_much", .Control = GiveTooMuch},
    {.Name = "writes_to_a_completed_irp", .Control = WriteAfterwards},
    {.Name = "reads_a_completed_irp", .Control = ReadAfterwards},
    {.Name = "leaves_a_device", .Unload = LeaveDevice},
    {.Name = "returns_another_status", .Control = ReturnAnother},
    {.Name = NULL},
};

VOID MutateDevice(PMUTANT Mutant)
{
    if (Mutant->Control != NULL) {
        DeviceRoutines[IRP_MJ_DEVICE_CONTROL] = Mutant->Control;
    }
    if (Mutant->CleanUp != NULL) {
        DeviceRoutines[IRP_MJ_CLEANUP] = Mutant->CleanUp;
    }
}
