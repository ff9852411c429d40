/* The data path: everything passes while the module runs, and turns round while it does not. */
#include "my_extension.h"

static BOOLEAN Enter(PMODULE Module)
{
    BOOLEAN isRunning;

    NdisAcquireSpinLock(&Module->Lock);
    isRunning = Module->IsRunning;
    if (isRunning) {
        ++Module->Calls;
    }
    NdisReleaseSpinLock(&Module->Lock);
    return isRunning;
}

static VOID Leave(PMODULE Module)
{
    NdisAcquireSpinLock(&Module->Lock);
    --Module->Calls;
    if (Module->Calls == 0 && !Module->IsRunning) {
        NdisSetEvent(&Module->NoCalls);
    }
    NdisReleaseSpinLock(&Module->Lock);
}

static VOID Refuse(PMODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    PNET_BUFFER_LIST each;
    ULONG flags = 0;

    for (each = NetBufferLists; each != NULL; each = NET_BUFFER_LIST_NEXT_NBL(each)) {
        NET_BUFFER_LIST_STATUS(each) = NDIS_STATUS_PAUSED;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)) {
        flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }
    if (SendFlags & NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE) {
        flags |= NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE;
    }
    NdisFSendNetBufferListsComplete(Module->FilterHandle, NetBufferLists, flags);
}

VOID FilterSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PMODULE module = FilterModuleContext;

    if (!Enter(module)) {
        Refuse(module, NetBufferLists, SendFlags);
        return;
    }
    NdisFSendNetBufferLists(module->FilterHandle, NetBufferLists, PortNumber, SendFlags);
    Leave(module);
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                        ULONG SendCompleteFlags)
{
    PMODULE module = FilterModuleContext;

    NdisFSendNetBufferListsComplete(module->FilterHandle, NetBufferLists, SendCompleteFlags);
}

static VOID GiveBack(PMODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG ReceiveFlags)
{
    ULONG flags = 0;

    if (NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags)) {
        flags |= NDIS_RETURN_FLAGS_DISPATCH_LEVEL;
    }
    if (ReceiveFlags & NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE) {
        flags |= NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE;
    }
    NdisFReturnNetBufferLists(Module->FilterHandle, NetBufferLists, flags);
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                   NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PMODULE module = FilterModuleContext;

    if (!Enter(module)) {
        GiveBack(module, NetBufferLists, ReceiveFlags);
        return;
    }
    NdisFIndicateReceiveNetBufferLists(module->FilterHandle, NetBufferLists, PortNumber,
                                       NumberOfNetBufferLists, ReceiveFlags);
    Leave(module);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                  ULONG ReturnFlags)
{
    PMODULE module = FilterModuleContext;

    NdisFReturnNetBufferLists(module->FilterHandle, NetBufferLists, ReturnFlags);
}
