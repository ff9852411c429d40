/* Flaws in what becomes of requests that were handed over. */
#include "mutant.h"

static NDIS_STATUS Park(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)
        ? NDIS_STATUS_PENDING : LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS FinishTwice(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_STATUS status = LearnOidRequest(FilterModuleContext, OidRequest);

    if (status != NDIS_STATUS_PENDING) {
        NdisFOidRequestComplete(module->FilterHandle, OidRequest, status);
    }
    return status;
}

static NDIS_STATUS PassOriginal(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)) {
        NdisFOidRequest(module->FilterHandle, OidRequest);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS ClaimSuccess(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_STATUS status = LearnOidRequest(FilterModuleContext, OidRequest);

    return status == NDIS_STATUS_DATA_NOT_ACCEPTED && !IsOid(OidRequest, OID_SWITCH_NIC_REQUEST)
        ? NDIS_STATUS_SUCCESS : status;
}

static NDIS_STATUS FailDisconnect(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_NIC_DISCONNECT)
        ? NDIS_STATUS_FAILURE : LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS VetoByFailure(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_PORT_CREATE)
        ? NDIS_STATUS_NOT_ACCEPTED : LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS VetoCreate(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_PORT_CREATE)
        ? NDIS_STATUS_DATA_NOT_ACCEPTED : LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS AcceptCreate(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_NIC_CREATE) && NicParametersOf(OidRequest)->NicIndex == 0
        ? NDIS_STATUS_SUCCESS : LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS VetoPhysical(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_NIC_CREATE) && NicParametersOf(OidRequest)->NicIndex > 0
        ? NDIS_STATUS_DATA_NOT_ACCEPTED : LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS RenamePort(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)) {
        PortParametersOf(OidRequest)->PortFriendlyName.String[0] ^= 1;
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS LowerMtu(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_NIC_UPDATED)) {
        NicParametersOf(OidRequest)->MTU -= 100;
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS WriteTooMuch(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (!IsOid(OidRequest, OID_SWITCH_NIC_REQUEST)) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    OidRequest->DATA.METHOD_INFORMATION.BytesWritten = 1u << 20;
    return NDIS_STATUS_SUCCESS;
}

typedef struct _LATER {
    PFILTER_MODULE Module;
    PNDIS_OID_REQUEST Request;
} LATER;
static LATER Later;

static VOID PassLater(PVOID Context, NDIS_HANDLE WorkItem)
{
    LATER* later = Context;
    NDIS_STATUS status = FilterOidRequest(later->Module, later->Request);

    if (status != NDIS_STATUS_PENDING) {
        NdisFOidRequestComplete(later->Module->FilterHandle, later->Request, status);
    }
    NdisFreeIoWorkItem(WorkItem);
}

static NDIS_STATUS QueueRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_HANDLE item;

    if (!IsOid(OidRequest, OID_SWITCH_NIC_REQUEST)) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    item = NdisAllocateIoWorkItem(module->FilterHandle);
    if (item == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    Later.Module = module;
    Later.Request = OidRequest;
    NdisQueueIoWorkItem(item, PassLater, &Later);
    return NDIS_STATUS_PENDING;
}

static NDIS_STATUS AcceptCustom(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PNDIS_SWITCH_PORT_PROPERTY_PARAMETERS property =
        OidRequest->DATA.SET_INFORMATION.InformationBuffer;

    return IsOid(OidRequest, OID_SWITCH_PORT_PROPERTY_ADD)
            && property->PropertyType == NdisSwitchPortPropertyTypeCustom
        ? NDIS_STATUS_SUCCESS : LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS RefuseValidation(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_PORT_CREATE)
            && PortParametersOf(OidRequest)->IsValidationPort
        ? NDIS_STATUS_RESOURCES : LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS SleepUnderLock(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    NdisAcquireSpinLock(&module->Lock);
    NdisMSleep(10);
    NdisReleaseSpinLock(&module->Lock);
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS StayRaised(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_STATUS status = LearnOidRequest(FilterModuleContext, OidRequest);
    KIRQL before;

    KeRaiseIrql(DISPATCH_LEVEL, &before);
    return status;
}

/* What was answered is written to, where the answer came later. */
static PNDIS_OID_REQUEST Answered;

static NDIS_STATUS RememberRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)) {
        Answered = OidRequest;
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static VOID WriteToAnswered(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest,
                            NDIS_STATUS Status)
{
    BOOLEAN isIt = IsOid(OidRequest, OID_SWITCH_PORT_UPDATED);

    FilterOidRequestComplete(FilterModuleContext, OidRequest, Status);
    if (isIt) {
        ((PNDIS_SWITCH_PORT_PARAMETERS)Answered->DATA.SET_INFORMATION.InformationBuffer)->PortType =
            NdisSwitchPortTypeExternal;
    }
}

const MUTANT OidMutants[] = {
    {.Name = "parks_a_request", .OidRequest = Park},
    {.Name = "finishes_a_request_twice", .OidRequest = FinishTwice},
    {.Name = "passes_the_original", .OidRequest = PassOriginal},
    {.Name = "claims_success", .OidRequest = ClaimSuccess},
    {.Name = "fails_a_disconnect", .OidRequest = FailDisconnect},
    {.Name = "vetoes_by_failure", .OidRequest = VetoByFailure},
    {.Name = "vetoes_a_port", .OidRequest = VetoCreate},
    {.Name = "accepts_a_create_itself", .OidRequest = AcceptCreate},
    {.Name = "vetoes_a_physical_adapter", .OidRequest = VetoPhysical},
    {.Name = "renames_a_port", .OidRequest = RenamePort},
    {.Name = "lowers_the_mtu_late", .OidRequest = LowerMtu},
    {.Name = "writes_too_much", .OidRequest = WriteTooMuch},
    {.Name = "queues_a_nic_request", .OidRequest = QueueRequest},
    {.Name = "accepts_a_custom_property", .OidRequest = AcceptCustom},
    {.Name = "refuses_a_validation_port", .OidRequest = RefuseValidation},
    {.Name = "writes_to_what_it_answered",
     .OidRequest = RememberRequest,
     .OidRequestComplete = WriteToAnswered},
    {.Name = "sleeps_under_a_lock", .OidRequest = SleepUnderLock},
    {.Name = "stays_raised", .OidRequest = StayRaised},
    {.Name = NULL},
};
