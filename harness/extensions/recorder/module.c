/* The life of a module: attach, restart, pause, detach. */
#include "recorder.h"

static NDIS_STATUS GetSwitchHandlers(PFILTER_MODULE Module)
{
    NDIS_SWITCH_OPTIONAL_HANDLERS handlers;
    NDIS_SWITCH_CONTEXT context;
    NDIS_STATUS status;

    RtlZeroMemory(&handlers, sizeof(handlers));
    handlers.Header.Type = NDIS_OBJECT_TYPE_SWITCH_OPTIONAL_HANDLERS;
    handlers.Header.Revision = NDIS_SWITCH_OPTIONAL_HANDLERS_REVISION_1;
    handlers.Header.Size = NDIS_SIZEOF_SWITCH_OPTIONAL_HANDLERS_REVISION_1;
    EnterCall(Module, RecordedNdisFGetOptionalSwitchHandlers);
    status = NdisFGetOptionalSwitchHandlers(Module->FilterHandle, &context, &handlers);
    LeaveCall(Module, RecordedNdisFGetOptionalSwitchHandlers, status);
    return status;
}

static NDIS_STATUS SetAttributes(PFILTER_MODULE Module)
{
    NDIS_FILTER_ATTRIBUTES attributes;
    NDIS_STATUS status;

    RtlZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    EnterCall(Module, RecordedNdisFSetAttributes);
    status = NdisFSetAttributes(Module->FilterHandle, Module, &attributes);
    LeaveCall(Module, RecordedNdisFSetAttributes, status);
    return status;
}

static PFILTER_MODULE CreateModule(NDIS_HANDLE FilterHandle, NET_IFINDEX Switch)
{
    PFILTER_MODULE module = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*module), RECORDER_TAG);

    if (module == NULL) {
        return NULL;
    }
    module->FilterHandle = FilterHandle;
    module->Switch = Switch;
    NdisAllocateSpinLock(&module->Lock);
    NdisInitializeEvent(&module->NoSends);
    NdisInitializeEvent(&module->NobodyIn);
    return module;
}

/* Whoever sets the event holds the lock: when it is had here again, they have let go of it. */
static VOID WaitUntilNone(PFILTER_MODULE Module, const ULONG* Count, PNDIS_EVENT None)
{
    NdisAcquireSpinLock(&Module->Lock);
    while (*Count != 0) {
        NdisResetEvent(None);
        NdisReleaseSpinLock(&Module->Lock);
        NdisWaitEvent(None, 0);
        NdisAcquireSpinLock(&Module->Lock);
    }
    NdisReleaseSpinLock(&Module->Lock);
}

static VOID DeleteModule(PFILTER_MODULE Module)
{
    NdisFreeSpinLock(&Module->Lock);
    ExFreePoolWithTag(Module, RECORDER_TAG);
}

/* A module on anything that is no switch is refused: there it has no handlers to get. */
static NDIS_STATUS Attach(NDIS_HANDLE FilterHandle, NET_IFINDEX Switch)
{
    PFILTER_MODULE module = CreateModule(FilterHandle, Switch);
    NDIS_STATUS status;

    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    status = GetSwitchHandlers(module);
    if (status == NDIS_STATUS_SUCCESS) {
        status = SetAttributes(module);
    }
    if (status != NDIS_STATUS_SUCCESS) {
        DeleteModule(module);
    }
    return status;
}

/* FilterAttach begins before there is a module. */
static VOID BeginAttach(PRECORDING_RECORD Record, NET_IFINDEX Switch)
{
    BeginRecord(Record, NULL, RecordedFilterAttach);
    Record->Switch = Switch;
}

NDIS_STATUS FilterAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                         PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NET_IFINDEX where = AttachParameters->BaseMiniportIfIndex;
    RECORDING_RECORD record;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    BeginAttach(&record, where);
    record.Detail = RecorderClass;
    Enter(&record);
    status = Attach(NdisFilterHandle, where);
    BeginAttach(&record, where);
    Leave(&record, status);
    return status;
}

VOID FilterDetach(NDIS_HANDLE FilterModuleContext)
{
    PFILTER_MODULE module = FilterModuleContext;
    RECORDING_RECORD record;

    BeginRecord(&record, module, RecordedFilterDetach);
    Enter(&record);
    WaitUntilNone(module, &module->Callbacks, &module->NobodyIn);
    DeleteModule(module);
    Leave(&record, NDIS_STATUS_SUCCESS);
}

NDIS_STATUS FilterSetModuleOptions(NDIS_HANDLE FilterModuleContext)
{
    PFILTER_MODULE module = FilterModuleContext;

    EnterCall(module, RecordedFilterSetModuleOptions);
    LeaveCall(module, RecordedFilterSetModuleOptions, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FilterRestart(NDIS_HANDLE FilterModuleContext,
                          PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(RestartParameters);
    EnterCall(module, RecordedFilterRestart);
    NdisAcquireSpinLock(&module->Lock);
    module->IsRunning = TRUE;
    NdisReleaseSpinLock(&module->Lock);
    LeaveCall(module, RecordedFilterRestart, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

static VOID StopDataPath(PFILTER_MODULE Module)
{
    NdisAcquireSpinLock(&Module->Lock);
    Module->IsRunning = FALSE;
    NdisReleaseSpinLock(&Module->Lock);
    WaitUntilNone(Module, &Module->Sends, &Module->NoSends);
}

NDIS_STATUS FilterPause(NDIS_HANDLE FilterModuleContext,
                        PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    EnterCall(module, RecordedFilterPause);
    StopDataPath(module);
    LeaveCall(module, RecordedFilterPause, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

BOOLEAN EnterDataPath(PFILTER_MODULE Module)
{
    BOOLEAN isRunning;

    NdisAcquireSpinLock(&Module->Lock);
    isRunning = Module->IsRunning;
    if (isRunning) {
        ++Module->Sends;
    }
    NdisReleaseSpinLock(&Module->Lock);
    return isRunning;
}

VOID LeaveDataPath(PFILTER_MODULE Module)
{
    NdisAcquireSpinLock(&Module->Lock);
    if (--Module->Sends == 0) {
        NdisSetEvent(&Module->NoSends);
    }
    NdisReleaseSpinLock(&Module->Lock);
}

VOID EnterModule(PFILTER_MODULE Module)
{
    NdisAcquireSpinLock(&Module->Lock);
    ++Module->Callbacks;
    NdisReleaseSpinLock(&Module->Lock);
}

VOID LeaveModule(PFILTER_MODULE Module)
{
    NdisAcquireSpinLock(&Module->Lock);
    if (--Module->Callbacks == 0) {
        NdisSetEvent(&Module->NobodyIn);
    }
    NdisReleaseSpinLock(&Module->Lock);
}
