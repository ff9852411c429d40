#include "cloner.h"

BOOLEAN IsOwn(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    return NetBufferList->SourceHandle == Module->FilterHandle;
}

BOOLEAN Prepare(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    NetBufferList->SourceHandle = Module->FilterHandle;
    return Module->SwitchHandlers.AllocateNetBufferListForwardingContext(Module->SwitchContext,
                                                                         NetBufferList)
        == NDIS_STATUS_SUCCESS;
}

VOID Unprepare(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    Module->SwitchHandlers.FreeNetBufferListForwardingContext(Module->SwitchContext,
                                                              NetBufferList);
}

PNET_BUFFER_LIST TakeHome(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    POWN kept = OwnOf(NetBufferList);
    OWN own = *kept;

    Unprepare(Module, NetBufferList);
    if (own.Original != NULL) {
        NET_BUFFER_LIST_STATUS(own.Original) = NET_BUFFER_LIST_STATUS(NetBufferList);
        InterlockedDecrement(&own.Original->ChildRefCount);
    }
    switch (own.Kind) {
    case OwnProbe:
        FreeProbe(NetBufferList);
        break;
    case OwnCopy:
        FreeCopy(NetBufferList);
        break;
    default:
        FreeClone(NetBufferList);
        break;
    }
    return HAS_FLAW(CONTEXT_AFTER_FREE) ? kept->Original : own.Original;
}
