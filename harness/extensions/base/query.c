/* OID requests of our own. */
#include "oid.h"

typedef struct _OWN_REQUEST {
    NDIS_OID_REQUEST Request; /* SourceReserved stays zero: that tells it from a clone */
    NDIS_EVENT Completed;
    NDIS_STATUS Status;
} OWN_REQUEST, *POWN_REQUEST;

static VOID PrepareQuery(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_OID Oid,
                         PVOID Buffer, ULONG Length)
{
    Request->Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Request->Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Request->Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Request->RequestType = NdisRequestQueryInformation;
    Request->PortNumber = NDIS_DEFAULT_PORT_NUMBER;
    Request->RequestHandle = Module->FilterHandle;
    Request->DATA.QUERY_INFORMATION.Oid = Oid;
    Request->DATA.QUERY_INFORMATION.InformationBuffer = Buffer;
    Request->DATA.QUERY_INFORMATION.InformationBufferLength = Length;
}

NDIS_STATUS QuerySwitch(PFILTER_MODULE Module, NDIS_OID Oid, PVOID Buffer, ULONG Length,
                        PULONG BytesNeeded)
{
    OWN_REQUEST own;
    NDIS_STATUS status;

    RtlZeroMemory(&own, sizeof(own));
    NdisInitializeEvent(&own.Completed);
    PrepareQuery(Module, &own.Request, Oid, Buffer, Length);

    /* Only what pends is completed through FilterOidRequestComplete. */
    status = NdisFOidRequest(Module->FilterHandle, &own.Request);
    if (status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&own.Completed, 0);
        status = own.Status;
    }
    *BytesNeeded = own.Request.DATA.QUERY_INFORMATION.BytesNeeded;
    return status;
}

VOID OwnRequestComplete(PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    POWN_REQUEST own = CONTAINING_RECORD(Request, OWN_REQUEST, Request);

    own->Status = Status;
    NdisSetEvent(&own->Completed);
}
