/* The life of a filter module: attach, restart, pause, detach. */
#include "oid_flaws.h"

#define NDIS_RUNTIME_640 0x00060028 /* as NdisGetVersion says it */

static NDIS_STATUS GetSwitchHandlers(PFILTER_MODULE Module)
{
    Module->SwitchHandlers.Header.Type = NDIS_OBJECT_TYPE_SWITCH_OPTIONAL_HANDLERS;
    Module->SwitchHandlers.Header.Revision = NDIS_SWITCH_OPTIONAL_HANDLERS_REVISION_1;
    Module->SwitchHandlers.Header.Size = NDIS_SIZEOF_SWITCH_OPTIONAL_HANDLERS_REVISION_1;
#if NDIS_SUPPORT_NDIS640
    if (NdisGetVersion() >= NDIS_RUNTIME_640) {
        Module->SwitchHandlers.Header.Revision = NDIS_SWITCH_OPTIONAL_HANDLERS_REVISION_2;
        Module->SwitchHandlers.Header.Size = NDIS_SIZEOF_SWITCH_OPTIONAL_HANDLERS_REVISION_2;
    }
#endif

    /* Fails with NDIS_STATUS_NOT_SUPPORTED on anything that is no switch: no place for us. */
    return NdisFGetOptionalSwitchHandlers(Module->FilterHandle, &Module->SwitchContext,
                                          &Module->SwitchHandlers);
}

static NDIS_STATUS SetAttributes(PFILTER_MODULE Module)
{
    NDIS_FILTER_ATTRIBUTES attributes;

    RtlZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;

    return NdisFSetAttributes(Module->FilterHandle, Module, &attributes);
}

static NDIS_STATUS AttachExtension(PFILTER_MODULE Module)
{
    return ExtensionHooks.Attach == NULL ? NDIS_STATUS_SUCCESS : ExtensionHooks.Attach(Module);
}

static VOID DetachExtension(PFILTER_MODULE Module)
{
    if (ExtensionHooks.Detach != NULL) {
        ExtensionHooks.Detach(Module);
    }
}

static PFILTER_MODULE CreateModule(NDIS_HANDLE FilterHandle)
{
    PFILTER_MODULE module = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*module), EXTENSION_TAG);

    if (module == NULL) {
        return NULL;
    }
    module->FilterHandle = FilterHandle;
    module->State = ModulePaused;
    NdisAllocateSpinLock(&module->Lock);
    NdisInitializeEvent(&module->DataPathIdle);
    return module;
}

static VOID DeleteModule(PFILTER_MODULE Module)
{
    NdisFreeSpinLock(&Module->Lock);
    ExFreePoolWithTag(Module, EXTENSION_TAG);
}

NDIS_STATUS FilterAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                         PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    PFILTER_MODULE module = CreateModule(NdisFilterHandle);
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    UNREFERENCED_PARAMETER(AttachParameters);

    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    status = GetSwitchHandlers(module);
    if (status != NDIS_STATUS_SUCCESS) {
        goto deleteModule;
    }
    status = AttachExtension(module);
    if (status != NDIS_STATUS_SUCCESS && HAS_FLAW(ATTACH_NOT_UNDONE)) {
        return status;
    }
    if (status != NDIS_STATUS_SUCCESS) {
        goto deleteModule;
    }
    status = SetAttributes(module);
    if (status != NDIS_STATUS_SUCCESS) {
        goto detachExtension;
    }
    return NDIS_STATUS_SUCCESS;

detachExtension:
    DetachExtension(module);
deleteModule:
    DeleteModule(module);
    return status;
}

VOID FilterDetach(NDIS_HANDLE FilterModuleContext)
{
    PFILTER_MODULE module = FilterModuleContext;

    FlawOnDetach(module);
    DetachExtension(module);
    DeleteModule(module);
}

NDIS_STATUS FilterRestart(NDIS_HANDLE FilterModuleContext,
                          PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(RestartParameters);

    if (ExtensionHooks.Restart != NULL) {
        ExtensionHooks.Restart(module);
    }
    InterlockedExchange(&module->State, ModuleRunning);
    return NDIS_STATUS_SUCCESS;
}

static VOID WaitForDataPath(PFILTER_MODULE Module)
{
    NdisAcquireSpinLock(&Module->Lock);
    while (Module->DataPathCalls != 0) {
        NdisResetEvent(&Module->DataPathIdle);
        NdisReleaseSpinLock(&Module->Lock);
        NdisWaitEvent(&Module->DataPathIdle, 0);

        /* Also makes sure that the last call has let go of the lock before we are detached. */
        NdisAcquireSpinLock(&Module->Lock);
    }
    NdisReleaseSpinLock(&Module->Lock);
}

NDIS_STATUS FilterPause(NDIS_HANDLE FilterModuleContext,
                        PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER_MODULE module = FilterModuleContext;

    /* First of all: what comes from now on is rejected. */
    InterlockedExchange(&module->State, ModulePausing);
    UNREFERENCED_PARAMETER(PauseParameters);

    WaitForDataPath(module);
    if (ExtensionHooks.Pause != NULL) {
        ExtensionHooks.Pause(module);
    }
    InterlockedExchange(&module->State, ModulePaused);
    return NDIS_STATUS_SUCCESS;
}

BOOLEAN EnterDataPath(PFILTER_MODULE Module)
{
    BOOLEAN running;

    NdisAcquireSpinLock(&Module->Lock);
    running = Module->State == ModuleRunning;
    if (running) {
        ++Module->DataPathCalls;
    }
    NdisReleaseSpinLock(&Module->Lock);
    return running;
}

VOID LeaveDataPath(PFILTER_MODULE Module)
{
    BOOLEAN last;

    NdisAcquireSpinLock(&Module->Lock);
    --Module->DataPathCalls;
    last = Module->DataPathCalls == 0 && Module->State == ModulePausing;
    if (last && !HAS_FLAW(EVENT_SET_TOO_LATE)) {
        NdisSetEvent(&Module->DataPathIdle);
    }
    NdisReleaseSpinLock(&Module->Lock);

    /* By now FilterPause may have found nobody inside, and FilterDetach freed the module. */
    if (last && HAS_FLAW(EVENT_SET_TOO_LATE)) {
        NdisSetEvent(&Module->DataPathIdle);
    }
}
