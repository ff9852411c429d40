/* Copies: the bytes of each NET_BUFFER stand in memory of our own. */
#include "cloner.h"

static PMDL AllocateData(PFILTER_MODULE Module, ULONG Length)
{
    PVOID data = NdisAllocateMemoryWithTagPriority(Module->FilterHandle, Length, EXTENSION_TAG,
                                                   NormalPoolPriority);
    PMDL mdl;

    if (data == NULL) {
        return NULL;
    }
    mdl = NdisAllocateMdl(Module->FilterHandle, data, Length);
    if (mdl == NULL) {
        NdisFreeMemory(data, 0, 0);
    }
    return mdl;
}

static VOID FreeData(PMDL Mdl)
{
    PVOID data = MmGetMdlVirtualAddress(Mdl);

    NdisFreeMdl(Mdl);
    NdisFreeMemory(data, 0, 0);
}

static PNET_BUFFER CopyBuffer(PFILTER_MODULE Module, PNET_BUFFER Source)
{
    ULONG length = NET_BUFFER_DATA_LENGTH(Source);
    PMDL mdl = AllocateData(Module, length);
    PNET_BUFFER copy;
    ULONG copied;

    if (mdl == NULL) {
        return NULL;
    }
    copy = NdisAllocateNetBuffer(ClonerOf(Module)->BufferPool, mdl, 0, length);
    if (copy == NULL) {
        FreeData(mdl);
        return NULL;
    }
    NdisCopyFromNetBufferToNetBuffer(copy, 0, length, Source, 0, &copied);
    return copy;
}

static BOOLEAN CopyBuffers(PFILTER_MODULE Module, PNET_BUFFER_LIST Copy, PNET_BUFFER Source)
{
    PNET_BUFFER* end = &NET_BUFFER_LIST_FIRST_NB(Copy);

    for (; Source != NULL; Source = NET_BUFFER_NEXT_NB(Source)) {
        PNET_BUFFER netBuffer = CopyBuffer(Module, Source);

        if (netBuffer == NULL) {
            return FALSE;
        }
        *end = netBuffer;
        end = &NET_BUFFER_NEXT_NB(netBuffer);
    }
    return TRUE;
}

static BOOLEAN DescribeCopy(PFILTER_MODULE Module, PNET_BUFFER_LIST Copy, PNET_BUFFER_LIST Original)
{
    if (!CopyBuffers(Module, Copy, NET_BUFFER_LIST_FIRST_NB(Original)) || !Prepare(Module, Copy)) {
        return FALSE;
    }
    if (Module->SwitchHandlers.CopyNetBufferListInfo(Module->SwitchContext, Copy, Original, 0)
        != NDIS_STATUS_SUCCESS) {
        Unprepare(Module, Copy);
        return FALSE;
    }
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(Copy)->IsPacketDataSafe = TRUE;
    return TRUE;
}

PNET_BUFFER_LIST MakeCopy(PFILTER_MODULE Module, PNET_BUFFER_LIST Original)
{
    PNET_BUFFER_LIST copy = NdisAllocateNetBufferList(ClonerOf(Module)->ListPool, sizeof(OWN), 0);

    if (copy == NULL) {
        return NULL;
    }
    OwnOf(copy)->Original = Original;
    OwnOf(copy)->Kind = OwnCopy;
    OwnOf(copy)->IsToGoAgain = FALSE;
    if (!DescribeCopy(Module, copy, Original)) {
        FreeCopy(copy);
        return NULL;
    }
    copy->ParentNetBufferList = Original;
    InterlockedIncrement(&Original->ChildRefCount);
    return copy;
}

VOID FreeCopy(PNET_BUFFER_LIST Copy)
{
    PNET_BUFFER netBuffer = NET_BUFFER_LIST_FIRST_NB(Copy);

    while (netBuffer != NULL) {
        PNET_BUFFER next = NET_BUFFER_NEXT_NB(netBuffer);
        PMDL mdl = NET_BUFFER_FIRST_MDL(netBuffer);

        NdisFreeNetBuffer(netBuffer);
        FreeData(mdl);
        netBuffer = next;
    }
    NET_BUFFER_LIST_FIRST_NB(Copy) = NULL;
    NdisFreeNetBufferList(Copy);
}
