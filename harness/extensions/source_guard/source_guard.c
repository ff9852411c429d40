#include "source_guard.h"

NDIS_STATUS SourceGuardAttach(PFILTER_MODULE Module)
{
    PSOURCE_GUARD guard = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*guard), EXTENSION_TAG);

    if (guard == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisAllocateSpinLock(&guard->Lock);
    NdisInitializeEvent(&guard->LearningEnded);
    InitializeListHead(&guard->Ports);
    InitializeListHead(&guard->Exempt);
    InitializeListHead(&guard->Nics);
    Module->Extension = guard;
    return NDIS_STATUS_SUCCESS;
}

VOID SourceGuardDetach(PFILTER_MODULE Module)
{
    PSOURCE_GUARD guard = GuardOf(Module);

    RemoveAll(guard);
    NdisFreeSpinLock(&guard->Lock);
    ExFreePoolWithTag(guard, EXTENSION_TAG);
}
