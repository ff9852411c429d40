#include "mutant.h"

SEEN Seen;

NDIS_OID OidOf(PNDIS_OID_REQUEST Request)
{
    return Request->DATA.SET_INFORMATION.Oid;
}

BOOLEAN IsOid(PNDIS_OID_REQUEST Request, NDIS_OID Oid)
{
    return OidOf(Request) == Oid;
}

static PLACE PlaceOf(NDIS_SWITCH_PORT_ID PortId, NDIS_SWITCH_NIC_INDEX NicIndex)
{
    PLACE place = {TRUE, PortId, NicIndex};

    return place;
}

static VOID ForgetIf(PLACE* Place, PLACE Gone)
{
    if (Place->PortId == Gone.PortId && Place->NicIndex == Gone.NicIndex) {
        Place->IsKnown = FALSE;
    }
}

static VOID LearnNic(NDIS_OID Oid, PNDIS_SWITCH_NIC_PARAMETERS Nic)
{
    PLACE place = PlaceOf(Nic->PortId, Nic->NicIndex);

    if (Oid == OID_SWITCH_NIC_CREATE) {
        ForgetIf(&Seen.Gone, place);
        ForgetIf(&Seen.Deleted, place);
        Seen.Created = place;
    } else if (Oid == OID_SWITCH_NIC_CONNECT) {
        ForgetIf(&Seen.Created, place);
        *(Nic->NicIndex > 0 ? &Seen.Physical : &Seen.Guest) = place;
    } else if (Oid == OID_SWITCH_NIC_DISCONNECT) {
        ForgetIf(&Seen.Guest, place);
        ForgetIf(&Seen.Physical, place);
        Seen.Gone = place;
    } else if (Oid == OID_SWITCH_NIC_DELETE) {
        ForgetIf(&Seen.Created, place);
        ForgetIf(&Seen.Guest, place);
        ForgetIf(&Seen.Physical, place);
        ForgetIf(&Seen.Gone, place);
        Seen.Deleted = place;
    }
}

static VOID LearnPort(NDIS_OID Oid, PNDIS_SWITCH_PORT_PARAMETERS Port)
{
    PLACE place = PlaceOf(Port->PortId, 0);

    if (Oid == OID_SWITCH_PORT_CREATE) {
        Seen.Port = place;
        ForgetIf(&Seen.TornDown, place);
    } else if (Oid == OID_SWITCH_PORT_TEARDOWN) {
        Seen.TornDown = place;
        ForgetIf(&Seen.Port, place);
    }
}

VOID ForgetAtDetach(NDIS_HANDLE FilterModuleContext)
{
    RtlZeroMemory(&Seen, sizeof(Seen));
    FilterDetach(FilterModuleContext);
}

NDIS_STATUS LearnOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    Seen.Module = FilterModuleContext;
    switch (OidOf(OidRequest)) {
    case OID_SWITCH_PORT_CREATE:
    case OID_SWITCH_PORT_TEARDOWN:
        LearnPort(OidOf(OidRequest), PortParametersOf(OidRequest));
        break;
    case OID_SWITCH_NIC_CREATE:
    case OID_SWITCH_NIC_CONNECT:
    case OID_SWITCH_NIC_DISCONNECT:
    case OID_SWITCH_NIC_DELETE:
        LearnNic(OidOf(OidRequest), NicParametersOf(OidRequest));
        break;
    default:
        break;
    }
    return FilterOidRequest(FilterModuleContext, OidRequest);
}
