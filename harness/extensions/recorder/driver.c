/* Loading and unloading. One source, two drivers: RECORDER_BELOW is the one for below a suspect. */
#include "etw.h"
#include "recorder.h"

#ifdef RECORDER_BELOW
const CHAR InterlockExtensionClass[] = "filtering";
const ULONG RecorderClass = 2;
const CHAR RecorderName[RECORDING_NAME_MAX] = "recorder_below";
NDIS_STRING RecorderDeviceName = NDIS_STRING_CONST("\\Device\\InterlockRecorderBelow");
NDIS_STRING RecorderSymbolicName = NDIS_STRING_CONST("\\DosDevices\\InterlockRecorderBelow");
static NDIS_STRING ServiceName = NDIS_STRING_CONST("InterlockRecorderBelow");
static NDIS_STRING UniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C12}");
static NDIS_STRING FriendlyName = NDIS_STRING_CONST("Interlock recorder (below)");
#else
#ifndef RECORDER_NAME
#define RECORDER_NAME "recorder_above"
#endif
const CHAR InterlockExtensionClass[] = "capturing";
const ULONG RecorderClass = 1;
const CHAR RecorderName[RECORDING_NAME_MAX] = RECORDER_NAME;
NDIS_STRING RecorderDeviceName = NDIS_STRING_CONST("\\Device\\InterlockRecorderAbove");
NDIS_STRING RecorderSymbolicName = NDIS_STRING_CONST("\\DosDevices\\InterlockRecorderAbove");
static NDIS_STRING ServiceName = NDIS_STRING_CONST("InterlockRecorderAbove");
static NDIS_STRING UniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C11}");
static NDIS_STRING FriendlyName = NDIS_STRING_CONST("Interlock recorder (above)");
#endif

/* As events tell it, which handlers are given: all but those for direct requests. */
#define HANDLERS_GIVEN 0x1FF

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE FilterDriverHandle;

static VOID SetNames(PNDIS_FILTER_DRIVER_CHARACTERISTICS Driver)
{
    Driver->Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Driver->Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    Driver->Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    Driver->MajorNdisVersion = 6;
    Driver->MinorNdisVersion = 30;
    Driver->MajorDriverVersion = 1;
    Driver->FriendlyName = FriendlyName;
    Driver->UniqueName = UniqueName;
    Driver->ServiceName = ServiceName;
}

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Driver)
{
    Driver->SetFilterModuleOptionsHandler = FilterSetModuleOptions;
    Driver->AttachHandler = FilterAttach;
    Driver->DetachHandler = FilterDetach;
    Driver->RestartHandler = FilterRestart;
    Driver->PauseHandler = FilterPause;
    Driver->SendNetBufferListsHandler = FilterSendNetBufferLists;
    Driver->SendNetBufferListsCompleteHandler = FilterSendNetBufferListsComplete;
    Driver->CancelSendNetBufferListsHandler = FilterCancelSendNetBufferLists;
    Driver->ReceiveNetBufferListsHandler = FilterReceiveNetBufferLists;
    Driver->ReturnNetBufferListsHandler = FilterReturnNetBufferLists;
    Driver->OidRequestHandler = FilterOidRequest;
    Driver->OidRequestCompleteHandler = FilterOidRequestComplete;
    Driver->CancelOidRequestHandler = FilterCancelOidRequest;
    Driver->NetPnPEventHandler = FilterNetPnPEvent;
    Driver->StatusHandler = FilterStatus;
}

static NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS driver;
    RECORDING_RECORD record;
    NDIS_STATUS status;

    RtlZeroMemory(&driver, sizeof(driver));
    SetNames(&driver);
    SetHandlers(&driver);
    BeginRecord(&record, NULL, RecordedNdisFRegisterFilterDriver);
    record.Detail = HANDLERS_GIVEN;
    Enter(&record);
    status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &driver,
                                       &FilterDriverHandle);
    Leave(&record, status);
    return status;
}

/* Modules attach from inside the registration, and may be paused and detached by its undoing. */
static NDIS_STATUS Load(PDRIVER_OBJECT DriverObject)
{
    NDIS_STATUS status = RegisterFilter(DriverObject);

    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = RegisterRecorderDevice(FilterDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFDeregisterFilterDriver(FilterDriverHandle);
    }
    return status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    if (!CreateRing()) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RegisterEtw();
    EnterCall(NULL, RecordedDriverEntry);
    DriverObject->DriverUnload = DriverUnload;
    status = Load(DriverObject);
    LeaveCall(NULL, RecordedDriverEntry, status);
    if (status != NDIS_STATUS_SUCCESS) {
        UnregisterEtw();
        DeleteRing();
    }
    return status;
}

static VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    DeregisterRecorderDevice();
    NdisFDeregisterFilterDriver(FilterDriverHandle);
    UnregisterEtw();
    DeleteRing();
}
