#include "mutant.h"

static VOID FillInner(PNDIS_OID_REQUEST Inner, NDIS_REQUEST_TYPE Type)
{
    RtlZeroMemory(Inner, sizeof(*Inner));
    Inner->Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Inner->Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Inner->Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Inner->RequestType = Type;
    Inner->DATA.SET_INFORMATION.Oid = OID_802_3_MULTICAST_LIST;
}

static NDIS_STATUS Wrap(PFILTER_MODULE Module, PNDIS_OID_REQUEST Inner, PLACE Source,
                        PLACE Destination)
{
    NDIS_SWITCH_NIC_OID_REQUEST encapsulated;
    OWN_REQUEST own;

    RtlZeroMemory(&encapsulated, sizeof(encapsulated));
    encapsulated.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    encapsulated.Header.Revision = NDIS_SWITCH_NIC_OID_REQUEST_REVISION_1;
    encapsulated.Header.Size = NDIS_SIZEOF_NDIS_SWITCH_NIC_OID_REQUEST_REVISION_1;
    encapsulated.SourcePortId = Source.PortId;
    encapsulated.SourceNicIndex = Source.NicIndex;
    encapsulated.DestinationPortId = Destination.PortId;
    encapsulated.DestinationNicIndex = Destination.NicIndex;
    encapsulated.OidRequest = Inner;

    RtlZeroMemory(&own, sizeof(own));
    own.Request.RequestType = NdisRequestMethod;
    own.Request.DATA.METHOD_INFORMATION.Oid = OID_SWITCH_NIC_REQUEST;
    own.Request.DATA.METHOD_INFORMATION.InformationBuffer = &encapsulated;
    own.Request.DATA.METHOD_INFORMATION.InputBufferLength = sizeof(encapsulated);
    own.Request.DATA.METHOD_INFORMATION.OutputBufferLength = sizeof(encapsulated);
    return OriginateRequest(Module, &own);
}

NDIS_STATUS Encapsulate(PFILTER_MODULE Module, NDIS_REQUEST_TYPE Type, PLACE Source,
                        PLACE Destination)
{
    NDIS_OID_REQUEST inner;

    FillInner(&inner, Type);
    return Wrap(Module, &inner, Source, Destination);
}

NDIS_STATUS EncapsulateAs(PFILTER_MODULE Module, PNDIS_OID_REQUEST Like, PLACE Source,
                          PLACE Destination)
{
    NDIS_OID_REQUEST inner = *Like;

    RtlZeroMemory(inner.NdisReserved, sizeof(inner.NdisReserved));
    RtlZeroMemory(inner.SourceReserved, sizeof(inner.SourceReserved));
    return Wrap(Module, &inner, Source, Destination);
}

static VOID FillStatus(PNDIS_STATUS_INDICATION Indication, PFILTER_MODULE Module,
                       NDIS_STATUS Status)
{
    RtlZeroMemory(Indication, sizeof(*Indication));
    Indication->Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    Indication->Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    Indication->Header.Size = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    Indication->SourceHandle = Module->FilterHandle;
    Indication->StatusCode = Status;
}

VOID IndicateFor(PFILTER_MODULE Module, PLACE Source, PLACE Destination, NDIS_STATUS Status)
{
    NDIS_SWITCH_NIC_STATUS_INDICATION encapsulated;
    NDIS_STATUS_INDICATION inner;
    NDIS_STATUS_INDICATION outer;

    FillStatus(&inner, Module, Status);
    FillStatus(&outer, Module, NDIS_STATUS_SWITCH_NIC_STATUS);
    RtlZeroMemory(&encapsulated, sizeof(encapsulated));
    encapsulated.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    encapsulated.Header.Revision = NDIS_SWITCH_NIC_STATUS_INDICATION_REVISION_1;
    encapsulated.Header.Size = NDIS_SIZEOF_SWITCH_NIC_STATUS_REVISION_1;
    encapsulated.SourcePortId = Source.PortId;
    encapsulated.SourceNicIndex = Source.NicIndex;
    encapsulated.DestinationPortId = Destination.PortId;
    encapsulated.DestinationNicIndex = Destination.NicIndex;
    encapsulated.StatusIndication = &inner;
    outer.StatusBuffer = &encapsulated;
    outer.StatusBufferSize = sizeof(encapsulated);
    NdisFIndicateStatus(Module->FilterHandle, &outer);
}
