/* Flaws of who holds a request, and ways of holding one rightly: until it is cancelled, and not
 * for a restart. */
#include "mutant.h"

static volatile PVOID Held;
static volatile LONG WorkItems;
static BOOLEAN IsActive;

static VOID PassHeld(PFILTER_MODULE Module)
{
    PNDIS_OID_REQUEST request = InterlockedExchangePointer(&Held, NULL);
    NDIS_STATUS status;

    if (request == NULL) {
        return;
    }
    status = FilterOidRequest(Module, request);
    if (status != NDIS_STATUS_PENDING) {
        NdisFOidRequestComplete(Module->FilterHandle, request, status);
    }
}

static VOID PassLater(PVOID Context, NDIS_HANDLE WorkItem)
{
    PassHeld(Context);
    NdisFreeIoWorkItem(WorkItem);
    InterlockedDecrement(&WorkItems);
}

/* Nothing of the module may run any more when it is detached. */
static VOID DetachWithoutWork(NDIS_HANDLE FilterModuleContext)
{
    while (WorkItems != 0) {
        NdisMSleep(1000);
    }
    ForgetAtDetach(FilterModuleContext);
}

/* PORT_UPDATED waits for a work item; whoever cancels it need not. */
static NDIS_STATUS HoldUpdates(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_HANDLE item;

    if (!IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    item = NdisAllocateIoWorkItem(module->FilterHandle);
    if (item == NULL) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    InterlockedExchangePointer(&Held, OidRequest);
    InterlockedIncrement(&WorkItems);
    NdisQueueIoWorkItem(item, PassLater, module);
    return NDIS_STATUS_PENDING;
}

static VOID PassCancelled(NDIS_HANDLE FilterModuleContext, PVOID RequestId)
{
    PNDIS_OID_REQUEST held = Held;

    if (held != NULL && held->RequestId == RequestId) {
        PassHeld(FilterModuleContext);
    } else {
        FilterCancelOidRequest(FilterModuleContext, RequestId);
    }
}

static NDIS_STATUS LearnActivity(NDIS_HANDLE FilterModuleContext,
                                 PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    NDIS_SWITCH_PARAMETERS parameters;
    ULONG needed;

    RtlZeroMemory(&parameters, sizeof(parameters));
    QuerySwitch(FilterModuleContext, OID_SWITCH_PARAMETERS, &parameters, sizeof(parameters),
                &needed);
    IsActive = parameters.IsActive;
    return FilterRestart(FilterModuleContext, Parameters);
}

static NDIS_STATUS LearnActivation(NDIS_HANDLE FilterModuleContext,
                                   PNET_PNP_EVENT_NOTIFICATION Notification)
{
    IsActive = IsActive || Notification->NetPnPEvent.NetEvent == NetEventSwitchActivate;
    return FilterNetPnPEvent(FilterModuleContext, Notification);
}

/* Of an active switch it would be forgotten all the same, cancelled or not. */
static VOID ForgetCancelled(NDIS_HANDLE FilterModuleContext, PVOID RequestId)
{
    if (IsActive) {
        PassCancelled(FilterModuleContext, RequestId);
    } else {
        InterlockedExchangePointer(&Held, NULL);
    }
}

static VOID CancelWell(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->CancelOidRequestHandler = PassCancelled;
}

static VOID CancelAndForget(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->CancelOidRequestHandler = ForgetCancelled;
}

static NDIS_STATUS AskForRestart(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)) {
        NdisFRestartFilter(module->FilterHandle);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

/* The request is to be passed on by the restart, which waits for it. */
static NDIS_STATUS WaitForRestart(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (!IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)
        || NdisFRestartFilter(module->FilterHandle) != NDIS_STATUS_SUCCESS) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    InterlockedExchangePointer(&Held, OidRequest);
    return NDIS_STATUS_PENDING;
}

static NDIS_STATUS PassAtRestart(NDIS_HANDLE FilterModuleContext,
                                 PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PassHeld(FilterModuleContext);
    return FilterRestart(FilterModuleContext, Parameters);
}

static VOID CancelNobodysSend(NDIS_HANDLE FilterModuleContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(CancelId);
}

static VOID KeepCancelledSends(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->CancelSendNetBufferListsHandler = CancelNobodysSend;
}

const MUTANT HeldMutants[] = {
    {.Name = "holds_until_cancelled",
     .OidRequest = HoldUpdates,
     .Detach = DetachWithoutWork,
     .Register = CancelWell},
    {.Name = "forgets_what_is_cancelled",
     .OidRequest = HoldUpdates,
     .Detach = DetachWithoutWork,
     .Restart = LearnActivity,
     .NetPnPEvent = LearnActivation,
     .Register = CancelAndForget},
    {.Name = "asks_for_a_restart", .OidRequest = AskForRestart},
    {.Name = "waits_for_a_restart", .OidRequest = WaitForRestart, .Restart = PassAtRestart},
    {.Name = "keeps_a_cancelled_send_to_itself", .Register = KeepCancelledSends},
    {.Name = NULL},
};
