/* OID requests of our own. */
#include "oid.h"

NDIS_STATUS OriginateRequest(PFILTER_MODULE Module, POWN_REQUEST Own)
{
    NDIS_STATUS status;

    NdisInitializeEvent(&Own->Completed);
    Own->Request.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Own->Request.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Own->Request.Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Own->Request.PortNumber = NDIS_DEFAULT_PORT_NUMBER;
    Own->Request.RequestHandle = Module->FilterHandle;

    /* Only what pends is completed through FilterOidRequestComplete. */
    status = NdisFOidRequest(Module->FilterHandle, &Own->Request);
    if (status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Own->Completed, 0);
        status = Own->Status;
    }
    return status;
}

NDIS_STATUS QuerySwitch(PFILTER_MODULE Module, NDIS_OID Oid, PVOID Buffer, ULONG Length,
                        PULONG BytesNeeded)
{
    OWN_REQUEST own;
    NDIS_STATUS status;

    RtlZeroMemory(&own, sizeof(own));
    own.Request.RequestType = NdisRequestQueryInformation;
    own.Request.DATA.QUERY_INFORMATION.Oid = Oid;
    own.Request.DATA.QUERY_INFORMATION.InformationBuffer = Buffer;
    own.Request.DATA.QUERY_INFORMATION.InformationBufferLength = Length;
    status = OriginateRequest(Module, &own);
    *BytesNeeded = own.Request.DATA.QUERY_INFORMATION.BytesNeeded;
    return status;
}

VOID OwnRequestComplete(PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    POWN_REQUEST own = CONTAINING_RECORD(Request, OWN_REQUEST, Request);

    own->Status = Status;
    NdisSetEvent(&own->Completed);
}
