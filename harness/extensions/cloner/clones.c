/* Clones: they share the data of their originals. */
#include "cloner.h"

static BOOLEAN DescribeClone(PFILTER_MODULE Module, PNET_BUFFER_LIST Clone,
                             PNET_BUFFER_LIST Original, OWN_KIND Kind)
{
    /* Up goes only what is delivered as the original would be; what goes down is forwarded anew. */
    UINT32 flags = Kind == OwnCloneUp ? NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_DESTINATIONS : 0;

    if (NdisAllocateNetBufferListContext(Clone, sizeof(OWN), 0, EXTENSION_TAG)
        != NDIS_STATUS_SUCCESS) {
        return FALSE;
    }
    OwnOf(Clone)->Original = Original;
    OwnOf(Clone)->Kind = Kind;
    OwnOf(Clone)->IsToGoAgain = FALSE;
    if (!Prepare(Module, Clone)) {
        NdisFreeNetBufferListContext(Clone, sizeof(OWN));
        return FALSE;
    }
    if (Module->SwitchHandlers.CopyNetBufferListInfo(Module->SwitchContext, Clone, Original, flags)
        != NDIS_STATUS_SUCCESS) {
        if (!HAS_FLAW(CLONE_NOT_UNWOUND)) {
            Unprepare(Module, Clone);
        }
        NdisFreeNetBufferListContext(Clone, sizeof(OWN));
        return FALSE;
    }
    return TRUE;
}

PNET_BUFFER_LIST MakeClone(PFILTER_MODULE Module, PNET_BUFFER_LIST Original, OWN_KIND Kind)
{
    PNET_BUFFER_LIST clone =
        NdisAllocateCloneNetBufferList(Original, ClonerOf(Module)->ListPool, NULL, 0);

    if (clone == NULL) {
        return NULL;
    }
    if (!DescribeClone(Module, clone, Original, Kind)) {
        NdisFreeCloneNetBufferList(clone, 0);
        return NULL;
    }
    clone->ParentNetBufferList = Original;
    InterlockedIncrement(&Original->ChildRefCount);
    return clone;
}

VOID FreeClone(PNET_BUFFER_LIST Clone)
{
    NdisFreeNetBufferListContext(Clone, sizeof(OWN));
    NdisFreeCloneNetBufferList(Clone, 0);
}
