#include "device.h"

NDIS_STATUS RegisterDevice(NDIS_HANDLE FilterDriverHandle, PDEVICE_NAMES Names,
                           PDRIVER_DISPATCH* Routines, PDEVICE_OBJECT* Device,
                           PNDIS_HANDLE DeviceHandle)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;

    RtlZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.DeviceName = &Names->Device;
    attributes.SymbolicName = &Names->SymbolicLink;
    attributes.MajorFunctions = Routines;
    return NdisRegisterDeviceEx(FilterDriverHandle, &attributes, Device, DeviceHandle);
}

NTSTATUS CompleteIrp(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Information;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}
