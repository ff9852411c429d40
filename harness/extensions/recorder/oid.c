/* OID requests: a clone goes down, what it brings back goes up with the original. */
#include "recorder.h"

#define CLONE_TRIES_MAX 64
#define CLONE_RETRY_MICROSECONDS 1000

/* NDIS leaves SourceReserved of a clone to the filter that made it. */
static PNDIS_OID_REQUEST* OriginalOf(PNDIS_OID_REQUEST Clone)
{
    return (PNDIS_OID_REQUEST*)&Clone->SourceReserved[0];
}

static NDIS_STATUS AllocateClone(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request,
                                 PNDIS_OID_REQUEST* Clone)
{
    RECORDING_RECORD record;
    NDIS_STATUS status;

    BeginRecord(&record, Module, RecordedNdisAllocateCloneOidRequest);
    record.Parent = (ULONG_PTR)Request;
    status = NdisAllocateCloneOidRequest(Module->FilterHandle, Request, RECORDER_TAG, Clone);
    if (status == NDIS_STATUS_SUCCESS) {
        record.Object = (ULONG_PTR)*Clone;
    }
    record.Status = (ULONG)status;
    Enter(&record);
    return status;
}

/* Most notifications may not be failed, so a clone that cannot be had is asked for again. */
static PNDIS_OID_REQUEST CloneRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request)
{
    PNDIS_OID_REQUEST clone;
    ULONG tries;

    for (tries = 0; tries < CLONE_TRIES_MAX; ++tries) {
        if (AllocateClone(Module, Request, &clone) == NDIS_STATUS_SUCCESS) {
            *OriginalOf(clone) = Request;
            clone->RequestId = Request->RequestId;
            return clone;
        }
        NdisMSleep(CLONE_RETRY_MICROSECONDS);
    }
    return NULL;
}

static VOID FreeClone(PFILTER_MODULE Module, PNDIS_OID_REQUEST Clone)
{
    RECORDING_RECORD record;

    BeginRecord(&record, Module, RecordedNdisFreeCloneOidRequest);
    record.Object = (ULONG_PTR)Clone;
    record.Parent = (ULONG_PTR)*OriginalOf(Clone);
    Enter(&record);
    NdisFreeCloneOidRequest(Module->FilterHandle, Clone);
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

static VOID Hold(PFILTER_MODULE Module, PNDIS_OID_REQUEST Original, PNDIS_OID_REQUEST Clone)
{
    NdisAcquireSpinLock(&Module->Lock);
    Module->OidHeld = Original;
    Module->OidBelow = Clone;
    NdisReleaseSpinLock(&Module->Lock);
}

/* The clone is back. */
static VOID Finish(PFILTER_MODULE Module, PNDIS_OID_REQUEST Clone)
{
    Hold(Module, NULL, NULL);
    CopyResults(*OriginalOf(Clone), Clone);
    FreeClone(Module, Clone);
}

static NDIS_STATUS IssueClone(PFILTER_MODULE Module, PNDIS_OID_REQUEST Clone)
{
    RECORDING_RECORD record;
    NDIS_STATUS status;

    BeginRecord(&record, Module, RecordedNdisFOidRequest);
    DescribeRequest(&record, Clone);
    record.Parent = (ULONG_PTR)*OriginalOf(Clone);
    Enter(&record);
    status = NdisFOidRequest(Module->FilterHandle, Clone);

    /* One that pends may be complete, and gone, by now. */
    if (status != NDIS_STATUS_PENDING) {
        ULONG flags = record.Flags;

        DescribeResult(&record, Clone, status);
        record.Flags = flags;
    }
    Leave(&record, status);
    return status;
}

static NDIS_STATUS ForwardRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request)
{
    PNDIS_OID_REQUEST clone = CloneRequest(Module, Request);
    NDIS_STATUS status;

    if (clone == NULL) {
        Hold(Module, NULL, NULL);
        return NDIS_STATUS_RESOURCES;
    }
    Hold(Module, Request, clone);
    status = IssueClone(Module, clone);
    if (status != NDIS_STATUS_PENDING) {
        Finish(Module, clone);
    }
    return status;
}

