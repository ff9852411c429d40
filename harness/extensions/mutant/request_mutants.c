/* Flaws in requests of the extension's own, and in encapsulated ones that it passes on. */
#include "mutant.h"

static NDIS_STATUS AskArrayFirst(NDIS_HANDLE FilterModuleContext,
                                 PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_SWITCH_PORT_ARRAY ports;
    ULONG needed;

    RtlZeroMemory(&ports, sizeof(ports));
    QuerySwitch(module, OID_SWITCH_PORT_ARRAY, &ports, sizeof(ports), &needed);
    return FilterRestart(FilterModuleContext, Parameters);
}

/* Whether the switch is active. */
static BOOLEAN AskParameters(PFILTER_MODULE Module)
{
    NDIS_SWITCH_PARAMETERS parameters;
    ULONG needed;

    RtlZeroMemory(&parameters, sizeof(parameters));
    QuerySwitch(Module, OID_SWITCH_PARAMETERS, &parameters, sizeof(parameters), &needed);
    return parameters.IsActive;
}

static NDIS_STATUS AskArrayTooEarly(NDIS_HANDLE FilterModuleContext,
                                    PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    AskParameters(FilterModuleContext);
    return AskArrayFirst(FilterModuleContext, Parameters);
}

VOID AskProperties(PFILTER_MODULE Module, NDIS_SWITCH_PORT_ID PortId)
{
    NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS properties;
    OWN_REQUEST own;

    if (!AskParameters(Module)) {
        return;
    }
    RtlZeroMemory(&properties, sizeof(properties));
    properties.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    properties.Header.Revision = NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_REVISION_1;
    properties.Header.Size = NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_REVISION_1;
    properties.PortId = PortId;
    properties.PropertyType = NdisSwitchPortPropertyTypeVlan;
    RtlZeroMemory(&own, sizeof(own));
    own.Request.RequestType = NdisRequestMethod;
    own.Request.DATA.METHOD_INFORMATION.Oid = OID_SWITCH_PORT_PROPERTY_ENUM;
    own.Request.DATA.METHOD_INFORMATION.InformationBuffer = &properties;
    own.Request.DATA.METHOD_INFORMATION.InputBufferLength = sizeof(properties);
    own.Request.DATA.METHOD_INFORMATION.OutputBufferLength = sizeof(properties);
    OriginateRequest(Module, &own);
}

static BOOLEAN IsGuestUpdate(PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_NIC_UPDATED) && Seen.Guest.IsKnown;
}

