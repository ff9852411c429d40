/* Loading and unloading. The only statics of the driver are its handle and its names. */
#include "extension.h"
#ifdef WITH_MUTANTS
#include "../mutant/mutant.h"
#endif

#define EXTENSION_NDIS_MAJOR_VERSION 6
#define EXTENSION_NDIS_MINOR_VERSION 30

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD DriverUnload;

NDIS_HANDLE FilterDriverHandle;

static VOID SetVersion(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Characteristics->Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    Characteristics->Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    Characteristics->MajorNdisVersion = EXTENSION_NDIS_MAJOR_VERSION;
    Characteristics->MinorNdisVersion = EXTENSION_NDIS_MINOR_VERSION;
    Characteristics->MajorDriverVersion = 1;
    Characteristics->MinorDriverVersion = 0;
    Characteristics->FriendlyName = ExtensionFriendlyName;
    Characteristics->UniqueName = ExtensionUniqueName;
    Characteristics->ServiceName = ExtensionServiceName;
}

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->AttachHandler = FilterAttach;
    Characteristics->DetachHandler = FilterDetach;
    Characteristics->RestartHandler = FilterRestart;
    Characteristics->PauseHandler = FilterPause;
    Characteristics->SendNetBufferListsHandler = FilterSendNetBufferLists;
    Characteristics->SendNetBufferListsCompleteHandler = FilterSendNetBufferListsComplete;
    Characteristics->CancelSendNetBufferListsHandler = FilterCancelSendNetBufferLists;
    Characteristics->ReceiveNetBufferListsHandler = FilterReceiveNetBufferLists;
    Characteristics->ReturnNetBufferListsHandler = FilterReturnNetBufferLists;
    Characteristics->OidRequestHandler = FilterOidRequest;
    Characteristics->OidRequestCompleteHandler = FilterOidRequestComplete;
    Characteristics->CancelOidRequestHandler = FilterCancelOidRequest;
    Characteristics->NetPnPEventHandler = FilterNetPnPEvent;
    Characteristics->StatusHandler = FilterStatus;
}

/* What registered is deregistered, also when the rest of the load fails. */
static NDIS_STATUS FinishLoad(VOID)
{
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;

    if (ExtensionHooks.Registered != NULL) {
        status = ExtensionHooks.Registered(FilterDriverHandle);
    }
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFDeregisterFilterDriver(FilterDriverHandle);
    }
    return status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS characteristics;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    RtlZeroMemory(&characteristics, sizeof(characteristics));
    SetVersion(&characteristics);
    SetHandlers(&characteristics);
    DriverObject->DriverUnload = DriverUnload;
#ifdef WITH_MUTANTS
    Mutate(DriverObject, &characteristics);
#endif

    if (ExtensionHooks.Load != NULL) {
        ExtensionHooks.Load();
    }
    /* Modules attach from inside this call, so nothing that they need may be prepared after it. */
    status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &characteristics,
                                       &FilterDriverHandle);
    return status == NDIS_STATUS_SUCCESS ? FinishLoad() : status;
}

static VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    if (ExtensionHooks.Unload != NULL) {
        ExtensionHooks.Unload();
    }
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}
