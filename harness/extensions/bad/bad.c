/*
 * A driver that is good until one of its callbacks does something bad: which, is written into
 * InterlockMutant before it is loaded, as "<deed> <callback>". For the tests of what a campaign
 * makes of it.
 */
#include "../mutant/mutant.h"

CHAR InterlockMutant[64] = "none";

PDRIVER_UNLOAD GoodUnload;
static CHAR* Freed;
static KSPIN_LOCK Lock;

typedef VOID DEED(VOID);

static VOID Crash(VOID)
{
    *(volatile ULONG*)(ULONG_PTR)8 = 1;
}

static VOID Hang(VOID)
{
    volatile BOOLEAN forever = TRUE;

    while (forever) {
    }
}

static VOID Wait(VOID)
{
    static NDIS_EVENT never;

    NdisInitializeEvent(&never);
    NdisWaitEvent(&never, 0);
}

static PCHAR Allocate(VOID)
{
    return ExAllocatePool2(POOL_FLAG_NON_PAGED, 40, EXTENSION_TAG);
}

/* The compiler is not to see that it is wrong. */
static VOID WriteAt(volatile CHAR* Memory, volatile LONG Place)
{
    Memory[Place] = 1;
}

static VOID Overrun(VOID)
{
    PCHAR memory = Allocate();

    WriteAt(memory, 40);
    ExFreePoolWithTag(memory, EXTENSION_TAG);
}

static VOID Underrun(VOID)
{
    PCHAR memory = Allocate();

    WriteAt(memory, -1);
    ExFreePoolWithTag(memory, EXTENSION_TAG);
}

static VOID FreeTwice(VOID)
{
    PCHAR memory = Allocate();

    ExFreePoolWithTag(memory, EXTENSION_TAG);
    ExFreePoolWithTag(memory, EXTENSION_TAG);
}

static VOID FreeForeign(VOID)
{
    CHAR memory[64];

    ExFreePoolWithTag(&memory[16], EXTENSION_TAG);
}

static VOID UseFreed(VOID)
{
    PCHAR memory = Allocate();

    ExFreePoolWithTag(memory, EXTENSION_TAG);
    WriteAt(memory, 8);
}

static VOID Leak(VOID)
{
    Freed = Allocate();
}

/* Good, as long as there is memory. */
static VOID NeedMemory(VOID)
{
    PCHAR memory = Allocate();

    WriteAt(memory, 0);
    ExFreePoolWithTag(memory, EXTENSION_TAG);
}

static VOID KeepLock(VOID)
{
    KIRQL irql;

    KeAcquireSpinLock(&Lock, &irql);
}

static VOID StayRaised(VOID)
{
    KIRQL irql;

    KeRaiseIrql(DISPATCH_LEVEL, &irql);
}

static const struct {
    const CHAR* Name;
    DEED* Do;
} Deeds[] = {
    {"crashes_in", Crash},        {"hangs_in", Hang},          {"waits_in", Wait},
    {"overruns_in", Overrun},     {"underruns_in", Underrun},  {"frees_twice_in", FreeTwice},
    {"frees_foreign_in", FreeForeign}, {"uses_freed_in", UseFreed}, {"leaks_in", Leak},
    {"needs_memory_in", NeedMemory}, {"keeps_lock_in", KeepLock},  {"stays_raised_in", StayRaised},
};

/* Several callbacks stand apart by '|'. */
static BOOLEAN IsAmong(const CHAR* Names, const CHAR* Callback)
{
    SIZE_T letters = strlen(Callback);

    for (; Names != NULL; Names = strchr(Names, '|')) {
        Names += *Names == '|';
        if (strncmp(Names, Callback, letters) == 0
            && (Names[letters] == '\0' || Names[letters] == '|')) {
            return TRUE;
        }
    }
    return FALSE;
}

static BOOLEAN IsDue(const CHAR* Deed, const CHAR* Callback)
{
    SIZE_T letters = strlen(Deed);

    return strncmp(InterlockMutant, Deed, letters) == 0 && InterlockMutant[letters] == ' '
        && IsAmong(&InterlockMutant[letters + 1], Callback);
}

static VOID In(const CHAR* Callback)
{
    ULONG index;

    for (index = 0; index < ARRAYSIZE(Deeds); ++index) {
        if (IsDue(Deeds[index].Name, Callback)) {
            Deeds[index].Do();
        }
    }
}

/* What nobody has ever defined. */
static NDIS_STATUS Answer(const CHAR* Callback, NDIS_STATUS Status)
{
    return IsDue("answers_nonsense_in", Callback) ? (NDIS_STATUS)0xDEADBEEF : Status;
}

static NDIS_STATUS BadAttach(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                             PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    In("FilterAttach");
    if (IsDue("answers_nonsense_in", "FilterAttach")) {
        return (NDIS_STATUS)0xDEADBEEF;
    }
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

static VOID BadDetach(NDIS_HANDLE Module)
{
    In("FilterDetach");
    FilterDetach(Module);
}

static VOID ByTimer(PVOID SystemSpecific1, PVOID Context, PVOID SystemSpecific2,
                    PVOID SystemSpecific3)
{
    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);
    In("timer");
    NdisSetEvent(Context);
}

static VOID ByWorkItem(PVOID Context, NDIS_HANDLE WorkItem)
{
    UNREFERENCED_PARAMETER(WorkItem);
    In("work_item");
    NdisSetEvent(Context);
}

