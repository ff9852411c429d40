/* Flaws in the life of the module and of the driver. */
#include "mutant.h"

static NDIS_SWITCH_OPTIONAL_HANDLERS OldHandlers;
static NDIS_SWITCH_CONTEXT OldContext;

static NDIS_STATUS AskBeforeAttached(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                                     PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    static FILTER_MODULE early;
    NDIS_SWITCH_PARAMETERS parameters;
    ULONG needed;

    early.FilterHandle = FilterHandle;
    QuerySwitch(&early, OID_SWITCH_PARAMETERS, &parameters, sizeof(parameters), &needed);
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

/* What was got for the last attachment is used in the next one. */
static NDIS_STATUS CallOldHandlers(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                                   PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    if (OldHandlers.ReferenceSwitchPort != NULL
        && OldHandlers.ReferenceSwitchPort(OldContext, 1) == NDIS_STATUS_SUCCESS) {
        OldHandlers.DereferenceSwitchPort(OldContext, 1);
    }
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

static VOID KeepHandlers(NDIS_HANDLE FilterModuleContext)
{
    PFILTER_MODULE module = FilterModuleContext;

    OldHandlers = module->SwitchHandlers;
    OldContext = module->SwitchContext;
    FilterDetach(FilterModuleContext);
}

static NDIS_STATUS PendAttach(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                              PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    FilterAttach(FilterHandle, DriverContext, Parameters);
    return NDIS_STATUS_PENDING;
}

/* Where there are ports, port 2 is taken for granted; nobody has told of it. */
static NDIS_STATUS UseUntold(NDIS_HANDLE FilterModuleContext,
                             PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_SWITCH_PARAMETERS parameters;
    ULONG needed;

    RtlZeroMemory(&parameters, sizeof(parameters));
    QuerySwitch(module, OID_SWITCH_PARAMETERS, &parameters, sizeof(parameters), &needed);
    if (Seen.Module == NULL && parameters.NumSwitchPorts > 0
        && module->SwitchHandlers.ReferenceSwitchPort(module->SwitchContext, 2)
               == NDIS_STATUS_SUCCESS) {
        module->SwitchHandlers.DereferenceSwitchPort(module->SwitchContext, 2);
    }
    return FilterRestart(FilterModuleContext, Parameters);
}

static NDIS_STATUS CompleteRestartTwice(NDIS_HANDLE FilterModuleContext,
                                        PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_STATUS status = FilterRestart(FilterModuleContext, Parameters);

    NdisFRestartComplete(module->FilterHandle, status);
    return status;
}

static NDIS_STATUS NeverCompleteRestart(NDIS_HANDLE FilterModuleContext,
                                        PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    FilterRestart(FilterModuleContext, Parameters);
    return NDIS_STATUS_PENDING;
}

static NDIS_STATUS FailPause(NDIS_HANDLE FilterModuleContext,
                             PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    FilterPause(FilterModuleContext, Parameters);
    return NDIS_STATUS_FAILURE;
}

static NDIS_STATUS CompletePauseTwice(NDIS_HANDLE FilterModuleContext,
                                      PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_STATUS status = FilterPause(FilterModuleContext, Parameters);

    NdisFPauseComplete(module->FilterHandle);
    return status;
}

static NDIS_STATUS NeverCompletePause(NDIS_HANDLE FilterModuleContext,
                                      PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    FilterPause(FilterModuleContext, Parameters);
    return NDIS_STATUS_PENDING;
}

static FILTER_MODULE Detached;

static VOID RememberHandle(NDIS_HANDLE FilterModuleContext)
{
    PFILTER_MODULE module = FilterModuleContext;

    Detached.FilterHandle = module->FilterHandle;
    FilterDetach(FilterModuleContext);
}

static VOID IndicateAfterDetach(PDRIVER_OBJECT DriverObject)
{
    const PLACE nobody = {FALSE, 0, 0};

    if (Detached.FilterHandle != NULL) {
        IndicateFor(&Detached, nobody, nobody, NDIS_STATUS_MEDIA_DISCONNECT);
    }
    GoodUnload(DriverObject);
}

static VOID StayRegistered(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

static VOID LeaveOutStatus(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->StatusHandler = NULL;
}

static NDIS_STATUS SwallowActivation(NDIS_HANDLE FilterModuleContext,
                                     PNET_PNP_EVENT_NOTIFICATION Notification)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(Notification);

    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS FailActivation(NDIS_HANDLE FilterModuleContext,
                                  PNET_PNP_EVENT_NOTIFICATION Notification)
{
    FilterNetPnPEvent(FilterModuleContext, Notification);
    return NDIS_STATUS_FAILURE;
}

static NDIS_STATUS PnPUnderLock(NDIS_HANDLE FilterModuleContext,
                                PNET_PNP_EVENT_NOTIFICATION Notification)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_STATUS status;

    NdisAcquireSpinLock(&module->Lock);
    status = NdisFNetPnPEvent(module->FilterHandle, Notification);
    NdisReleaseSpinLock(&module->Lock);
    return status;
}

static NDIS_STATUS AllocateAndForget(NDIS_HANDLE FilterModuleContext,
                                     PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, EXTENSION_TAG);
    return FilterRestart(FilterModuleContext, Parameters);
}

/* A timer that is made for the module goes with the driver only. */
static NDIS_HANDLE Timer;

static VOID OnTimer(PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2,
                    PVOID SystemSpecific3)
{
    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(FunctionContext);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);
}

