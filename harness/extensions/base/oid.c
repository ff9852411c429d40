/*
 * OID requests that pass: the extension is asked, a clone goes down, what it brings back
 * goes up with the original.
 */
#include "oid.h"
#include "oid_flaws.h"

#define CLONE_TRIES_MAX 64
#define CLONE_RETRY_MICROSECONDS 1000

/* NDIS leaves SourceReserved of a clone to the filter that made it; it holds the original. */
static PNDIS_OID_REQUEST* OriginalOf(PNDIS_OID_REQUEST Clone)
{
    return (PNDIS_OID_REQUEST*)&Clone->SourceReserved[0];
}

/*
 * Most notifications of the switch may not be failed by an extension, so a clone that
 * cannot be had is asked for again: the handler runs at PASSIVE_LEVEL.
 */
static PNDIS_OID_REQUEST CloneRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request)
{
    PNDIS_OID_REQUEST clone = NULL;
    ULONG tries;

    for (tries = 0; tries < CLONE_TRIES_MAX; ++tries) {
        if (NdisAllocateCloneOidRequest(Module->FilterHandle, Request, EXTENSION_TAG, &clone)
            == NDIS_STATUS_SUCCESS) {
            *OriginalOf(clone) = Request;
            clone->RequestId = Request->RequestId;
            return clone;
        }
        NdisMSleep(CLONE_RETRY_MICROSECONDS);
    }
    return NULL;
}

static VOID CopyResults(PNDIS_OID_REQUEST Original, PNDIS_OID_REQUEST Clone)
{
    Original->SupportedRevision = Clone->SupportedRevision;
    switch (Clone->RequestType) {
    case NdisRequestMethod:
        Original->DATA.METHOD_INFORMATION.OutputBufferLength =
            Clone->DATA.METHOD_INFORMATION.OutputBufferLength;
        Original->DATA.METHOD_INFORMATION.BytesRead = Clone->DATA.METHOD_INFORMATION.BytesRead;
        Original->DATA.METHOD_INFORMATION.BytesWritten =
            Clone->DATA.METHOD_INFORMATION.BytesWritten;
        Original->DATA.METHOD_INFORMATION.BytesNeeded = Clone->DATA.METHOD_INFORMATION.BytesNeeded;
        break;
    case NdisRequestSetInformation:
        Original->DATA.SET_INFORMATION.BytesRead = Clone->DATA.SET_INFORMATION.BytesRead;
        Original->DATA.SET_INFORMATION.BytesNeeded = Clone->DATA.SET_INFORMATION.BytesNeeded;
        break;
    default:
        Original->DATA.QUERY_INFORMATION.BytesWritten = Clone->DATA.QUERY_INFORMATION.BytesWritten;
        Original->DATA.QUERY_INFORMATION.BytesNeeded = Clone->DATA.QUERY_INFORMATION.BytesNeeded;
        break;
    }
}

static VOID SetOidBelow(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request)
{
    NdisAcquireSpinLock(&Module->Lock);
    Module->OidBelow = Request;
    NdisReleaseSpinLock(&Module->Lock);
}

static VOID TellExtension(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    FlawOnComplete(Module, Request, Status);
    if (ExtensionHooks.OidRequestComplete != NULL) {
        ExtensionHooks.OidRequestComplete(Module, Request, Status);
    }
}

/* The clone is back. The result is the status to complete the original with. */
static NDIS_STATUS FinishRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Clone, NDIS_STATUS Status)
{
    PNDIS_OID_REQUEST original = *OriginalOf(Clone);

    SetOidBelow(Module, NULL);
    CopyResults(original, Clone);
    NdisFreeCloneOidRequest(Module->FilterHandle, Clone);
    TellExtension(Module, original, Status);
    return FlawedStatus(original, Status);
}

static NDIS_STATUS ForwardRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request)
{
    PNDIS_OID_REQUEST clone = CloneRequest(Module, Request);
    NDIS_STATUS status;

    if (clone == NULL) {
        TellExtension(Module, Request, NDIS_STATUS_RESOURCES);
        return NDIS_STATUS_RESOURCES;
    }
    SetOidBelow(Module, Request);
    status = NdisFOidRequest(Module->FilterHandle, clone);
    if (status != NDIS_STATUS_PENDING) {
        status = FinishRequest(Module, clone, status);
        FlawCompleteOnceMore(Module, Request, status);
        return FlawedAnswer(Module, Request, status);
    }
    return status;
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;
    NDIS_STATUS status;

    if (FlawOnRequest(module, OidRequest, &status)) {
        return status;
    }
    if (ExtensionHooks.OidRequest != NULL) {
        status = ExtensionHooks.OidRequest(module, OidRequest);
        if (status != NDIS_STATUS_SUCCESS) {
            return status;
        }
    }
    return ForwardRequest(module, OidRequest);
}

VOID FilterOidRequestComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest,
                              NDIS_STATUS Status)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNDIS_OID_REQUEST original = *OriginalOf(OidRequest);
    NDIS_STATUS status;

    if (original == NULL) {
        OwnRequestComplete(OidRequest, Status);
        return;
    }
    status = FinishRequest(module, OidRequest, Status);
    FlawCompleteOnceMore(module, original, status);
    NdisFOidRequestComplete(module->FilterHandle, original, status);
}

VOID FilterCancelOidRequest(NDIS_HANDLE FilterModuleContext, PVOID RequestId)
{
    PFILTER_MODULE module = FilterModuleContext;
    BOOLEAN isBelow;

    NdisAcquireSpinLock(&module->Lock);
    isBelow = module->OidBelow != NULL && module->OidBelow->RequestId == RequestId;
    NdisReleaseSpinLock(&module->Lock);

    if (isBelow) {
        NdisFCancelOidRequest(module->FilterHandle, RequestId);
    }
}
