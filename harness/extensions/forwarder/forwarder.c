#include "forwarder.h"

const CHAR InterlockExtensionClass[] = "forwarding";
NDIS_STRING ExtensionServiceName = NDIS_STRING_CONST("InterlockForwarder");
NDIS_STRING ExtensionUniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C02}");
NDIS_STRING ExtensionFriendlyName = NDIS_STRING_CONST("Interlock learning forwarder");

static NDIS_STATUS ForwarderAttach(PFILTER_MODULE Module)
{
    PFORWARDER forwarder = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*forwarder), EXTENSION_TAG);

    if (forwarder == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    forwarder->Lock = NdisAllocateRWLock(Module->FilterHandle);
    if (forwarder->Lock == NULL) {
        ExFreePoolWithTag(forwarder, EXTENSION_TAG);
        return NDIS_STATUS_RESOURCES;
    }
    InitializeListHead(&forwarder->Nics);
    Module->Extension = forwarder;
    return NDIS_STATUS_SUCCESS;
}

static VOID ForwarderDetach(PFILTER_MODULE Module)
{
    PFORWARDER forwarder = ForwarderOf(Module);

    ApplyChanges(forwarder);
    RemoveAllNics(forwarder);
    NdisFreeRWLock(forwarder->Lock);
    ExFreePoolWithTag(forwarder, EXTENSION_TAG);
}

const EXTENSION_HOOKS ExtensionHooks = {
    .Attach = ForwarderAttach,
    .Detach = ForwarderDetach,
    .Restart = LearnConfiguration,
    .Activate = ForwarderActivate,
    .OidRequest = ForwarderOidRequest,
    .OidRequestComplete = ForwarderOidRequestComplete,
    .Send = ForwarderSend,
};
