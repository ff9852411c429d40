/*
 * A control device: what a program asks of the extension. It counts what passes, tells of events
 * when they come (a request waits for them), and keeps a label that programs read and write.
 */
#pragma once

#include "../base/device.h"

#define CONTROL_CODE(Function, Method) \
    CTL_CODE(FILE_DEVICE_NETWORK, 0x800 + (Function), Method, FILE_ANY_ACCESS)

/* Out: STATISTICS. */
#define IOCTL_GET_STATISTICS CONTROL_CODE(0, METHOD_BUFFERED)
/* Out: EVENT. Waits until there is one that this handle has not been told of. */
#define IOCTL_WAIT_FOR_EVENT CONTROL_CODE(1, METHOD_BUFFERED)
/* Out: as many of the last EVENTs as there is room for. */
#define IOCTL_GET_EVENTS CONTROL_CODE(2, METHOD_OUT_DIRECT)
/* In: nothing. The second buffer: the label. */
#define IOCTL_SET_LABEL CONTROL_CODE(3, METHOD_IN_DIRECT)
/* In: bytes. Out: the same, as far as there is room. */
#define IOCTL_ECHO CONTROL_CODE(4, METHOD_NEITHER)

#define EVENTS_MAX 16
#define LABEL_MAX 64

typedef struct _STATISTICS {
    ULONG64 PacketListsSent;
    ULONG64 PacketListsReceived;
    ULONG Handles;
    ULONG LastEvent;
} STATISTICS, *PSTATISTICS;

typedef enum _EVENT_KIND {
    EventConnected = 1,
    EventDisconnected
} EVENT_KIND;

typedef struct _EVENT {
    ULONG Sequence; /* from 1 */
    ULONG Kind;
    ULONG PortId;
    ULONG NicIndex;
} EVENT, *PEVENT;

/* FsContext of a file object. Guarded by Control.Lock. */
typedef struct _OPEN_HANDLE {
    ULONG LastTold; /* the sequence of the last event that it was told of */
} OPEN_HANDLE, *POPEN_HANDLE;

typedef struct _CONTROL {
    PDEVICE_OBJECT Device;
    NDIS_HANDLE DeviceHandle;

    KSPIN_LOCK Lock; /* guards all below */
    STATISTICS Statistics;
    EVENT Events[EVENTS_MAX]; /* by sequence, modulo EVENTS_MAX */
    LIST_ENTRY Waiting;       /* IRPs, by Tail.Overlay.ListEntry */
    UCHAR Label[LABEL_MAX];
    ULONG LabelLength;
} CONTROL, *PCONTROL;

extern CONTROL Control;

/* What the device is registered with. */
extern PDRIVER_DISPATCH DeviceRoutines[IRP_MJ_MAXIMUM_FUNCTION + 1];

/* dispatch.c */
DRIVER_DISPATCH OpenDevice;
DRIVER_DISPATCH CleanUpDevice;
DRIVER_DISPATCH CloseDevice;
DRIVER_DISPATCH ControlDevice;
DRIVER_DISPATCH ReadDevice;
DRIVER_DISPATCH WriteDevice;

/* waiting.c */
VOID RaiseEvent(EVENT_KIND Kind, ULONG PortId, ULONG NicIndex);

/* Keeps the IRP until there is an event, unless there is one already. */
NTSTATUS WaitForEvent(PIRP Irp);

/* Completes all that wait and came by this file object. */
VOID CancelWaiting(PFILE_OBJECT FileObject);
