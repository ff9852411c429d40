/* Flaws in references, and in what is used after it went. */
#include "mutant.h"

static VOID TouchPort(PFILTER_MODULE Module, NDIS_SWITCH_PORT_ID PortId)
{
    if (Module->SwitchHandlers.ReferenceSwitchPort(Module->SwitchContext, PortId)
        == NDIS_STATUS_SUCCESS) {
        Module->SwitchHandlers.DereferenceSwitchPort(Module->SwitchContext, PortId);
    }
}

static VOID TouchNic(PFILTER_MODULE Module, PLACE Place)
{
    if (Module->SwitchHandlers.ReferenceSwitchNic(Module->SwitchContext, Place.PortId,
                                                  Place.NicIndex) == NDIS_STATUS_SUCCESS) {
        Module->SwitchHandlers.DereferenceSwitchNic(Module->SwitchContext, Place.PortId,
                                                    Place.NicIndex);
    }
}

static NDIS_STATUS ReferenceTornDown(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_PORT_DELETE)) {
        TouchPort(FilterModuleContext, PortParametersOf(OidRequest)->PortId);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS ReferenceDisconnected(NDIS_HANDLE FilterModuleContext,
                                         PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_NIC_DELETE) && Seen.Gone.IsKnown) {
        TouchNic(FilterModuleContext, Seen.Gone);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS GiveBackUntaken(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)) {
        module->SwitchHandlers.DereferenceSwitchPort(module->SwitchContext,
                                                     PortParametersOf(OidRequest)->PortId);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS KeepReference(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (IsOid(OidRequest, OID_SWITCH_PORT_UPDATED)) {
        module->SwitchHandlers.ReferenceSwitchPort(module->SwitchContext,
                                                   PortParametersOf(OidRequest)->PortId);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

/* While a disconnect is held back its port is referenced, and the reference given back too late. */
static NDIS_STATUS PassUnderReference(NDIS_HANDLE FilterModuleContext,
                                      PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_SWITCH_PORT_ID port;
    NDIS_STATUS status;

    if (!IsOid(OidRequest, OID_SWITCH_NIC_DISCONNECT)) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    port = NicParametersOf(OidRequest)->PortId;
    status = module->SwitchHandlers.ReferenceSwitchPort(module->SwitchContext, port);
    if (status != NDIS_STATUS_SUCCESS) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    status = LearnOidRequest(FilterModuleContext, OidRequest);
    module->SwitchHandlers.DereferenceSwitchPort(module->SwitchContext, port);
    return status;
}

/* The switch refused the port, and the extension looks at it all the same. */
static NDIS_STATUS UseRefused(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_STATUS status = LearnOidRequest(FilterModuleContext, OidRequest);

    if (IsOid(OidRequest, OID_SWITCH_PORT_CREATE) && status == NDIS_STATUS_DATA_NOT_ACCEPTED) {
        TouchPort(FilterModuleContext, PortParametersOf(OidRequest)->PortId);
    }
    return status;
}

const MUTANT ReferenceMutants[] = {
    {.Name = "references_what_is_torn_down", .OidRequest = ReferenceTornDown},
    {.Name = "references_what_is_disconnected", .OidRequest = ReferenceDisconnected},
    {.Name = "gives_back_what_it_never_took", .OidRequest = GiveBackUntaken},
    {.Name = "keeps_a_reference", .OidRequest = KeepReference},
    {.Name = "disconnects_under_a_reference", .OidRequest = PassUnderReference},
    {.Name = "uses_a_refused_port", .OidRequest = UseRefused},
    {.Name = NULL},
};
