/* A device object by which programs speak to the extension. */
#pragma once

#include "extension.h"

typedef struct _DEVICE_NAMES {
    NDIS_STRING Device;
    NDIS_STRING SymbolicLink;
} DEVICE_NAMES, *PDEVICE_NAMES;

/* Routines: IRP_MJ_MAXIMUM_FUNCTION + 1 of them. */
NDIS_STATUS RegisterDevice(NDIS_HANDLE FilterDriverHandle, PDEVICE_NAMES Names,
                           PDRIVER_DISPATCH* Routines, PDEVICE_OBJECT* Device,
                           PNDIS_HANDLE DeviceHandle);

/* Completes the IRP with Status, which it returns. */
NTSTATUS CompleteIrp(PIRP Irp, NTSTATUS Status, ULONG_PTR Information);
