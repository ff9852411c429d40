/* Loading, and the life of a module: attach, restart, pause, detach. */
#include "my_extension.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD DriverUnload;
static FILTER_ATTACH FilterAttach;
static FILTER_DETACH FilterDetach;
static FILTER_RESTART FilterRestart;
static FILTER_PAUSE FilterPause;
static FILTER_STATUS FilterStatus;
static FILTER_NET_PNP_EVENT FilterNetPnPEvent;

static NDIS_HANDLE DriverHandle;

static NDIS_STATUS FilterAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                                PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes = {0};
    PMODULE module = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*module), MODULE_TAG);
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    UNREFERENCED_PARAMETER(AttachParameters);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    module->FilterHandle = NdisFilterHandle;
    NdisAllocateSpinLock(&module->Lock);
    NdisInitializeEvent(&module->NoCalls);

    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    status = NdisFSetAttributes(NdisFilterHandle, module, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        FilterDetach(module);
    }
    return status;
}

static VOID FilterDetach(NDIS_HANDLE FilterModuleContext)
{
    PMODULE module = FilterModuleContext;

    NdisFreeSpinLock(&module->Lock);
    ExFreePoolWithTag(module, MODULE_TAG);
}

static NDIS_STATUS FilterRestart(NDIS_HANDLE FilterModuleContext,
                                 PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PMODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(RestartParameters);
    NdisAcquireSpinLock(&module->Lock);
    module->IsRunning = TRUE;
    NdisReleaseSpinLock(&module->Lock);
    return NDIS_STATUS_SUCCESS;
}

/* From now on nothing comes in; waits until everything is out. */
static NDIS_STATUS FilterPause(NDIS_HANDLE FilterModuleContext,
                               PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PMODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    NdisAcquireSpinLock(&module->Lock);
    module->IsRunning = FALSE;
    while (module->Calls != 0) {
        NdisResetEvent(&module->NoCalls);
        NdisReleaseSpinLock(&module->Lock);
        NdisWaitEvent(&module->NoCalls, 0);
        NdisAcquireSpinLock(&module->Lock);
    }
    NdisReleaseSpinLock(&module->Lock);
    return NDIS_STATUS_SUCCESS;
}

static VOID FilterStatus(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION Indication)
{
    NdisFIndicateStatus(((PMODULE)FilterModuleContext)->FilterHandle, Indication);
}

static NDIS_STATUS FilterNetPnPEvent(NDIS_HANDLE FilterModuleContext,
                                     PNET_PNP_EVENT_NOTIFICATION Event)
{
    NDIS_STATUS status = NdisFNetPnPEvent(((PMODULE)FilterModuleContext)->FilterHandle, Event);

    /* The switch is active, whatever an extension above says to it. */
    return Event->NetPnPEvent.NetEvent == NetEventSwitchActivate ? NDIS_STATUS_SUCCESS : status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS driver = {0};

    UNREFERENCED_PARAMETER(RegistryPath);
    driver.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    driver.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    driver.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    driver.MajorNdisVersion = 6;
    driver.MinorNdisVersion = 30;
    RtlInitUnicodeString(&driver.FriendlyName, L"My extension");
    RtlInitUnicodeString(&driver.UniqueName, L"{9D2C1E58-70B4-4B36-8F1D-64E0A3C95B12}");
    RtlInitUnicodeString(&driver.ServiceName, L"MyExtension");

    driver.AttachHandler = FilterAttach;
    driver.DetachHandler = FilterDetach;
    driver.RestartHandler = FilterRestart;
    driver.PauseHandler = FilterPause;
    driver.StatusHandler = FilterStatus;
    driver.NetPnPEventHandler = FilterNetPnPEvent;
    driver.OidRequestHandler = FilterOidRequest;
    driver.OidRequestCompleteHandler = FilterOidRequestComplete;
    driver.SendNetBufferListsHandler = FilterSend;
    driver.SendNetBufferListsCompleteHandler = FilterSendComplete;
    driver.ReceiveNetBufferListsHandler = FilterReceive;
    driver.ReturnNetBufferListsHandler = FilterReturn;
    DriverObject->DriverUnload = DriverUnload;
    return NdisFRegisterFilterDriver(DriverObject, DriverObject, &driver, &DriverHandle);
}

static VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(DriverHandle);
}