static VOID FreeTimer(VOID)
{
    if (Timer != NULL) {
        NdisFreeTimerObject(Timer);
        Timer = NULL;
    }
}

static NDIS_STATUS MakeTimer(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                             PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_TIMER_CHARACTERISTICS timer;

    RtlZeroMemory(&timer, sizeof(timer));
    timer.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    timer.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    timer.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    timer.AllocationTag = EXTENSION_TAG;
    timer.TimerFunction = OnTimer;
    FreeTimer();
    if (NdisAllocateTimerObject(FilterHandle, &timer, &Timer) != NDIS_STATUS_SUCCESS) {
        Timer = NULL;
    }
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

static VOID FreeTimerAtUnload(PDRIVER_OBJECT DriverObject)
{
    GoodUnload(DriverObject);
    FreeTimer();
}

static NDIS_STATUS AssertWhatIsFalse(NDIS_HANDLE FilterModuleContext,
                                     PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFILTER_MODULE module = FilterModuleContext;

    NT_ASSERT(module->State == ModuleRunning);
    return FilterRestart(FilterModuleContext, Parameters);
}

static KSPIN_LOCK First, Second, Third;

static VOID TakeBoth(KSPIN_LOCK* Outer, KSPIN_LOCK* Inner)
{
    KIRQL irql;

    KeAcquireSpinLock(Outer, &irql);
    KeAcquireSpinLockAtDpcLevel(Inner);
    KeReleaseSpinLockFromDpcLevel(Inner);
    KeReleaseSpinLock(Outer, irql);
}

/* Requests take them one way, packets the other. */
static NDIS_STATUS TakeBothOnRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST Request)
{
    TakeBoth(&First, &Second);
    return FilterOidRequest(FilterModuleContext, Request);
}

static VOID TakeBothOnSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                           NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    TakeBoth(&Second, &First);
    FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
}

/* Requests, packets on the way down and packets on the way up: each pair one way, in a circle. */
static VOID TakeSecondAndThird(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                               NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    TakeBoth(&Second, &Third);
    FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
}

static VOID TakeThirdAndFirst(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                              NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    TakeBoth(&Third, &First);
    FilterReceiveNetBufferLists(FilterModuleContext, NetBufferLists, Port, Count, ReceiveFlags);
}

static NDIS_STATUS WaitForEver(NDIS_HANDLE FilterModuleContext,
                               PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    static NDIS_EVENT never;

    NdisInitializeEvent(&never);
    NdisWaitEvent(&never, 0);
    return FilterRestart(FilterModuleContext, Parameters);
}

const MUTANT ModuleMutants[] = {
    {.Name = "asks_before_attached", .Attach = AskBeforeAttached},
    {.Name = "calls_old_handlers", .Attach = CallOldHandlers, .Detach = KeepHandlers},
    {.Name = "pends_attach", .Attach = PendAttach},
    {.Name = "uses_what_nobody_told", .Restart = UseUntold},
    {.Name = "completes_restart_twice", .Restart = CompleteRestartTwice},
    {.Name = "never_completes_restart", .Restart = NeverCompleteRestart},
    {.Name = "fails_pause", .Pause = FailPause},
    {.Name = "completes_pause_twice", .Pause = CompletePauseTwice},
    {.Name = "never_completes_pause", .Pause = NeverCompletePause},
    {.Name = "keeps_a_timer_of_its_module", .Attach = MakeTimer, .Unload = FreeTimerAtUnload},
    {.Name = "calls_after_detach", .Detach = RememberHandle, .Unload = IndicateAfterDetach},
    {.Name = "takes_locks_both_ways", .OidRequest = TakeBothOnRequest, .Send = TakeBothOnSend},
    {.Name = "takes_locks_in_a_circle",
     .OidRequest = TakeBothOnRequest,
     .Send = TakeSecondAndThird,
     .Receive = TakeThirdAndFirst},
    {.Name = "stays_registered", .Unload = StayRegistered},
    {.Name = "has_no_status_handler", .Register = LeaveOutStatus},
    {.Name = "swallows_activation", .NetPnPEvent = SwallowActivation},
    {.Name = "fails_activation", .NetPnPEvent = FailActivation},
    {.Name = "pnp_under_a_lock", .NetPnPEvent = PnPUnderLock},
    {.Name = "allocates_and_forgets", .Restart = AllocateAndForget},
    {.Name = "asserts_what_is_false", .Restart = AssertWhatIsFalse},
    {.Name = "waits_for_ever", .Restart = WaitForEver},
    {.Name = NULL},
};
