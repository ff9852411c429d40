#include "oid.h"

static BOOLEAN IsWellFormed(PNDIS_OID_REQUEST Request, UCHAR Revision, ULONG SizeMin)
{
    PNDIS_OBJECT_HEADER header = Request->DATA.SET_INFORMATION.InformationBuffer;
    ULONG length = Request->DATA.SET_INFORMATION.InformationBufferLength;

    return Request->RequestType == NdisRequestSetInformation && header != NULL
        && length >= SizeMin && header->Type == NDIS_OBJECT_TYPE_DEFAULT
        && header->Revision >= Revision && header->Size >= SizeMin && header->Size <= length;
}

PNDIS_SWITCH_NIC_PARAMETERS NicParametersOf(PNDIS_OID_REQUEST Request)
{
    return IsWellFormed(Request, NDIS_SWITCH_NIC_PARAMETERS_REVISION_1,
                        NDIS_SIZEOF_NDIS_SWITCH_NIC_PARAMETERS_REVISION_1)
        ? Request->DATA.SET_INFORMATION.InformationBuffer : NULL;
}

PNDIS_SWITCH_PORT_PARAMETERS PortParametersOf(PNDIS_OID_REQUEST Request)
{
    return IsWellFormed(Request, NDIS_SWITCH_PORT_PARAMETERS_REVISION_1,
                        NDIS_SIZEOF_NDIS_SWITCH_PORT_PARAMETERS_REVISION_1)
        ? Request->DATA.SET_INFORMATION.InformationBuffer : NULL;
}
