#pragma once
// Driver, device and file objects, and the request packets that reach them. The documented
// members stand in their documented order. Pages: driver_object, device_object, irp,
// io_stack_location (wdm).

#include "mdl.h"
#include "counted_string.h"
#include "sync.h"

EXTERN_C_START

#define IRP_MJ_CREATE                   0x00
#define IRP_MJ_CREATE_NAMED_PIPE        0x01
#define IRP_MJ_CLOSE                    0x02
#define IRP_MJ_READ                     0x03
#define IRP_MJ_WRITE                    0x04
#define IRP_MJ_QUERY_INFORMATION        0x05
#define IRP_MJ_SET_INFORMATION          0x06
#define IRP_MJ_QUERY_EA                 0x07
#define IRP_MJ_SET_EA                   0x08
#define IRP_MJ_FLUSH_BUFFERS            0x09
#define IRP_MJ_QUERY_VOLUME_INFORMATION 0x0a
#define IRP_MJ_SET_VOLUME_INFORMATION   0x0b
#define IRP_MJ_DIRECTORY_CONTROL        0x0c
#define IRP_MJ_FILE_SYSTEM_CONTROL      0x0d
#define IRP_MJ_DEVICE_CONTROL           0x0e
#define IRP_MJ_INTERNAL_DEVICE_CONTROL  0x0f
#define IRP_MJ_SHUTDOWN                 0x10
#define IRP_MJ_LOCK_CONTROL             0x11
#define IRP_MJ_CLEANUP                  0x12
#define IRP_MJ_CREATE_MAILSLOT          0x13
#define IRP_MJ_QUERY_SECURITY           0x14
#define IRP_MJ_SET_SECURITY             0x15
#define IRP_MJ_POWER                    0x16
#define IRP_MJ_SYSTEM_CONTROL           0x17
#define IRP_MJ_DEVICE_CHANGE            0x18
#define IRP_MJ_QUERY_QUOTA              0x19
#define IRP_MJ_SET_QUOTA                0x1a
#define IRP_MJ_PNP                      0x1b
#define IRP_MJ_MAXIMUM_FUNCTION        0x1b

#define IO_TYPE_DEVICE 3
#define IO_TYPE_DRIVER 4
#define IO_TYPE_FILE   5
#define IO_TYPE_IRP    6

#define SL_PENDING_RETURNED   0x01
#define SL_INVOKE_ON_CANCEL   0x20
#define SL_INVOKE_ON_SUCCESS  0x40
#define SL_INVOKE_ON_ERROR    0x80
#define DO_BUFFERED_IO         0x00000004
#define DO_EXCLUSIVE           0x00000008
#define DO_DIRECT_IO           0x00000010
#define DO_DEVICE_INITIALIZING 0x00000080
#define FILE_DEVICE_SECURE_OPEN 0x00000100
#define FILE_DEVICE_NETWORK    0x00000012
#define FILE_DEVICE_PHYSICAL_NETCARD 0x00000017
#define FILE_DEVICE_UNKNOWN    0x00000022
#define FILE_ANY_ACCESS        0
#define FILE_READ_ACCESS       1
#define FILE_WRITE_ACCESS      2
#define FILE_SHARE_READ        1
#define FILE_SHARE_WRITE       2
#define FILE_SHARE_DELETE      4
#define FILE_OPEN              1
#define FILE_SPECIAL_ACCESS    FILE_ANY_ACCESS
#define METHOD_BUFFERED        0
#define METHOD_IN_DIRECT       1
#define METHOD_OUT_DIRECT      2
#define METHOD_NEITHER         3
#define METHOD_DIRECT_TO_HARDWARE   METHOD_IN_DIRECT
#define METHOD_DIRECT_FROM_HARDWARE METHOD_OUT_DIRECT
#define CTL_CODE(device, function, method, access) \
    (((device) << 16) | ((access) << 14) | ((function) << 2) | (method))
#define DEVICE_TYPE_FROM_CTL_CODE(code) (((ULONG)((code) & 0xffff0000u)) >> 16)
#define METHOD_FROM_CTL_CODE(code)      ((ULONG)((code) & 3))

typedef struct _DRIVER_OBJECT DRIVER_OBJECT, *PDRIVER_OBJECT;
typedef struct _DEVICE_OBJECT DEVICE_OBJECT, *PDEVICE_OBJECT;
typedef struct _FILE_OBJECT FILE_OBJECT, *PFILE_OBJECT;
typedef struct _IRP IRP, *PIRP;
typedef struct _ETHREAD *PETHREAD;
typedef struct _EPROCESS *PEPROCESS;
typedef struct _VPB *PVPB;
typedef struct _IO_TIMER *PIO_TIMER;
typedef struct _IO_WORKITEM *PIO_WORKITEM;

