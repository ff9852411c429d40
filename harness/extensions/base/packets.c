/*
 * The data path. An extension that is not Running rejects what arrives; completions and
 * returns are passed on in every state.
 */
#include "nbl_list.h"

static BOOLEAN SentAtDispatchLevel(ULONG SendFlags)
{
    return NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? TRUE : FALSE;
}

VOID FilterSendNetBufferLists(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                              NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (!EnterDataPath(module)) {
        CompleteSend(module, NetBufferLists, NDIS_STATUS_PAUSED, SentAtDispatchLevel(SendFlags));
        return;
    }
    if (ExtensionHooks.Send != NULL) {
        ExtensionHooks.Send(module, NetBufferLists, SendFlags);
    } else {
        NdisFSendNetBufferLists(module->FilterHandle, NetBufferLists, PortNumber, SendFlags);
    }
    LeaveDataPath(module);
}

VOID FilterSendNetBufferListsComplete(NDIS_HANDLE FilterModuleContext,
                                      PNET_BUFFER_LIST NetBufferLists, ULONG SendCompleteFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (ExtensionHooks.SendComplete != NULL) {
        ExtensionHooks.SendComplete(module, NetBufferLists, SendCompleteFlags);
    } else {
        NdisFSendNetBufferListsComplete(module->FilterHandle, NetBufferLists, SendCompleteFlags);
    }
}

VOID FilterCancelSendNetBufferLists(NDIS_HANDLE FilterModuleContext, PVOID CancelId)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (ExtensionHooks.CancelSend != NULL) {
        ExtensionHooks.CancelSend(module, CancelId);
    }
    NdisFCancelSendNetBufferLists(module->FilterHandle, CancelId);
}

VOID FilterReceiveNetBufferLists(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                                 NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists,
                                 ULONG ReceiveFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (!EnterDataPath(module)) {
        ReturnReceive(module, NetBufferLists,
                      NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags) ? TRUE : FALSE);
        return;
    }
    if (ExtensionHooks.Receive != NULL) {
        ExtensionHooks.Receive(module, NetBufferLists, ReceiveFlags);
    } else {
        NdisFIndicateReceiveNetBufferLists(module->FilterHandle, NetBufferLists, PortNumber,
                                           NumberOfNetBufferLists, ReceiveFlags);
    }
    LeaveDataPath(module);
}

VOID FilterReturnNetBufferLists(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                                ULONG ReturnFlags)
{
    PFILTER_MODULE module = FilterModuleContext;
    BOOLEAN atDispatchLevel = NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(ReturnFlags) ? TRUE : FALSE;

    if (ExtensionHooks.Return != NULL) {
        ExtensionHooks.Return(module, NetBufferLists, atDispatchLevel);
        return;
    }
    /* Returns of one source must say so, also if whoever returned them to us did not. */
    ReturnReceive(module, NetBufferLists, atDispatchLevel);
}
