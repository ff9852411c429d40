/* Flaws of a module that is stopped and is handed packets all the same. */
#include "mutant.h"

static BOOLEAN IsStopped(PFILTER_MODULE Module)
{
    return Module->State == ModulePaused;
}

static VOID SendOnStopped(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                          NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (IsStopped(module)) {
        NdisFSendNetBufferLists(module->FilterHandle, NetBufferLists, Port, SendFlags);
    } else {
        FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
    }
}

static VOID FailStopped(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                        NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    if (IsStopped(FilterModuleContext)) {
        CompleteSend(FilterModuleContext, NetBufferLists, NDIS_STATUS_FAILURE,
                     NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? TRUE : FALSE);
    } else {
        FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
    }
}

static NBL_LIST Kept;

static VOID KeepReceived(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                         NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    if (!IsStopped(FilterModuleContext)) {
        FilterReceiveNetBufferLists(FilterModuleContext, NetBufferLists, Port, Count,
                                    ReceiveFlags);
        return;
    }
    if (Kept.Head == NULL) {
        NblListInitialize(&Kept);
    }
    while (NetBufferLists != NULL) {
        NblListAppend(&Kept, PopNetBufferList(&NetBufferLists));
    }
}

static NDIS_STATUS ReturnKept(NDIS_HANDLE FilterModuleContext,
                              PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PNET_BUFFER_LIST kept = Kept.Head;

    Kept.Head = NULL;
    ReturnReceive(FilterModuleContext, kept, FALSE);
    return FilterRestart(FilterModuleContext, Parameters);
}

const MUTANT StoppedMutants[] = {
    {.Name = "sends_on_while_stopped", .Send = SendOnStopped},
    {.Name = "fails_what_comes_while_stopped", .Send = FailStopped},
    {.Name = "keeps_what_comes_up_while_stopped", .Receive = KeepReceived, .Restart = ReturnKept},
    {.Name = NULL},
};
