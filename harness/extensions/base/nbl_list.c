#include "nbl_list.h"

VOID NblListInitialize(PNBL_LIST List)
{
    List->Head = NULL;
    List->Tail = &List->Head;
    List->Count = 0;
}

VOID NblListAppend(PNBL_LIST List, PNET_BUFFER_LIST NetBufferList)
{
    NET_BUFFER_LIST_NEXT_NBL(NetBufferList) = NULL;
    *List->Tail = NetBufferList;
    List->Tail = &NET_BUFFER_LIST_NEXT_NBL(NetBufferList);
    ++List->Count;
}

PNET_BUFFER_LIST NblListTake(PNBL_LIST List)
{
    PNET_BUFFER_LIST chain = List->Head;

    NblListInitialize(List);
    return chain;
}

PNET_BUFFER_LIST PopNetBufferList(PNET_BUFFER_LIST* Chain)
{
    PNET_BUFFER_LIST first = *Chain;

    *Chain = NET_BUFFER_LIST_NEXT_NBL(first);
    NET_BUFFER_LIST_NEXT_NBL(first) = NULL;
    return first;
}

ULONG CountNetBufferLists(PNET_BUFFER_LIST NetBufferLists)
{
    ULONG count = 0;

    for (; NetBufferLists != NULL; NetBufferLists = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists)) {
        ++count;
    }
    return count;
}

static NDIS_SWITCH_PORT_ID SourcePortOf(PNET_BUFFER_LIST NetBufferList)
{
    return NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList)->SourcePortId;
}

static BOOLEAN ShareOneSource(PNET_BUFFER_LIST NetBufferLists)
{
    NDIS_SWITCH_PORT_ID source = SourcePortOf(NetBufferLists);

    for (; NetBufferLists != NULL; NetBufferLists = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists)) {
        if (SourcePortOf(NetBufferLists) != source) {
            return FALSE;
        }
    }
    return TRUE;
}

ULONG SendFlagsFor(PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel)
{
    return (AtDispatchLevel ? NDIS_SEND_FLAGS_DISPATCH_LEVEL : 0)
         | (ShareOneSource(NetBufferLists) ? NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE : 0);
}

ULONG SendCompleteFlagsFor(PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel)
{
    return (AtDispatchLevel ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0)
         | (ShareOneSource(NetBufferLists) ? NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE : 0);
}

ULONG ReturnFlagsFor(PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel)
{
    return (AtDispatchLevel ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0)
         | (ShareOneSource(NetBufferLists) ? NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE : 0);
}

VOID CompleteSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_STATUS Status,
                  BOOLEAN AtDispatchLevel)
{
    PNET_BUFFER_LIST each;

    if (NetBufferLists == NULL) {
        return;
    }
    for (each = NetBufferLists; each != NULL; each = NET_BUFFER_LIST_NEXT_NBL(each)) {
        NET_BUFFER_LIST_STATUS(each) = Status;
    }
    NdisFSendNetBufferListsComplete(Module->FilterHandle, NetBufferLists,
                                    SendCompleteFlagsFor(NetBufferLists, AtDispatchLevel));
}

VOID ReturnReceive(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel)
{
    if (NetBufferLists != NULL) {
        NdisFReturnNetBufferLists(Module->FilterHandle, NetBufferLists,
                                  ReturnFlagsFor(NetBufferLists, AtDispatchLevel));
    }
}
