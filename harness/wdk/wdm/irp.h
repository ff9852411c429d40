#pragma once
// I/O request packets and the calls on them.
// Pages: irp, io_stack_location, iocompleterequest (wdm).

#include "interlocked.h"
#include "io.h"

EXTERN_C_START

typedef struct _IO_STATUS_BLOCK {
    union {
        NTSTATUS Status;
        PVOID    Pointer;
    };
    ULONG_PTR Information;
} IO_STATUS_BLOCK, *PIO_STATUS_BLOCK;

typedef struct _IO_STACK_LOCATION {
    UCHAR MajorFunction;
    UCHAR MinorFunction;
    UCHAR Flags;
    UCHAR Control;
    union {
        struct {
            PVOID                   SecurityContext;
            ULONG                   Options;
            USHORT POINTER_ALIGNMENT FileAttributes;
            USHORT                  ShareAccess;
            ULONG POINTER_ALIGNMENT EaLength;
        } Create;
        struct {
            ULONG                   Length;
            ULONG POINTER_ALIGNMENT Key;
            LARGE_INTEGER           ByteOffset;
        } Read;
        struct {
            ULONG                   Length;
            ULONG POINTER_ALIGNMENT Key;
            LARGE_INTEGER           ByteOffset;
        } Write;
        struct {
            ULONG                   OutputBufferLength;
            ULONG POINTER_ALIGNMENT InputBufferLength;
            ULONG POINTER_ALIGNMENT IoControlCode;
            PVOID                   Type3InputBuffer;
        } DeviceIoControl;
        struct {
            PVOID Argument1;
            PVOID Argument2;
            PVOID Argument3;
            PVOID Argument4;
        } Others;
    } Parameters;
    PDEVICE_OBJECT         DeviceObject;
    PFILE_OBJECT           FileObject;
    PIO_COMPLETION_ROUTINE CompletionRoutine;
    PVOID                  Context;
} IO_STACK_LOCATION, *PIO_STACK_LOCATION;

struct _IRP {
    CSHORT Type;
    USHORT Size;
    PMDL   MdlAddress;
    ULONG  Flags;
    union {
        struct _IRP *MasterIrp;
        LONG         IrpCount;
        PVOID        SystemBuffer;
    } AssociatedIrp;
    LIST_ENTRY       ThreadListEntry;
    IO_STATUS_BLOCK  IoStatus;
    KPROCESSOR_MODE  RequestorMode;
    BOOLEAN          PendingReturned;
    CHAR             StackCount;
    CHAR             CurrentLocation;
    BOOLEAN          Cancel;
    KIRQL            CancelIrql;
    CCHAR            ApcEnvironment;
    UCHAR            AllocationFlags;
    PIO_STATUS_BLOCK UserIosb;
    PKEVENT          UserEvent;
    PVOID            OverlayReserved[2];
    PDRIVER_CANCEL   CancelRoutine;
    PVOID            UserBuffer;
    union {
        struct {
            PVOID              DriverContext[4];
            PETHREAD           Thread;
            PCHAR              AuxiliaryBuffer;
            LIST_ENTRY         ListEntry;
            PIO_STACK_LOCATION CurrentStackLocation;
            PFILE_OBJECT       OriginalFileObject;
            PVOID              IrpExtension;
        } Overlay;
    } Tail;
};

VOID     IofCompleteRequest(PIRP Irp, CCHAR PriorityBoost) WDK_NOEXCEPT;
NTSTATUS IofCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp) WDK_NOEXCEPT;
VOID     IoAcquireCancelSpinLock(PKIRQL Irql) WDK_NOEXCEPT;
VOID     IoReleaseCancelSpinLock(KIRQL Irql) WDK_NOEXCEPT;
BOOLEAN  IoCancelIrp(PIRP Irp) WDK_NOEXCEPT;
/// In the headers of Windows a macro; here a call, so that others may go on before and after it.
PDRIVER_CANCEL IoSetCancelRoutine(PIRP Irp, PDRIVER_CANCEL CancelRoutine) WDK_NOEXCEPT;
PIRP     IoAllocateIrp(CCHAR StackSize, BOOLEAN ChargeQuota) WDK_NOEXCEPT;
VOID     IoFreeIrp(PIRP Irp) WDK_NOEXCEPT;
NTSTATUS IoCreateDevice(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                        PUNICODE_STRING DeviceName, DEVICE_TYPE DeviceType,
                        ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                        PDEVICE_OBJECT *DeviceObject) WDK_NOEXCEPT;
VOID     IoDeleteDevice(PDEVICE_OBJECT DeviceObject) WDK_NOEXCEPT;
NTSTATUS IoCreateSymbolicLink(PUNICODE_STRING SymbolicLinkName,
                              PUNICODE_STRING DeviceName) WDK_NOEXCEPT;
NTSTATUS IoDeleteSymbolicLink(PUNICODE_STRING SymbolicLinkName) WDK_NOEXCEPT;
PIO_WORKITEM IoAllocateWorkItem(PDEVICE_OBJECT DeviceObject) WDK_NOEXCEPT;
VOID     IoFreeWorkItem(PIO_WORKITEM IoWorkItem) WDK_NOEXCEPT;

typedef enum _WORK_QUEUE_TYPE {
    CriticalWorkQueue, DelayedWorkQueue, HyperCriticalWorkQueue, NormalWorkQueue,
    BackgroundWorkQueue, RealTimeWorkQueue, SuperCriticalWorkQueue, MaximumWorkQueue
} WORK_QUEUE_TYPE;
VOID     IoQueueWorkItem(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE WorkerRoutine,
                         WORK_QUEUE_TYPE QueueType, PVOID Context) WDK_NOEXCEPT;

EXTERN_C_END

#define IoCompleteRequest(irp, boost)       IofCompleteRequest((irp), (boost))
#define IoCallDriver(device, irp)           IofCallDriver((device), (irp))
#define IoGetCurrentIrpStackLocation(irp)   ((irp)->Tail.Overlay.CurrentStackLocation)
#define IoGetNextIrpStackLocation(irp)      ((irp)->Tail.Overlay.CurrentStackLocation - 1)
#define IoMarkIrpPending(irp) \
    ((void)(IoGetCurrentIrpStackLocation(irp)->Control |= SL_PENDING_RETURNED))
