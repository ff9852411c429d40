#include "forwarder.h"

static NDIS_STRING NoDestination = NDIS_STRING_CONST("no destination");
static NDIS_STRING Refused = NDIS_STRING_CONST("cannot be forwarded");

static BOOLEAN IsForwardedNatively(PNET_BUFFER_LIST NetBufferList)
{
    return NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList)->NativeForwardingRequired
        ? TRUE : FALSE;
}

static BOOLEAN HasManyBuffers(PNET_BUFFER_LIST NetBufferList)
{
    PNET_BUFFER first = NET_BUFFER_LIST_FIRST_NB(NetBufferList);

    return first != NULL && NET_BUFFER_NEXT_NB(first) != NULL;
}

static BOOLEAN IsSpecial(PNET_BUFFER_LIST NetBufferList)
{
    PNET_BUFFER first = NET_BUFFER_LIST_FIRST_NB(NetBufferList);
    FRAME frame;

    return IsForwardedNatively(NetBufferList) || OutOfBandVlanId(NetBufferList) != 0
        || (first != NULL && ReadFrame(first, &frame) && frame.Tagged);
}

static PNET_BUFFER_LIST LastOf(PNET_BUFFER_LIST Chain)
{
    while (NET_BUFFER_LIST_NEXT_NBL(Chain) != NULL) {
        Chain = NET_BUFFER_LIST_NEXT_NBL(Chain);
    }
    return Chain;
}

/* Completes the last packet of a chain if it is a special one, and leaves it in the chain. */
static VOID CompleteSpecial(PFILTER_MODULE Module, PNET_BUFFER_LIST Chain)
{
    PNET_BUFFER_LIST last = LastOf(Chain);

    if (IsSpecial(last)) {
        ReportIngressDrop(Module, last, &Refused);
        CompleteSend(Module, last, NDIS_STATUS_FAILURE, FALSE);
    }
}

static VOID SendDown(PFILTER_MODULE Module, PNET_BUFFER_LIST Chain, ULONG SendFlags)
{
    if (Chain == NULL) {
        return;
    }
    if (HAS_FLAW(COMPLETED_AND_SENT)) {
        CompleteSpecial(Module, Chain);
    }
    /* Nobody checked whether all go to the same destinations. */
    NdisFSendNetBufferLists(Module->FilterHandle, Chain, NDIS_DEFAULT_PORT_NUMBER,
                            SendFlags & ~(ULONG)NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP);
}

VOID ForwarderSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    NBL_LIST sending;
    NBL_LIST dropped;

    NblListInitialize(&sending);
    NblListInitialize(&dropped);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);

        if (HAS_FLAW(LOST_MULTI_BUFFER) && HasManyBuffers(current)) {
            /* Counted as under way, as whoever disposes of it would have done, and forgotten. */
            EnterDataPath(Module);
            continue;
        }
        if (IsForwardedNatively(current) || CommitDestinations(Module, current)) {
            NblListAppend(&sending, current);
        } else {
            ReportIngressDrop(Module, current, &NoDestination);
            NblListAppend(&dropped, current);
        }
    }
    CompleteSend(Module, dropped.Head, NDIS_STATUS_FAILURE,
                 NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? TRUE : FALSE);
    SendDown(Module, sending.Head, SendFlags);
}