/* FilterOidRequest is over. Who is told that the request pends has what is in it no more. */
static VOID RecordResult(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    RECORDING_RECORD record;
    RECORDING_RECORD result;

    BeginRecord(&record, Module, RecordedFilterOidRequest);
    if (Status != NDIS_STATUS_PENDING) {
        RtlZeroMemory(&result, sizeof(result));
        DescribeResult(&result, Request, Status);
        record.Flags = result.Flags;
        record.Detail = result.Detail;
    }
    Leave(&record, Status);
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;
    RECORDING_RECORD record;
    NDIS_STATUS status;

    EnterModule(module);
    BeginRecord(&record, module, RecordedFilterOidRequest);
    DescribeRequest(&record, OidRequest);
    Enter(&record);
    Hold(module, OidRequest, NULL);
    status = ForwardRequest(module, OidRequest);

    RecordResult(module, OidRequest, status);
    LeaveModule(module);
    return status;
}

static VOID CompleteOriginal(PFILTER_MODULE Module, PNDIS_OID_REQUEST Original,
                             NDIS_STATUS Status)
{
    RECORDING_RECORD record;

    BeginRecord(&record, Module, RecordedNdisFOidRequestComplete);
    DescribeRequest(&record, Original);
    DescribeResult(&record, Original, Status);
    record.Status = (ULONG)Status;
    Enter(&record);
    NdisFOidRequestComplete(Module->FilterHandle, Original, Status);
    Leave(&record, Status);
}

VOID FilterOidRequestComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest,
                              NDIS_STATUS Status)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNDIS_OID_REQUEST original = *OriginalOf(OidRequest);
    RECORDING_RECORD record;

    EnterModule(module);
    BeginRecord(&record, module, RecordedFilterOidRequestComplete);
    DescribeRequest(&record, OidRequest);
    DescribeResult(&record, OidRequest, Status);
    record.Parent = (ULONG_PTR)original;
    record.Status = (ULONG)Status;
    Enter(&record);
    Finish(module, OidRequest);
    CompleteOriginal(module, original, Status);
    LeaveCall(module, RecordedFilterOidRequestComplete, NDIS_STATUS_SUCCESS);
    LeaveModule(module);
}

/* What of the module is cancelled: NULL if nothing that it has has that RequestId. */
static VOID FindCancelled(PFILTER_MODULE Module, PVOID RequestId, PNDIS_OID_REQUEST* Held,
                          PNDIS_OID_REQUEST* Below)
{
    *Held = NULL;
    *Below = NULL;
    NdisAcquireSpinLock(&Module->Lock);
    if (Module->OidHeld != NULL && Module->OidHeld->RequestId == RequestId) {
        *Held = Module->OidHeld;
        *Below = Module->OidBelow;
    }
    NdisReleaseSpinLock(&Module->Lock);
}

VOID FilterCancelOidRequest(NDIS_HANDLE FilterModuleContext, PVOID RequestId)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNDIS_OID_REQUEST held;
    PNDIS_OID_REQUEST below;
    RECORDING_RECORD record;

    EnterModule(module);
    FindCancelled(module, RequestId, &held, &below);
    BeginRecord(&record, module, RecordedFilterCancelOidRequest);
    record.Object = (ULONG_PTR)held;
    Enter(&record);
    if (below != NULL) {
        BeginRecord(&record, module, RecordedNdisFCancelOidRequest);
        record.Object = (ULONG_PTR)below;
        Enter(&record);
        NdisFCancelOidRequest(module->FilterHandle, RequestId);
        Leave(&record, NDIS_STATUS_SUCCESS);
    }
    LeaveCall(module, RecordedFilterCancelOidRequest, NDIS_STATUS_SUCCESS);
    LeaveModule(module);
}
