/* OID requests: a clone goes down, what it brings back goes up with the original. */
#include "my_extension.h"

static PNDIS_OID_REQUEST* OriginalOf(PNDIS_OID_REQUEST Clone)
{
    return (PNDIS_OID_REQUEST*)&Clone->SourceReserved[0];
}

static VOID CopyResults(PNDIS_OID_REQUEST Original, PNDIS_OID_REQUEST Clone)
{
    Original->SupportedRevision = Clone->SupportedRevision;
    switch (Clone->RequestType) {
    case NdisRequestMethod:
        Original->DATA.METHOD_INFORMATION = Clone->DATA.METHOD_INFORMATION;
        break;
    case NdisRequestSetInformation:
        Original->DATA.SET_INFORMATION = Clone->DATA.SET_INFORMATION;
        break;
    default:
        Original->DATA.QUERY_INFORMATION = Clone->DATA.QUERY_INFORMATION;
        break;
    }
}

static VOID Finish(PMODULE Module, PNDIS_OID_REQUEST Clone)
{
    CopyResults(*OriginalOf(Clone), Clone);
    NdisFreeCloneOidRequest(Module->FilterHandle, Clone);
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PMODULE module = FilterModuleContext;
    PNDIS_OID_REQUEST clone;
    NDIS_STATUS status;

    if (NdisAllocateCloneOidRequest(module->FilterHandle, OidRequest, MODULE_TAG, &clone)
        != NDIS_STATUS_SUCCESS) {
        return NDIS_STATUS_RESOURCES;
    }
    *OriginalOf(clone) = OidRequest;
    clone->RequestId = OidRequest->RequestId;
    status = NdisFOidRequest(module->FilterHandle, clone);
    if (status != NDIS_STATUS_PENDING) {
        Finish(module, clone);
    }
    return status;
}

VOID FilterOidRequestComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest,
                              NDIS_STATUS Status)
{
    PMODULE module = FilterModuleContext;
    PNDIS_OID_REQUEST original = *OriginalOf(OidRequest);

    Finish(module, OidRequest);
    NdisFOidRequestComplete(module->FilterHandle, original, Status);
}
