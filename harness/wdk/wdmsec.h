#pragma once
// Devices with a security descriptor. Pages: nf-wdmsec-wdmlibiocreatedevicesecure,
// sddl-for-device-objects. Nobody is kept out here: descriptors are not looked at.

#include "wdm.h"

EXTERN_C_START

extern const UNICODE_STRING SDDL_DEVOBJ_KERNEL_ONLY;
extern const UNICODE_STRING SDDL_DEVOBJ_SYS_ALL;
extern const UNICODE_STRING SDDL_DEVOBJ_SYS_ALL_ADM_ALL;
extern const UNICODE_STRING SDDL_DEVOBJ_SYS_ALL_ADM_RX;

NTSTATUS WdmlibIoCreateDeviceSecure(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                                    PUNICODE_STRING DeviceName, DEVICE_TYPE DeviceType,
                                    ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                                    PCUNICODE_STRING DefaultSDDLString, LPCGUID DeviceClassGuid,
                                    PDEVICE_OBJECT *DeviceObject) WDK_NOEXCEPT;

EXTERN_C_END

#define IoCreateDeviceSecure WdmlibIoCreateDeviceSecure
