#pragma once
// Memory, strings, timers, work items and devices, by their NDIS names.
// Pages: ndisallocatememorywithtagpriority, ndisallocatetimerobject, ndisallocateioworkitem,
// ndisregisterdeviceex (ndis).

#include "locks.h"

EXTERN_C_START

PVOID       NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag,
                                              EX_POOL_PRIORITY Priority) WDK_NOEXCEPT;
/// In the headers of Windows an inline function over the pool; here a call, so that it is seen.
VOID        NdisFreeMemoryWithTagPriority(NDIS_HANDLE NdisHandle, PVOID VirtualAddress,
                                          ULONG Tag) WDK_NOEXCEPT;
NDIS_STATUS NdisAllocateMemoryWithTag(PVOID *VirtualAddress, UINT Length, ULONG Tag) WDK_NOEXCEPT;
VOID        NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags) WDK_NOEXCEPT;
VOID        NdisFreeMemoryWithTag(PVOID VirtualAddress, ULONG Tag) WDK_NOEXCEPT;

typedef VOID NDIS_TIMER_FUNCTION(PVOID SystemSpecific1, PVOID FunctionContext,
                                 PVOID SystemSpecific2, PVOID SystemSpecific3);
typedef NDIS_TIMER_FUNCTION *PNDIS_TIMER_FUNCTION;

typedef struct _NDIS_TIMER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER   Header;
    ULONG                AllocationTag;
    PNDIS_TIMER_FUNCTION TimerFunction;
    PVOID                FunctionContext;
} NDIS_TIMER_CHARACTERISTICS, *PNDIS_TIMER_CHARACTERISTICS;
#define NDIS_TIMER_CHARACTERISTICS_REVISION_1 1
#define NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_TIMER_CHARACTERISTICS, FunctionContext)

NDIS_STATUS NdisAllocateTimerObject(NDIS_HANDLE NdisHandle,
                                    PNDIS_TIMER_CHARACTERISTICS TimerCharacteristics,
                                    PNDIS_HANDLE pTimerObject) WDK_NOEXCEPT;
/// TRUE when the timer was already set. The period is in milliseconds, 0 for once.
BOOLEAN     NdisSetTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime,
                               LONG MillisecondsPeriod, PVOID FunctionContext) WDK_NOEXCEPT;
BOOLEAN     NdisSetCoalescableTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime,
                                          LONG MillisecondsPeriod, PVOID FunctionContext,
                                          ULONG Tolerance) WDK_NOEXCEPT;
BOOLEAN     NdisCancelTimerObject(NDIS_HANDLE TimerObject) WDK_NOEXCEPT;
VOID        NdisFreeTimerObject(NDIS_HANDLE TimerObject) WDK_NOEXCEPT;

typedef VOID NDIS_IO_WORKITEM(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle);
typedef NDIS_IO_WORKITEM NDIS_IO_WORKITEM_FUNCTION, *NDIS_IO_WORKITEM_ROUTINE;

NDIS_HANDLE NdisAllocateIoWorkItem(NDIS_HANDLE NdisObjectHandle) WDK_NOEXCEPT;
VOID        NdisFreeIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle) WDK_NOEXCEPT;
VOID        NdisQueueIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle, NDIS_IO_WORKITEM_ROUTINE Routine,
                                PVOID WorkItemContext) WDK_NOEXCEPT;

typedef struct _NDIS_GENERIC_OBJECT {
    NDIS_OBJECT_HEADER Header;
    PVOID              Caller;
    PVOID              CallersCaller;
    PDRIVER_OBJECT     DriverObject;
} NDIS_GENERIC_OBJECT, *PNDIS_GENERIC_OBJECT;

PNDIS_GENERIC_OBJECT NdisAllocateGenericObject(PDRIVER_OBJECT DriverObject, ULONG Tag,
                                               USHORT Size) WDK_NOEXCEPT;
VOID                 NdisFreeGenericObject(PNDIS_GENERIC_OBJECT NdisObject) WDK_NOEXCEPT;

typedef struct _NDIS_DEVICE_OBJECT_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    PNDIS_STRING       DeviceName;
    PNDIS_STRING       SymbolicName;
    PDRIVER_DISPATCH  *MajorFunctions;
    ULONG              ExtensionSize;
    PCUNICODE_STRING   DefaultSDDLString;
    LPCGUID            DeviceClassGuid;
} NDIS_DEVICE_OBJECT_ATTRIBUTES, *PNDIS_DEVICE_OBJECT_ATTRIBUTES;
#define NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1 1
#define NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_DEVICE_OBJECT_ATTRIBUTES, DeviceClassGuid)

NDIS_STATUS NdisRegisterDeviceEx(NDIS_HANDLE NdisHandle,
                                 PNDIS_DEVICE_OBJECT_ATTRIBUTES DeviceObjectAttributes,
                                 PDEVICE_OBJECT *pDeviceObject,
                                 PNDIS_HANDLE NdisDeviceHandle) WDK_NOEXCEPT;
VOID        NdisDeregisterDeviceEx(NDIS_HANDLE NdisDeviceHandle) WDK_NOEXCEPT;
PVOID       NdisGetDeviceReservedExtension(PDEVICE_OBJECT DeviceObject) WDK_NOEXCEPT;

VOID  NdisGetCurrentSystemTime(PLARGE_INTEGER pSystemTime) WDK_NOEXCEPT;
VOID  NdisGetSystemUpTimeEx(PLARGE_INTEGER pSystemUpTime) WDK_NOEXCEPT;
UINT  NdisGetVersion(VOID) WDK_NOEXCEPT;
ULONG NdisCurrentProcessorIndex(VOID) WDK_NOEXCEPT;
UCHAR NdisGeneratePartialCancelId(VOID) WDK_NOEXCEPT;

EXTERN_C_END

#define NdisMoveMemory(to, from, bytes)      RtlCopyMemory((to), (from), (bytes))
#define NdisZeroMemory(to, bytes)            RtlZeroMemory((to), (bytes))
#define NdisFillMemory(to, bytes, value)     RtlFillMemory((to), (bytes), (value))
#define NdisEqualMemory(left, right, bytes)  RtlEqualMemory((left), (right), (bytes))
#define NdisInitUnicodeString(to, from)      RtlInitUnicodeString((to), (from))
#define NdisInitializeListHead(head)         InitializeListHead(head)
#define NdisEqualString(left, right, fold)   RtlEqualUnicodeString((left), (right), (fold))
#define NdisEqualUnicodeString(left, right, fold) RtlEqualUnicodeString((left), (right), (fold))
