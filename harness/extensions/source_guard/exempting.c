/*
 * The guard with a device, by which a program exempts ports from it: each code takes the id of a
 * port, or 0 for all. It speaks to the guard that was attached last, while that is attached.
 */
#include "source_guard.h"

#include "../base/device.h"

#define ALL_PORTS NDIS_SWITCH_DEFAULT_PORT_ID

#define EXEMPTING_CODE(Function) \
    CTL_CODE(FILE_DEVICE_NETWORK, 0x820 + (Function), METHOD_BUFFERED, FILE_ANY_ACCESS)

#define IOCTL_EXEMPT_PORT EXEMPTING_CODE(0)
#define IOCTL_END_EXEMPTION EXEMPTING_CODE(1)
/* Out: a ULONG: how many of these ports are on the switch and exempt. */
#define IOCTL_COUNT_EXEMPT EXEMPTING_CODE(2)

const CHAR InterlockExtensionClass[] = "filtering";
NDIS_STRING ExtensionServiceName = NDIS_STRING_CONST("InterlockExemptingGuard");
NDIS_STRING ExtensionUniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C0A}");
NDIS_STRING ExtensionFriendlyName = NDIS_STRING_CONST("Interlock source guard with exemptions");

static DEVICE_NAMES Names = {
    .Device = NDIS_STRING_CONST("\\Device\\InterlockExemptions"),
    .SymbolicLink = NDIS_STRING_CONST("\\DosDevices\\InterlockExemptions"),
};

/* AttachedLock is taken before the guard's own, and keeps the guard there. */
static KSPIN_LOCK AttachedLock;
static PSOURCE_GUARD Attached;
static NDIS_HANDLE DeviceHandle;

static VOID SetAttached(PSOURCE_GUARD Guard)
{
    KIRQL irql;

    KeAcquireSpinLock(&AttachedLock, &irql);
    Attached = Guard;
    KeReleaseSpinLock(&AttachedLock, irql);
}

static NDIS_STATUS ExemptingAttach(PFILTER_MODULE Module)
{
    NDIS_STATUS status = SourceGuardAttach(Module);

    if (status == NDIS_STATUS_SUCCESS) {
        SetAttached(GuardOf(Module));
    }
    return status;
}

static VOID ExemptingDetach(PFILTER_MODULE Module)
{
    KIRQL irql;

    KeAcquireSpinLock(&AttachedLock, &irql);
    if (Attached == GuardOf(Module)) {
        Attached = NULL;
    }
    KeReleaseSpinLock(&AttachedLock, irql);
    SourceGuardDetach(Module);
}

static NTSTATUS OpenOrClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    return CompleteIrp(Irp, STATUS_SUCCESS, 0);
}

static BOOLEAN ExemptAll(PSOURCE_GUARD Guard)
{
    PGUARDED_PORT port = FindPortAbove(Guard, ALL_PORTS);

    while (port != NULL && ExemptPort(Guard, port->PortId) != NULL) {
        port = FindPortAbove(Guard, port->PortId);
    }
    return port == NULL;
}

