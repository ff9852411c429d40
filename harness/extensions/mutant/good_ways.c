/* No flaws: what the good extensions have no need of, done as it should be. */
#include "mutant.h"

static const PLACE Nobody;

static BOOLEAN ReferenceNic(PFILTER_MODULE Module, PLACE Place)
{
    return Place.IsKnown
        && Module->SwitchHandlers.ReferenceSwitchNic(Module->SwitchContext, Place.PortId,
                                                     Place.NicIndex) == NDIS_STATUS_SUCCESS;
}

static VOID DereferenceNic(PFILTER_MODULE Module, PLACE Place)
{
    Module->SwitchHandlers.DereferenceSwitchNic(Module->SwitchContext, Place.PortId,
                                                Place.NicIndex);
}

static NDIS_STATUS AskOfPort(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (IsOid(OidRequest, OID_SWITCH_NIC_UPDATED) && Seen.Guest.IsKnown
        && module->SwitchHandlers.ReferenceSwitchPort(module->SwitchContext, Seen.Guest.PortId)
               == NDIS_STATUS_SUCCESS) {
        AskProperties(module, Seen.Guest.PortId);
        module->SwitchHandlers.DereferenceSwitchPort(module->SwitchContext, Seen.Guest.PortId);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS AskPhysical(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_NIC_UPDATED)
        && ReferenceNic(FilterModuleContext, Seen.Physical)) {
        PLACE adapter = Seen.Physical;

        Encapsulate(FilterModuleContext, NdisRequestQueryInformation, Nobody, adapter);
        DereferenceNic(FilterModuleContext, adapter);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS AskForGuest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PLACE guest = Seen.Guest;
    PLACE adapter = Seen.Physical;

    if (IsOid(OidRequest, OID_SWITCH_NIC_UPDATED) && ReferenceNic(FilterModuleContext, guest)) {
        if (ReferenceNic(FilterModuleContext, adapter)) {
            Encapsulate(FilterModuleContext, NdisRequestQueryInformation, guest, adapter);
            DereferenceNic(FilterModuleContext, adapter);
        }
        DereferenceNic(FilterModuleContext, guest);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static VOID Indicate(PFILTER_MODULE Module, PLACE Referenced, PLACE Source, PLACE Destination,
                     NDIS_STATUS Status)
{
    if (ReferenceNic(Module, Referenced)) {
        IndicateFor(Module, Source, Destination, Status);
        DereferenceNic(Module, Referenced);
    }
}

static NDIS_STATUS TellOfExternal(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PLACE external = Seen.Physical;

    external.NicIndex = 0;
    if (IsOid(OidRequest, OID_SWITCH_NIC_UPDATED)) {
        Indicate(FilterModuleContext, external, external, Nobody, NDIS_STATUS_MEDIA_DISCONNECT);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS RemoveVf(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_NIC_UPDATED)) {
        Indicate(FilterModuleContext, Seen.Guest, Nobody, Seen.Guest,
                 NDIS_STATUS_SWITCH_PORT_REMOVE_VF);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

const MUTANT GoodWays[] = {
    {.Name = "asks_of_a_port", .OidRequest = AskOfPort},
    {.Name = "asks_a_physical_adapter", .OidRequest = AskPhysical},
    {.Name = "asks_for_a_guest", .OidRequest = AskForGuest},
    {.Name = "tells_of_the_external_adapter", .OidRequest = TellOfExternal},
    {.Name = "removes_a_vf", .OidRequest = RemoveVf},
    {.Name = NULL},
};