static NDIS_STATUS AskUnreferenced(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsGuestUpdate(OidRequest)) {
        AskProperties(FilterModuleContext, Seen.Guest.PortId);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

/* The upper of two asks, under a reference; the lower answers. */
static NDIS_STATUS AnswerProperties(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (IsOid(OidRequest, OID_SWITCH_PORT_PROPERTY_ENUM)) {
        return NDIS_STATUS_SUCCESS;
    }
    if (IsGuestUpdate(OidRequest)
        && module->SwitchHandlers.ReferenceSwitchPort(module->SwitchContext, Seen.Guest.PortId)
               == NDIS_STATUS_SUCCESS) {
        AskProperties(module, Seen.Guest.PortId);
        module->SwitchHandlers.DereferenceSwitchPort(module->SwitchContext, Seen.Guest.PortId);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS Notify(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)) {
        OWN_REQUEST own;

        RtlZeroMemory(&own, sizeof(own));
        own.Request.RequestType = NdisRequestSetInformation;
        own.Request.DATA = OidRequest->DATA;
        OriginateRequest(FilterModuleContext, &own);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS CompleteOwn(NDIS_HANDLE FilterModuleContext,
                               PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_SWITCH_PARAMETERS parameters;
    OWN_REQUEST own;

    RtlZeroMemory(&own, sizeof(own));
    own.Request.RequestType = NdisRequestQueryInformation;
    own.Request.DATA.QUERY_INFORMATION.Oid = OID_SWITCH_PARAMETERS;
    own.Request.DATA.QUERY_INFORMATION.InformationBuffer = &parameters;
    own.Request.DATA.QUERY_INFORMATION.InformationBufferLength = sizeof(parameters);
    NdisInitializeEvent(&own.Completed);
    own.Request.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    own.Request.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    own.Request.Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    own.Status = NDIS_STATUS_PENDING;
    if (NdisFOidRequest(module->FilterHandle, &own.Request) == NDIS_STATUS_PENDING &&
        *(volatile NDIS_STATUS*)&own.Status == NDIS_STATUS_PENDING) {
        NdisFOidRequestComplete(module->FilterHandle, &own.Request, NDIS_STATUS_SUCCESS);
        NdisWaitEvent(&own.Completed, 0);
    }
    return FilterRestart(FilterModuleContext, Parameters);
}

static PNDIS_SWITCH_NIC_OID_REQUEST EncapsulatedIn(PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_NIC_REQUEST)
        ? OidRequest->DATA.METHOD_INFORMATION.InformationBuffer : NULL;
}

static NDIS_STATUS ChangeSource(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PNDIS_SWITCH_NIC_OID_REQUEST encapsulated = EncapsulatedIn(OidRequest);

    if (encapsulated != NULL) {
        encapsulated->SourcePortId = encapsulated->SourcePortId == 0 ? Seen.Guest.PortId : 0;
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS Redirect(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PNDIS_SWITCH_NIC_OID_REQUEST encapsulated = EncapsulatedIn(OidRequest);

    if (encapsulated != NULL && Seen.Physical.IsKnown) {
        encapsulated->DestinationPortId = Seen.Physical.PortId;
        encapsulated->DestinationNicIndex = Seen.Physical.NicIndex;
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static const PLACE Nobody;

static NDIS_STATUS AskPhysical(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsGuestUpdate(OidRequest) && Seen.Physical.IsKnown) {
        Encapsulate(FilterModuleContext, NdisRequestQueryInformation, Nobody, Seen.Physical);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS UnderReference(PFILTER_MODULE Module, PLACE Source, PLACE Destination,
                                  NDIS_REQUEST_TYPE Type)
{
    NDIS_STATUS status = Module->SwitchHandlers.ReferenceSwitchNic(
        Module->SwitchContext, Seen.Physical.PortId, Seen.Physical.NicIndex);

    if (status == NDIS_STATUS_SUCCESS) {
        Encapsulate(Module, Type, Source, Destination);
        Module->SwitchHandlers.DereferenceSwitchNic(Module->SwitchContext, Seen.Physical.PortId,
                                                    Seen.Physical.NicIndex);
    }
    return status;
}

static NDIS_STATUS AskForGuest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsGuestUpdate(OidRequest) && Seen.Physical.IsKnown) {
        UnderReference(FilterModuleContext, Seen.Guest, Seen.Physical, NdisRequestQueryInformation);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS SetPhysical(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsGuestUpdate(OidRequest) && Seen.Physical.IsKnown) {
        UnderReference(FilterModuleContext, Nobody, Seen.Physical, NdisRequestSetInformation);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS AskIndexZero(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsGuestUpdate(OidRequest) && Seen.Physical.IsKnown) {
        PLACE external = {TRUE, Seen.Physical.PortId, 0};

        UnderReference(FilterModuleContext, Nobody, external, NdisRequestQueryInformation);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS AskForCreated(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_NIC_CONNECT) && Seen.Created.IsKnown
        && Seen.Created.NicIndex > 0) {
        Encapsulate(FilterModuleContext, NdisRequestQueryInformation, Nobody, Seen.Created);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS AskForGone(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_STATUS status = LearnOidRequest(FilterModuleContext, OidRequest);

    if (IsOid(OidRequest, OID_SWITCH_NIC_DISCONNECT) && status == NDIS_STATUS_SUCCESS) {
        Encapsulate(FilterModuleContext, NdisRequestQueryInformation, Nobody, Seen.Gone);
    }
    return status;
}

static NDIS_STATUS AskForDeleted(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_PORT_TEARDOWN) && Seen.Deleted.IsKnown) {
        Encapsulate(FilterModuleContext, NdisRequestQueryInformation, Nobody, Seen.Deleted);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

const MUTANT RequestMutants[] = {
    {.Name = "asks_the_array_first", .Restart = AskArrayFirst},
    {.Name = "asks_before_activation", .Restart = AskArrayTooEarly},
    {.Name = "asks_without_a_reference", .OidRequest = AskUnreferenced},
    {.Name = "answers_anothers_question", .OidRequest = AnswerProperties},
    {.Name = "issues_a_notification", .OidRequest = Notify},
    {.Name = "completes_its_own_request", .Restart = CompleteOwn},
    {.Name = "changes_a_requests_source", .OidRequest = ChangeSource},
    {.Name = "redirects_a_request", .OidRequest = Redirect},
    {.Name = "asks_a_physical_adapter_unreferenced", .OidRequest = AskPhysical},
    {.Name = "asks_for_a_guest_unreferenced", .OidRequest = AskForGuest},
    {.Name = "sets_a_physical_adapter", .OidRequest = SetPhysical},
    {.Name = "asks_index_zero", .OidRequest = AskIndexZero},
    {.Name = "asks_before_the_connect", .OidRequest = AskForCreated},
    {.Name = "asks_after_the_disconnect", .OidRequest = AskForGone},
    {.Name = "asks_after_the_delete", .OidRequest = AskForDeleted},
    {.Name = NULL},
};
