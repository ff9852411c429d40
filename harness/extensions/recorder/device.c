/*
 * The device from which the recording is read: by one handle at a time, first the head, then as
 * many records as there are and as the buffer has room for. A read never waits.
 */
#include "recorder.h"

#include <wdmsec.h>

typedef struct _RECORDER_DEVICE {
    PDEVICE_OBJECT Object;
    NDIS_HANDLE Handle;
    volatile LONG IsOpen;
    volatile LONG IsRead;
    BOOLEAN HeadGiven; /* to who has it open; guarded by IsRead */
    RECORDING_HEAD Head;
} RECORDER_DEVICE;

static DRIVER_DISPATCH OpenDevice;
static DRIVER_DISPATCH CleanUpDevice;
static DRIVER_DISPATCH CloseDevice;
static DRIVER_DISPATCH ReadDevice;

static RECORDER_DEVICE Device;

static PDRIVER_DISPATCH Routines[IRP_MJ_MAXIMUM_FUNCTION + 1] = {
    [IRP_MJ_CREATE] = OpenDevice,
    [IRP_MJ_CLEANUP] = CleanUpDevice,
    [IRP_MJ_CLOSE] = CloseDevice,
    [IRP_MJ_READ] = ReadDevice,
};

static VOID FillHead(VOID)
{
    LARGE_INTEGER frequency;
    LARGE_INTEGER now;

    Device.Head.Mark = RECORDING_MARK;
    Device.Head.Version = RECORDING_VERSION;
    Device.Head.RecordSize = RECORDING_SIZE;
    Device.Head.Began = (ULONG64)KeQueryPerformanceCounter(&frequency).QuadPart;
    Device.Head.Frequency = (ULONG64)frequency.QuadPart;
    KeQuerySystemTimePrecise(&now);
    Device.Head.BeganAt = (ULONG64)now.QuadPart;
    Device.Head.NdisVersion = NdisGetVersion();
    Device.Head.ExtensionClass = RecorderClass;
    RtlCopyMemory(Device.Head.Name, RecorderName, sizeof(Device.Head.Name));
}

NDIS_STATUS RegisterRecorderDevice(NDIS_HANDLE FilterDriverHandle)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    NDIS_STATUS status;

    FillHead();
    RtlZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.DeviceName = &RecorderDeviceName;
    attributes.SymbolicName = &RecorderSymbolicName;
    attributes.MajorFunctions = Routines;
    attributes.DefaultSDDLString = &SDDL_DEVOBJ_SYS_ALL_ADM_ALL; /* administrators only */

    status = NdisRegisterDeviceEx(FilterDriverHandle, &attributes, &Device.Object, &Device.Handle);
    if (status == NDIS_STATUS_SUCCESS) {
        Device.Object->Flags |= DO_DIRECT_IO;
    }
    return status;
}

VOID DeregisterRecorderDevice(VOID)
{
    NdisDeregisterDeviceEx(Device.Handle);
}

static NTSTATUS Complete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Information;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

NTSTATUS OpenDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    if (InterlockedCompareExchange(&Device.IsOpen, 1, 0) != 0) {
        return Complete(Irp, STATUS_SHARING_VIOLATION, 0);
    }
    Device.HeadGiven = FALSE;
    return Complete(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS CleanUpDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    return Complete(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS CloseDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    InterlockedExchange(&Device.IsOpen, 0);
    return Complete(Irp, STATUS_SUCCESS, 0);
}

/* How many bytes were written to Bytes. */
static ULONG Take(PUCHAR Bytes, ULONG Room)
{
    RECORDING_RECORD record;
    ULONG written = 0;

    if (!Device.HeadGiven && Room >= RECORDING_SIZE) {
        RtlCopyMemory(Bytes, &Device.Head, RECORDING_SIZE);
        Device.HeadGiven = TRUE;
        written = RECORDING_SIZE;
    }
    while (Room - written >= RECORDING_SIZE && TakeRecord(&record)) {
        RtlCopyMemory(Bytes + written, &record, RECORDING_SIZE);
        written += RECORDING_SIZE;
    }
    return written;
}

NTSTATUS ReadDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG room = IoGetCurrentIrpStackLocation(Irp)->Parameters.Read.Length;
    PUCHAR bytes = NULL;
    ULONG written;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (Irp->MdlAddress != NULL) {
        bytes = MmGetSystemAddressForMdlSafe(Irp->MdlAddress,
                                             NormalPagePriority | MdlMappingNoExecute);
    }
    if (bytes == NULL || room < RECORDING_SIZE) {
        return Complete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }
    if (InterlockedCompareExchange(&Device.IsRead, 1, 0) != 0) {
        return Complete(Irp, STATUS_DEVICE_BUSY, 0);
    }
    written = Take(bytes, room);
    InterlockedExchange(&Device.IsRead, 0);
    return Complete(Irp, STATUS_SUCCESS, written);
}