static VOID ByThread(PVOID Context)
{
    In("thread");
    NdisSetEvent(Context);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static VOID RunTimer(NDIS_HANDLE Handle, PNDIS_EVENT Done)
{
    NDIS_TIMER_CHARACTERISTICS characteristics;
    NDIS_HANDLE timer;
    LARGE_INTEGER soon;

    RtlZeroMemory(&characteristics, sizeof(characteristics));
    characteristics.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    characteristics.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    characteristics.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    characteristics.AllocationTag = EXTENSION_TAG;
    characteristics.TimerFunction = ByTimer;
    characteristics.FunctionContext = Done;
    if (NdisAllocateTimerObject(Handle, &characteristics, &timer) != NDIS_STATUS_SUCCESS) {
        return;
    }
    soon.QuadPart = -10000;
    NdisSetTimerObject(timer, soon, 0, NULL);
    NdisWaitEvent(Done, 0);
    NdisFreeTimerObject(timer);
}

static VOID RunWorkItem(NDIS_HANDLE Handle, PNDIS_EVENT Done)
{
    NDIS_HANDLE item = NdisAllocateIoWorkItem(Handle);

    if (item == NULL) {
        return;
    }
    NdisQueueIoWorkItem(item, ByWorkItem, Done);
    NdisWaitEvent(Done, 0);
    NdisFreeIoWorkItem(item);
}

static VOID RunThread(PNDIS_EVENT Done)
{
    PVOID object;
    HANDLE thread;

    if (PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, ByThread, Done)
        != STATUS_SUCCESS) {
        return;
    }
    ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, *PsThreadType, KernelMode, &object, NULL);
    KeWaitForSingleObject(object, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(object);
    ZwClose(thread);
}

/* A timer, a work item and a thread are there in every run, so that each can be the bad one. */
static NDIS_STATUS BadRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFILTER_MODULE module = Context;
    NDIS_EVENT done;

    In("FilterRestart");
    NdisInitializeEvent(&done);
    RunTimer(module->FilterHandle, &done);
    NdisResetEvent(&done);
    RunWorkItem(module->FilterHandle, &done);
    RunThread(&done);
    return Answer("FilterRestart", FilterRestart(Context, Parameters));
}

static NDIS_STATUS BadPause(NDIS_HANDLE Module, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    In("FilterPause");
    return Answer("FilterPause", FilterPause(Module, Parameters));
}

static NDIS_STATUS BadOidRequest(NDIS_HANDLE Module, PNDIS_OID_REQUEST Request)
{
    In("FilterOidRequest");
    if (IsDue("answers_nonsense_in", "FilterOidRequest")) {
        return (NDIS_STATUS)0xDEADBEEF;
    }
    return FilterOidRequest(Module, Request);
}

static VOID BadOidRequestComplete(NDIS_HANDLE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    In("FilterOidRequestComplete");
    FilterOidRequestComplete(Module, Request, Status);
}

static VOID BadSend(NDIS_HANDLE Module, PNET_BUFFER_LIST List, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    In("FilterSendNetBufferLists");
    FilterSendNetBufferLists(Module, List, Port, Flags);
}

static VOID BadSendComplete(NDIS_HANDLE Module, PNET_BUFFER_LIST List, ULONG Flags)
{
    In("FilterSendNetBufferListsComplete");
    FilterSendNetBufferListsComplete(Module, List, Flags);
}

static VOID BadReceive(NDIS_HANDLE Module, PNET_BUFFER_LIST List, NDIS_PORT_NUMBER Port,
                       ULONG Count, ULONG Flags)
{
    In("FilterReceiveNetBufferLists");
    FilterReceiveNetBufferLists(Module, List, Port, Count, Flags);
}

static VOID BadReturn(NDIS_HANDLE Module, PNET_BUFFER_LIST List, ULONG Flags)
{
    In("FilterReturnNetBufferLists");
    FilterReturnNetBufferLists(Module, List, Flags);
}

static VOID BadStatus(NDIS_HANDLE Module, PNDIS_STATUS_INDICATION Indication)
{
    In("FilterStatus");
    FilterStatus(Module, Indication);
}

static NDIS_STATUS BadNetPnPEvent(NDIS_HANDLE Module, PNET_PNP_EVENT_NOTIFICATION Event)
{
    In("FilterNetPnPEvent");
    return Answer("FilterNetPnPEvent", FilterNetPnPEvent(Module, Event));
}

static NDIS_STATUS BadSetModuleOptions(NDIS_HANDLE Module)
{
    UNREFERENCED_PARAMETER(Module);
    In("FilterSetModuleOptions");
    return Answer("FilterSetModuleOptions", NDIS_STATUS_SUCCESS);
}

static VOID BadUnload(PDRIVER_OBJECT DriverObject)
{
    In("DriverUnload");
    GoodUnload(DriverObject);
}

VOID Mutate(PDRIVER_OBJECT DriverObject, PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    KeInitializeSpinLock(&Lock);
    In("DriverEntry");
    GoodUnload = DriverObject->DriverUnload;
    DriverObject->DriverUnload = BadUnload;
    Characteristics->AttachHandler = BadAttach;
    Characteristics->DetachHandler = BadDetach;
    Characteristics->RestartHandler = BadRestart;
    Characteristics->PauseHandler = BadPause;
    Characteristics->SetFilterModuleOptionsHandler = BadSetModuleOptions;
    Characteristics->OidRequestHandler = BadOidRequest;
    Characteristics->OidRequestCompleteHandler = BadOidRequestComplete;
    Characteristics->SendNetBufferListsHandler = BadSend;
    Characteristics->SendNetBufferListsCompleteHandler = BadSendComplete;
    Characteristics->ReceiveNetBufferListsHandler = BadReceive;
    Characteristics->ReturnNetBufferListsHandler = BadReturn;
    Characteristics->StatusHandler = BadStatus;
    Characteristics->NetPnPEventHandler = BadNetPnPEvent;
}