static NTSTATUS Exempt(PSOURCE_GUARD Guard, ULONG PortId)
{
    BOOLEAN isDone;

    NdisAcquireSpinLock(&Guard->Lock);
    isDone = PortId == ALL_PORTS ? ExemptAll(Guard) : ExemptPort(Guard, PortId) != NULL;
    NdisReleaseSpinLock(&Guard->Lock);
    return isDone ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

static VOID EndAll(PSOURCE_GUARD Guard)
{
    while (!IsListEmpty(&Guard->Exempt)) {
        EndExemption(CONTAINING_RECORD(Guard->Exempt.Flink, GUARDED_PORT, ExemptLink));
    }
}

static NTSTATUS End(PSOURCE_GUARD Guard, ULONG PortId)
{
    PGUARDED_PORT port;

    NdisAcquireSpinLock(&Guard->Lock);
    port = FindExemptPort(Guard, PortId);
    if (PortId == ALL_PORTS) {
        EndAll(Guard);
    } else if (port != NULL) {
        EndExemption(port);
    }
    NdisReleaseSpinLock(&Guard->Lock);
    return STATUS_SUCCESS;
}

static ULONG CountOf(PSOURCE_GUARD Guard, ULONG PortId)
{
    PGUARDED_PORT port = FindPortAbove(Guard, ALL_PORTS);
    ULONG count = 0;

    for (; port != NULL; port = FindPortAbove(Guard, port->PortId)) {
        if (port->IsExempt && (PortId == ALL_PORTS || PortId == port->PortId)) {
            ++count;
        }
    }
    return count;
}

static ULONG CountExempt(PSOURCE_GUARD Guard, ULONG PortId)
{
    ULONG count;

    if (HAS_FLAW(ASKED_WITHOUT_LOCK)) {
        return CountOf(Guard, PortId);
    }
    NdisAcquireSpinLock(&Guard->Lock);
    count = CountOf(Guard, PortId);
    NdisReleaseSpinLock(&Guard->Lock);
    return count;
}

/* The id is read before the answer is written: both stand in the system buffer. */
static NTSTATUS Control(PSOURCE_GUARD Guard, ULONG Code, PULONG Buffer, PULONG Written)
{
    switch (Code) {
    case IOCTL_EXEMPT_PORT:
        return Exempt(Guard, *Buffer);
    case IOCTL_END_EXEMPTION:
        return End(Guard, *Buffer);
    case IOCTL_COUNT_EXEMPT:
        *Buffer = CountExempt(Guard, *Buffer);
        *Written = sizeof(*Buffer);
        return STATUS_SUCCESS;
    default:
        return STATUS_INVALID_DEVICE_REQUEST;
    }
}

static BOOLEAN HasRoom(PIO_STACK_LOCATION Location)
{
    return Location->Parameters.DeviceIoControl.InputBufferLength >= sizeof(ULONG)
        && (Location->Parameters.DeviceIoControl.IoControlCode != IOCTL_COUNT_EXEMPT
            || Location->Parameters.DeviceIoControl.OutputBufferLength >= sizeof(ULONG));
}

static NTSTATUS ControlDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status = STATUS_DEVICE_NOT_READY;
    ULONG written = 0;
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (!HasRoom(location)) {
        return CompleteIrp(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }
    KeAcquireSpinLock(&AttachedLock, &irql);
    if (Attached != NULL) {
        status = Control(Attached, location->Parameters.DeviceIoControl.IoControlCode,
                         Irp->AssociatedIrp.SystemBuffer, &written);
    }
    KeReleaseSpinLock(&AttachedLock, irql);
    return CompleteIrp(Irp, status, written);
}

static PDRIVER_DISPATCH DeviceRoutines[IRP_MJ_MAXIMUM_FUNCTION + 1] = {
    [IRP_MJ_CREATE] = OpenOrClose,
    [IRP_MJ_CLEANUP] = OpenOrClose,
    [IRP_MJ_CLOSE] = OpenOrClose,
    [IRP_MJ_DEVICE_CONTROL] = ControlDevice,
};

static VOID PrepareExemptions(VOID)
{
    KeInitializeSpinLock(&AttachedLock);
}

static NDIS_STATUS RegisterExemptions(NDIS_HANDLE FilterDriverHandle)
{
    PDEVICE_OBJECT device;

    return RegisterDevice(FilterDriverHandle, &Names, DeviceRoutines, &device, &DeviceHandle);
}

static VOID DeregisterExemptions(VOID)
{
    NdisDeregisterDeviceEx(DeviceHandle);
}

const EXTENSION_HOOKS ExtensionHooks = {
    .Load = PrepareExemptions,
    .Registered = RegisterExemptions,
    .Unload = DeregisterExemptions,
    .Attach = ExemptingAttach,
    .Detach = ExemptingDetach,
    .Restart = SourceGuardRestart,
    .Activate = SourceGuardActivate,
    .OidRequest = SourceGuardOidRequest,
    .OidRequestComplete = SourceGuardOidRequestComplete,
    .Send = SourceGuardSend,
};
