/* Contexts of an extension's own on the packets of the switch: as they should be, and twice. */
#include "mutant.h"

static const GUID ExtensionId = {0x6b1d2c40, 0x9a53, 0x4f1e, {1, 2, 3, 4, 5, 6, 7, 8}};

NDIS_DECLARE_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE(IngressType, ExtensionId);

static ULONG Ingress;

static VOID SetContexts(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists)
{
    PNET_BUFFER_LIST current;

    if (Module->SwitchHandlers.SetNetBufferListSwitchContext == NULL) {
        return;
    }
    for (current = NetBufferLists; current != NULL; current = NET_BUFFER_LIST_NEXT_NBL(current)) {
        Module->SwitchHandlers.SetNetBufferListSwitchContext(Module->SwitchContext, current,
                                                             IngressType, &Ingress);
    }
}

static VOID SetOnce(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                    NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    SetContexts(FilterModuleContext, NetBufferLists);
    FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
}

static VOID SetTwice(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                     NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    SetContexts(FilterModuleContext, NetBufferLists);
    SetOnce(FilterModuleContext, NetBufferLists, Port, SendFlags);
}

/* What was set on the way down is there on the way up, or the packet is another. */
static VOID LookForContexts(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                            NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNET_BUFFER_LIST current;

    for (current = NetBufferLists;
         current != NULL && module->SwitchHandlers.GetNetBufferListSwitchContext != NULL;
         current = NET_BUFFER_LIST_NEXT_NBL(current)) {
        PVOID found = module->SwitchHandlers.GetNetBufferListSwitchContext(module->SwitchContext,
                                                                           current, IngressType);

        NT_ASSERT(found == NULL || found == &Ingress);
        UNREFERENCED_PARAMETER(found);
    }
    FilterReceiveNetBufferLists(FilterModuleContext, NetBufferLists, Port, Count, ReceiveFlags);
}

const MUTANT ContextMutants[] = {
    {.Name = "sets_a_context", .Send = SetOnce, .Receive = LookForContexts},
    {.Name = "sets_a_context_twice", .Send = SetTwice},
    {.Name = NULL},
};
