/* Flaws in status indications. */
#include "mutant.h"

static VOID SwallowStatus(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION Indication)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(Indication);
}

static VOID ChangeStatus(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION Indication)
{
    if (Indication->StatusCode == NDIS_STATUS_SWITCH_NIC_STATUS) {
        PNDIS_SWITCH_NIC_STATUS_INDICATION encapsulated = Indication->StatusBuffer;

        encapsulated->StatusIndication->StatusCode = NDIS_STATUS_MEDIA_DISCONNECT;
    }
    FilterStatus(FilterModuleContext, Indication);
}

static VOID SwallowOthers(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION Indication)
{
    if (Indication->StatusCode == NDIS_STATUS_SWITCH_NIC_STATUS) {
        FilterStatus(FilterModuleContext, Indication);
    }
}

static const PLACE Nobody;

static VOID IndicateOnUpdate(PFILTER_MODULE Module, PNDIS_OID_REQUEST OidRequest, PLACE Source,
                             NDIS_STATUS Status)
{
    if (IsOid(OidRequest, OID_SWITCH_NIC_UPDATED) && Source.IsKnown) {
        IndicateFor(Module, Source, Nobody, Status);
    }
}

static NDIS_STATUS StartStatus(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    IndicateOnUpdate(FilterModuleContext, OidRequest, Seen.Physical, NDIS_STATUS_MEDIA_DISCONNECT);
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static VOID IndicateReferenced(PFILTER_MODULE Module, PNDIS_OID_REQUEST OidRequest, PLACE Source,
                               NDIS_STATUS Status)
{
    if (!Source.IsKnown || !IsOid(OidRequest, OID_SWITCH_NIC_UPDATED)
        || Module->SwitchHandlers.ReferenceSwitchNic(Module->SwitchContext, Source.PortId,
                                                     Source.NicIndex) != NDIS_STATUS_SUCCESS) {
        return;
    }
    IndicateFor(Module, Source, Nobody, Status);
    Module->SwitchHandlers.DereferenceSwitchNic(Module->SwitchContext, Source.PortId,
                                                Source.NicIndex);
}

static NDIS_STATUS StartPhysical(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    IndicateReferenced(FilterModuleContext, OidRequest, Seen.Physical,
                       NDIS_STATUS_MEDIA_DISCONNECT);
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS RemoveVf(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    IndicateReferenced(FilterModuleContext, OidRequest, Seen.Guest,
                       NDIS_STATUS_SWITCH_PORT_REMOVE_VF);
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

const MUTANT StatusMutants[] = {
    {.Name = "swallows_status", .Status = SwallowStatus},
    {.Name = "swallows_other_status", .Status = SwallowOthers},
    {.Name = "changes_status", .Status = ChangeStatus},
    {.Name = "starts_status", .OidRequest = StartStatus},
    {.Name = "starts_status_of_an_adapter_below", .OidRequest = StartPhysical},
    {.Name = "removes_vf_of_nobody", .OidRequest = RemoveVf},
    {.Name = NULL},
};
