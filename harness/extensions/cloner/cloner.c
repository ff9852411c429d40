#include "cloner.h"

const CHAR InterlockExtensionClass[] = "filtering";
NDIS_STRING ExtensionServiceName = NDIS_STRING_CONST("InterlockCloner");
NDIS_STRING ExtensionUniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C06}");
NDIS_STRING ExtensionFriendlyName = NDIS_STRING_CONST("Interlock cloning extension");

static NDIS_STATUS ClonerAttach(PFILTER_MODULE Module)
{
    PCLONER cloner = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*cloner), EXTENSION_TAG);

    if (cloner == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    if (CreatePools(Module, cloner) != NDIS_STATUS_SUCCESS) {
        ExFreePoolWithTag(cloner, EXTENSION_TAG);
        return NDIS_STATUS_RESOURCES;
    }
    Module->Extension = cloner;
    return NDIS_STATUS_SUCCESS;
}

static VOID DeleteCloner(PCLONER Cloner)
{
    DeletePools(Cloner);
    ExFreePoolWithTag(Cloner, EXTENSION_TAG);
}

/* Those whose pools are left to the unload, when their filter handles are long gone. */
static PCLONER Left;

static VOID ClonerDetach(PFILTER_MODULE Module)
{
    if (HAS_FLAW(POOLS_FREED_AT_UNLOAD)) {
        ClonerOf(Module)->Next = Left;
        Left = ClonerOf(Module);
        return;
    }
    DeleteCloner(ClonerOf(Module));
}

static VOID ClonerUnload(VOID)
{
    while (Left != NULL) {
        PCLONER cloner = Left;

        Left = cloner->Next;
        DeleteCloner(cloner);
    }
}

/* Nothing that concerns the adapter can come before this connect has gone up. */
static VOID ClonerOidRequestComplete(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request,
                                     NDIS_STATUS Status)
{
    PNDIS_SWITCH_NIC_PARAMETERS nic;

    if (Status != NDIS_STATUS_SUCCESS || Request->RequestType != NdisRequestSetInformation
        || Request->DATA.SET_INFORMATION.Oid != OID_SWITCH_NIC_CONNECT) {
        return;
    }
    nic = NicParametersOf(Request);
    if (nic != NULL && nic->NicIndex == NDIS_SWITCH_DEFAULT_NIC_INDEX) {
        SendProbe(Module, nic->PortId, nic->NicIndex);
    }
}

const EXTENSION_HOOKS ExtensionHooks = {
    .Attach = ClonerAttach,
    .Detach = ClonerDetach,
    .Unload = ClonerUnload,
    .OidRequestComplete = ClonerOidRequestComplete,
    .Send = ClonerSend,
    .SendComplete = ClonerSendComplete,
    .Receive = ClonerReceive,
    .Return = ClonerReturn,
};