typedef NTSTATUS DRIVER_INITIALIZE(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
typedef VOID     DRIVER_UNLOAD(PDRIVER_OBJECT DriverObject);
typedef NTSTATUS DRIVER_DISPATCH(PDEVICE_OBJECT DeviceObject, PIRP Irp);
typedef VOID     DRIVER_CANCEL(PDEVICE_OBJECT DeviceObject, PIRP Irp);
typedef VOID     DRIVER_STARTIO(PDEVICE_OBJECT DeviceObject, PIRP Irp);
typedef NTSTATUS DRIVER_ADD_DEVICE(PDRIVER_OBJECT DriverObject,
                                   PDEVICE_OBJECT PhysicalDeviceObject);
typedef NTSTATUS IO_COMPLETION_ROUTINE(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context);
typedef VOID     IO_WORKITEM_ROUTINE(PDEVICE_OBJECT DeviceObject, PVOID Context);
typedef DRIVER_INITIALIZE     *PDRIVER_INITIALIZE;
typedef DRIVER_UNLOAD         *PDRIVER_UNLOAD;
typedef DRIVER_DISPATCH       *PDRIVER_DISPATCH;
typedef DRIVER_CANCEL         *PDRIVER_CANCEL;
typedef DRIVER_STARTIO        *PDRIVER_STARTIO;
typedef DRIVER_ADD_DEVICE     *PDRIVER_ADD_DEVICE;
typedef IO_COMPLETION_ROUTINE *PIO_COMPLETION_ROUTINE;
typedef IO_WORKITEM_ROUTINE   *PIO_WORKITEM_ROUTINE;

typedef struct _DRIVER_EXTENSION {
    PDRIVER_OBJECT     DriverObject;
    PDRIVER_ADD_DEVICE AddDevice;
    ULONG              Count;
    UNICODE_STRING     ServiceKeyName;
} DRIVER_EXTENSION, *PDRIVER_EXTENSION;

struct _DRIVER_OBJECT {
    CSHORT             Type;
    CSHORT             Size;
    PDEVICE_OBJECT     DeviceObject;
    ULONG              Flags;
    PVOID              DriverStart;
    ULONG              DriverSize;
    PVOID              DriverSection;
    PDRIVER_EXTENSION  DriverExtension;
    UNICODE_STRING     DriverName;
    PUNICODE_STRING    HardwareDatabase;
    PVOID              FastIoDispatch;
    PDRIVER_INITIALIZE DriverInit;
    PDRIVER_STARTIO    DriverStartIo;
    PDRIVER_UNLOAD     DriverUnload;
    PDRIVER_DISPATCH   MajorFunction[IRP_MJ_MAXIMUM_FUNCTION + 1];
};

struct _DEVICE_OBJECT {
    CSHORT         Type;
    USHORT         Size;
    LONG           ReferenceCount;
    PDRIVER_OBJECT DriverObject;
    PDEVICE_OBJECT NextDevice;
    PDEVICE_OBJECT AttachedDevice;
    PIRP           CurrentIrp;
    PIO_TIMER      Timer;
    ULONG          Flags;
    ULONG          Characteristics;
    PVPB           Vpb;
    PVOID          DeviceExtension;
    DEVICE_TYPE    DeviceType;
    CCHAR          StackSize;
    union {
        LIST_ENTRY ListEntry;
        ULONG_PTR  WaitContextReserved[9];
    } Queue;
    ULONG          AlignmentRequirement;
    ULONG_PTR      DeviceQueueReserved[5];
    KDPC           Dpc;
    ULONG          ActiveThreadCount;
    PVOID          SecurityDescriptor;
    KEVENT         DeviceLock;
    USHORT         SectorSize;
    USHORT         Spare1;
    PVOID          DeviceObjectExtension;
    PVOID          Reserved;
};

struct _FILE_OBJECT {
    CSHORT         Type;
    CSHORT         Size;
    PDEVICE_OBJECT DeviceObject;
    PVPB           Vpb;
    PVOID          FsContext;
    PVOID          FsContext2;
    PVOID          SectionObjectPointer;
    PVOID          PrivateCacheMap;
    NTSTATUS       FinalStatus;
    PFILE_OBJECT   RelatedFileObject;
    BOOLEAN        LockOperation;
    BOOLEAN        DeletePending;
    BOOLEAN        ReadAccess;
    BOOLEAN        WriteAccess;
    BOOLEAN        DeleteAccess;
    BOOLEAN        SharedRead;
    BOOLEAN        SharedWrite;
    BOOLEAN        SharedDelete;
    ULONG          Flags;
    UNICODE_STRING FileName;
    LARGE_INTEGER  CurrentByteOffset;
    ULONG          Waiters;
    ULONG          Busy;
    PVOID          LastLock;
    KEVENT         Lock;
    KEVENT         Event;
    PVOID          CompletionContext;
    KSPIN_LOCK     IrpListLock;
    LIST_ENTRY     IrpList;
    PVOID          FileObjectExtension;
};

EXTERN_C_END
