/* The data path: everything passes while the module runs, and turns round while it does not. */
#include "recorder.h"

static BOOLEAN HaveOneSource(PNET_BUFFER_LIST NetBufferLists)
{
    PNET_BUFFER_LIST each;

    for (each = NetBufferLists; each != NULL; each = NET_BUFFER_LIST_NEXT_NBL(each)) {
        if (NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(each)->SourcePortId
            != NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferLists)->SourcePortId) {
            return FALSE;
        }
    }
    return TRUE;
}

static VOID Send(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                 NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    EnterList(Module, RecordedNdisFSendNetBufferLists, NetBufferLists, SendFlags);
    NdisFSendNetBufferLists(Module->FilterHandle, NetBufferLists, PortNumber, SendFlags);
    LeaveCall(Module, RecordedNdisFSendNetBufferLists, NDIS_STATUS_SUCCESS);
}

static VOID CompleteSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG Flags)
{
    EnterList(Module, RecordedNdisFSendNetBufferListsComplete, NetBufferLists, Flags);
    NdisFSendNetBufferListsComplete(Module->FilterHandle, NetBufferLists, Flags);
    LeaveCall(Module, RecordedNdisFSendNetBufferListsComplete, NDIS_STATUS_SUCCESS);
}

static VOID Indicate(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                     NDIS_PORT_NUMBER PortNumber, ULONG Number, ULONG ReceiveFlags)
{
    EnterList(Module, RecordedNdisFIndicateReceiveNetBufferLists, NetBufferLists, ReceiveFlags);
    NdisFIndicateReceiveNetBufferLists(Module->FilterHandle, NetBufferLists, PortNumber, Number,
                                       ReceiveFlags);
    LeaveCall(Module, RecordedNdisFIndicateReceiveNetBufferLists, NDIS_STATUS_SUCCESS);
}

/* Returns of one source say so, also if whoever returned them to us did not. */
static VOID Return(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel)
{
    ULONG flags = AtDispatchLevel ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0;

    if (HaveOneSource(NetBufferLists)) {
        flags |= NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE;
    }
    EnterList(Module, RecordedNdisFReturnNetBufferLists, NetBufferLists, flags);
    NdisFReturnNetBufferLists(Module->FilterHandle, NetBufferLists, flags);
    LeaveCall(Module, RecordedNdisFReturnNetBufferLists, NDIS_STATUS_SUCCESS);
}

static VOID Refuse(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    PNET_BUFFER_LIST each;
    ULONG flags = 0;

    for (each = NetBufferLists; each != NULL; each = NET_BUFFER_LIST_NEXT_NBL(each)) {
        NET_BUFFER_LIST_STATUS(each) = NDIS_STATUS_PAUSED;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)) {
        flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }
    if (HaveOneSource(NetBufferLists)) {
        flags |= NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE;
    }
    CompleteSend(Module, NetBufferLists, flags);
}

VOID FilterSendNetBufferLists(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                              NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    EnterModule(module);
    EnterList(module, RecordedFilterSendNetBufferLists, NetBufferLists, SendFlags);
    if (EnterDataPath(module)) {
        Send(module, NetBufferLists, PortNumber, SendFlags);
        LeaveDataPath(module);
    } else {
        Refuse(module, NetBufferLists, SendFlags);
    }
    LeaveCall(module, RecordedFilterSendNetBufferLists, NDIS_STATUS_SUCCESS);
    LeaveModule(module);
}

VOID FilterSendNetBufferListsComplete(NDIS_HANDLE FilterModuleContext,
                                      PNET_BUFFER_LIST NetBufferLists, ULONG SendCompleteFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    EnterModule(module);
    EnterList(module, RecordedFilterSendNetBufferListsComplete, NetBufferLists,
              SendCompleteFlags);
    CompleteSend(module, NetBufferLists, SendCompleteFlags);
    LeaveCall(module, RecordedFilterSendNetBufferListsComplete, NDIS_STATUS_SUCCESS);
    LeaveModule(module);
}

VOID FilterCancelSendNetBufferLists(NDIS_HANDLE FilterModuleContext, PVOID CancelId)
{
    PFILTER_MODULE module = FilterModuleContext;

    EnterModule(module);
    EnterCall(module, RecordedFilterCancelSendNetBufferLists);
    EnterCall(module, RecordedNdisFCancelSendNetBufferLists);
    NdisFCancelSendNetBufferLists(module->FilterHandle, CancelId);
    LeaveCall(module, RecordedNdisFCancelSendNetBufferLists, NDIS_STATUS_SUCCESS);
    LeaveCall(module, RecordedFilterCancelSendNetBufferLists, NDIS_STATUS_SUCCESS);
    LeaveModule(module);
}

VOID FilterReceiveNetBufferLists(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                                 NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists,
                                 ULONG ReceiveFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    EnterModule(module);
    EnterList(module, RecordedFilterReceiveNetBufferLists, NetBufferLists, ReceiveFlags);
    if (EnterDataPath(module)) {
        Indicate(module, NetBufferLists, PortNumber, NumberOfNetBufferLists, ReceiveFlags);
        LeaveDataPath(module);
    } else {
        Return(module, NetBufferLists,
               NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags) ? TRUE : FALSE);
    }
    LeaveCall(module, RecordedFilterReceiveNetBufferLists, NDIS_STATUS_SUCCESS);
    LeaveModule(module);
}

VOID FilterReturnNetBufferLists(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                                ULONG ReturnFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    EnterModule(module);
    EnterList(module, RecordedFilterReturnNetBufferLists, NetBufferLists, ReturnFlags);
    Return(module, NetBufferLists, NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(ReturnFlags) ? TRUE : FALSE);
    LeaveCall(module, RecordedFilterReturnNetBufferLists, NDIS_STATUS_SUCCESS);
    LeaveModule(module);
}
