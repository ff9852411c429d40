/* The dispatch routines of the control device. */
#include "control_device.h"

static VOID CountHandle(LONG More)
{
    KIRQL irql;

    KeAcquireSpinLock(&Control.Lock, &irql);
    Control.Statistics.Handles += (ULONG)More;
    KeReleaseSpinLock(&Control.Lock, irql);
}

NTSTATUS OpenDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    POPEN_HANDLE handle = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*handle), EXTENSION_TAG);

    UNREFERENCED_PARAMETER(DeviceObject);

    if (handle == NULL) {
        return CompleteIrp(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
    }
    IoGetCurrentIrpStackLocation(Irp)->FileObject->FsContext = handle;
    CountHandle(1);
    return CompleteIrp(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS CleanUpDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    CancelWaiting(IoGetCurrentIrpStackLocation(Irp)->FileObject);
    return CompleteIrp(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS CloseDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    CountHandle(-1);
    ExFreePoolWithTag(IoGetCurrentIrpStackLocation(Irp)->FileObject->FsContext, EXTENSION_TAG);
    return CompleteIrp(Irp, STATUS_SUCCESS, 0);
}

static ULONG Smaller(ULONG One, ULONG Other)
{
    return One < Other ? One : Other;
}

static NTSTATUS GetStatistics(PIRP Irp, ULONG Room)
{
    KIRQL irql;

    if (Room < sizeof(STATISTICS)) {
        return CompleteIrp(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }
    KeAcquireSpinLock(&Control.Lock, &irql);
    RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, &Control.Statistics, sizeof(STATISTICS));
    KeReleaseSpinLock(&Control.Lock, irql);
    return CompleteIrp(Irp, STATUS_SUCCESS, sizeof(STATISTICS));
}

/* The buffer of a direct request; NULL if there is none or it cannot be mapped. */
static PVOID DirectBuffer(PIRP Irp)
{
    return Irp->MdlAddress == NULL
        ? NULL
        : MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute);
}

static NTSTATUS GetEvents(PIRP Irp, ULONG Room)
{
    PEVENT events = DirectBuffer(Irp);
    ULONG count;
    ULONG index;
    ULONG last;
    KIRQL irql;

    if (events == NULL) {
        return CompleteIrp(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }
    KeAcquireSpinLock(&Control.Lock, &irql);
    last = Control.Statistics.LastEvent;
    count = Smaller(Smaller(last, EVENTS_MAX), Room / sizeof(EVENT));
    for (index = 0; index < count; ++index) {
        events[index] = Control.Events[(last - index) % EVENTS_MAX];
    }
    KeReleaseSpinLock(&Control.Lock, irql);
    return CompleteIrp(Irp, STATUS_SUCCESS, count * sizeof(EVENT));
}

static ULONG SetLabel(const VOID* Bytes, ULONG Length)
{
    KIRQL irql;

    Length = Smaller(Length, LABEL_MAX);
    KeAcquireSpinLock(&Control.Lock, &irql);
    RtlCopyMemory(Control.Label, Bytes, Length);
    Control.LabelLength = Length;
    KeReleaseSpinLock(&Control.Lock, irql);
    return Length;
}

static NTSTATUS SetLabelDirectly(PIRP Irp, ULONG Length)
{
    PVOID label = DirectBuffer(Irp);

    if (label == NULL) {
        return CompleteIrp(Irp, STATUS_INVALID_PARAMETER, 0);
    }
    return CompleteIrp(Irp, STATUS_SUCCESS, SetLabel(label, Length));
}

/* Both buffers lie where the caller says: nothing about them is certain. */
static NTSTATUS Echo(PIRP Irp, PIO_STACK_LOCATION Location)
{
    PVOID input = Location->Parameters.DeviceIoControl.Type3InputBuffer;
    PVOID output = Irp->UserBuffer;
    ULONG length = Smaller(Location->Parameters.DeviceIoControl.InputBufferLength,
                           Location->Parameters.DeviceIoControl.OutputBufferLength);
    NTSTATUS status = STATUS_SUCCESS;

    __try {
        if (length > 0) {
            ProbeForRead(input, length, sizeof(UCHAR));
            ProbeForWrite(output, length, sizeof(UCHAR));
            RtlMoveMemory(output, input, length);
        }
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        status = GetExceptionCode();
    }
    return CompleteIrp(Irp, status, NT_SUCCESS(status) ? length : 0);
}

NTSTATUS ControlDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
    ULONG room = location->Parameters.DeviceIoControl.OutputBufferLength;

    UNREFERENCED_PARAMETER(DeviceObject);

    switch (location->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_GET_STATISTICS:
        return GetStatistics(Irp, room);
    case IOCTL_WAIT_FOR_EVENT:
        return room < sizeof(EVENT) ? CompleteIrp(Irp, STATUS_BUFFER_TOO_SMALL, 0)
                                    : WaitForEvent(Irp);
    case IOCTL_GET_EVENTS:
        return GetEvents(Irp, room);
    case IOCTL_SET_LABEL:
        return SetLabelDirectly(Irp, room);
    case IOCTL_ECHO:
        return Echo(Irp, location);
    default:
        return CompleteIrp(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}

NTSTATUS ReadDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(Irp)->Parameters.Read.Length;
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);

    KeAcquireSpinLock(&Control.Lock, &irql);
    length = Smaller(length, Control.LabelLength);
    if (length > 0) {
        RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, Control.Label, length);
    }
    KeReleaseSpinLock(&Control.Lock, irql);
    return CompleteIrp(Irp, STATUS_SUCCESS, length);
}

NTSTATUS WriteDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (length > 0) {
        length = SetLabel(Irp->AssociatedIrp.SystemBuffer, length);
    }
    return CompleteIrp(Irp, STATUS_SUCCESS, length);
}
