/*
 * An extension that does nothing right: compiled once with each -DDOES=..., for the tests of how
 * the command takes it.
 */
#include <ndis.h>

#define CRASHES_ON_ENTRY 1
#define REFUSES_ENTRY 2
#define NEVER_ATTACHES 3
#define CRASHES_ON_RESTART 4
#define NEVER_RETURNS 5
#define IS_NOT_THE_SAME_TWICE 6
#define CRASHES_ON_PACKET 7

static NDIS_HANDLE DriverHandle;

static VOID Crash(VOID)
{
    *(volatile ULONG*)(ULONG_PTR)8 = 1;
}

static NDIS_STATUS FilterAttach(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                                PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    if (DOES == NEVER_ATTACHES)
        return NDIS_STATUS_RESOURCES;

    RtlZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = sizeof(attributes);
    return NdisFSetAttributes(FilterHandle, (NDIS_HANDLE)FilterHandle, &attributes);
}

static VOID FilterDetach(NDIS_HANDLE FilterModuleContext)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
}

static NDIS_STATUS FilterRestart(NDIS_HANDLE FilterModuleContext,
                                 PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(Parameters);
    if (DOES == CRASHES_ON_RESTART)
        Crash();
    if (DOES == NEVER_RETURNS) {
        volatile BOOLEAN forever = TRUE;

        while (forever) {
        }
    }
    /* Time that is not the kernel's: no seed decides it. */
    if (DOES == IS_NOT_THE_SAME_TWICE && __builtin_readcyclecounter() / 64 % 2 == 0)
        return NDIS_STATUS_RESOURCES;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS FilterPause(NDIS_HANDLE FilterModuleContext,
                               PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static VOID FilterSendNetBufferLists(NDIS_HANDLE FilterModuleContext,
                                     PNET_BUFFER_LIST NetBufferLists,
                                     NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    static LONG calls;

    if (InterlockedIncrement(&calls) == 20)
        Crash();
    NdisFSendNetBufferLists(FilterModuleContext, NetBufferLists, PortNumber, SendFlags);
}

static VOID FilterSendNetBufferListsComplete(NDIS_HANDLE FilterModuleContext,
                                             PNET_BUFFER_LIST NetBufferLists,
                                             ULONG SendCompleteFlags)
{
    NdisFSendNetBufferListsComplete(FilterModuleContext, NetBufferLists, SendCompleteFlags);
}

static VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(DriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS characteristics;

    UNREFERENCED_PARAMETER(RegistryPath);
    if (DOES == CRASHES_ON_ENTRY)
        Crash();
    if (DOES == REFUSES_ENTRY)
        return STATUS_UNSUCCESSFUL;

    RtlZeroMemory(&characteristics, sizeof(characteristics));
    characteristics.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    characteristics.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    characteristics.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    characteristics.MajorNdisVersion = 6;
    characteristics.MinorNdisVersion = 30;
    characteristics.AttachHandler = FilterAttach;
    characteristics.DetachHandler = FilterDetach;
    characteristics.RestartHandler = FilterRestart;
    characteristics.PauseHandler = FilterPause;
    if (DOES == CRASHES_ON_PACKET) {
        characteristics.SendNetBufferListsHandler = FilterSendNetBufferLists;
        characteristics.SendNetBufferListsCompleteHandler = FilterSendNetBufferListsComplete;
    }
    DriverObject->DriverUnload = DriverUnload;
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &characteristics,
                                     &DriverHandle);
}
