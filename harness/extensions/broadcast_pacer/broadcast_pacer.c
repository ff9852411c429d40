/*
 * A filtering extension that holds packets: a broadcast or multicast waits while anything
 * sent before it is still below, and follows when the next completion comes.
 */
#include "../base/frame.h"
#include "../base/nbl_list.h"

const CHAR InterlockExtensionClass[] = "filtering";
NDIS_STRING ExtensionServiceName = NDIS_STRING_CONST("InterlockBroadcastPacer");
NDIS_STRING ExtensionUniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C04}");
NDIS_STRING ExtensionFriendlyName = NDIS_STRING_CONST("Interlock broadcast pacing extension");

typedef struct _BROADCAST_PACER {
    NDIS_SPIN_LOCK Lock;
    NBL_LIST Held; /* not empty only while Below > 0 or nothing may be sent */
    ULONG Below;   /* sent by us and not yet completed */
} BROADCAST_PACER, *PBROADCAST_PACER;

static VOID LockPacer(PBROADCAST_PACER Pacer)
{
    if (!HAS_FLAW(HELD_WITHOUT_LOCK)) {
        NdisAcquireSpinLock(&Pacer->Lock);
    }
}

static VOID UnlockPacer(PBROADCAST_PACER Pacer)
{
    if (!HAS_FLAW(HELD_WITHOUT_LOCK)) {
        NdisReleaseSpinLock(&Pacer->Lock);
    }
}

static NDIS_STATUS BroadcastPacerAttach(PFILTER_MODULE Module)
{
    PBROADCAST_PACER pacer = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*pacer), EXTENSION_TAG);

    if (pacer == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisAllocateSpinLock(&pacer->Lock);
    NblListInitialize(&pacer->Held);
    Module->Extension = pacer;
    return NDIS_STATUS_SUCCESS;
}

static VOID BroadcastPacerDetach(PFILTER_MODULE Module)
{
    PBROADCAST_PACER pacer = Module->Extension;

    NdisFreeSpinLock(&pacer->Lock);
    ExFreePoolWithTag(pacer, EXTENSION_TAG);
}

static BOOLEAN IsForAll(PNET_BUFFER_LIST NetBufferList)
{
    PNET_BUFFER first = NET_BUFFER_LIST_FIRST_NB(NetBufferList);
    FRAME frame;

    return first != NULL && ReadFrame(first, &frame) && IsGroupAddress(frame.Destination);
}

static VOID SendChain(PFILTER_MODULE Module, PNET_BUFFER_LIST Chain, BOOLEAN AtDispatchLevel)
{
    if (Chain != NULL) {
        NdisFSendNetBufferLists(Module->FilterHandle, Chain, NDIS_DEFAULT_PORT_NUMBER,
                                SendFlagsFor(Chain, AtDispatchLevel));
    }
}

static BOOLEAN IsAnythingBelow(PBROADCAST_PACER Pacer)
{
    BOOLEAN isAnything;

    LockPacer(Pacer);
    isAnything = Pacer->Below > 0;
    UnlockPacer(Pacer);
    return isAnything;
}

/* Chooses what may go and counts it as being below, in one step. */
static PNET_BUFFER_LIST HoldBroadcasts(PBROADCAST_PACER Pacer, PNET_BUFFER_LIST Broadcasts,
                                       PNBL_LIST Passing)
{
    /* What was below a moment ago may be home by now, and then nobody lets go of what is held. */
    BOOLEAN wasAnythingBelow = HAS_FLAW(PARKED_FOR_EVER) && IsAnythingBelow(Pacer);

    LockPacer(Pacer);
    while (Broadcasts != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&Broadcasts);
        BOOLEAN isAnythingBelow =
            HAS_FLAW(PARKED_FOR_EVER) ? wasAnythingBelow : Pacer->Below > 0;

        NblListAppend(isAnythingBelow || Passing->Count > 0 ? &Pacer->Held : Passing, current);
    }
    Pacer->Below += Passing->Count;
    UnlockPacer(Pacer);
    return Passing->Head;
}

static VOID BroadcastPacerSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                               ULONG SendFlags)
{
    NBL_LIST passing;
    NBL_LIST broadcasts;

    NblListInitialize(&passing);
    NblListInitialize(&broadcasts);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);

        NblListAppend(IsForAll(current) ? &broadcasts : &passing, current);
    }
    SendChain(Module, HoldBroadcasts(Module->Extension, broadcasts.Head, &passing),
              NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? TRUE : FALSE);
}

static VOID CountCompleted(PBROADCAST_PACER Pacer, ULONG Completed)
{
    LockPacer(Pacer);
    Pacer->Below -= Completed;
    UnlockPacer(Pacer);
}

static VOID ReleaseHeld(PFILTER_MODULE Module, BOOLEAN AtDispatchLevel)
{
    PBROADCAST_PACER pacer = Module->Extension;
    PNET_BUFFER_LIST chain;

    /* When not Running, what is held is left to BroadcastPacerPause. */
    if (!EnterDataPath(Module)) {
        return;
    }
    LockPacer(pacer);
    pacer->Below += pacer->Held.Count;
    chain = NblListTake(&pacer->Held);
    UnlockPacer(pacer);

    SendChain(Module, chain, AtDispatchLevel);
    LeaveDataPath(Module);
}

static VOID BroadcastPacerSendComplete(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                                       ULONG SendCompleteFlags)
{
    CountCompleted(Module->Extension, CountNetBufferLists(NetBufferLists));
    ReleaseHeld(Module,
                NDIS_TEST_SEND_COMPLETE_AT_DISPATCH_LEVEL(SendCompleteFlags) ? TRUE : FALSE);
    NdisFSendNetBufferListsComplete(Module->FilterHandle, NetBufferLists, SendCompleteFlags);
}

static VOID BroadcastPacerPause(PFILTER_MODULE Module)
{
    PBROADCAST_PACER pacer = Module->Extension;
    PNET_BUFFER_LIST chain;

    if (HAS_FLAW(PAUSE_KEEPS_PACKETS)) {
        return;
    }
    LockPacer(pacer);
    chain = NblListTake(&pacer->Held);
    UnlockPacer(pacer);

    CompleteSend(Module, chain, NDIS_STATUS_PAUSED, FALSE);
}

static VOID BroadcastPacerCancelSend(PFILTER_MODULE Module, PVOID CancelId)
{
    PBROADCAST_PACER pacer = Module->Extension;
    NBL_LIST cancelled;
    PNET_BUFFER_LIST chain;

    NblListInitialize(&cancelled);
    LockPacer(pacer);
    chain = NblListTake(&pacer->Held);
    while (chain != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&chain);
        BOOLEAN isMeant = NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(current) == CancelId;

        NblListAppend(isMeant ? &cancelled : &pacer->Held, current);
    }
    UnlockPacer(pacer);

    CompleteSend(Module, cancelled.Head, NDIS_STATUS_SEND_ABORTED, FALSE);
}

const EXTENSION_HOOKS ExtensionHooks = {
    .Attach = BroadcastPacerAttach,
    .Detach = BroadcastPacerDetach,
    .Pause = BroadcastPacerPause,
    .Send = BroadcastPacerSend,
    .SendComplete = BroadcastPacerSendComplete,
    .CancelSend = BroadcastPacerCancelSend,
};
