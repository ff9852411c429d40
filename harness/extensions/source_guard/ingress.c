/* What guests send. */
#include "source_guard.h"

static NDIS_STRING WrongSource = NDIS_STRING_CONST("not from the address of its adapter");

static BOOLEAN IsFrom(PNET_BUFFER_LIST NetBufferList, const UCHAR* Mac)
{
    PNET_BUFFER netBuffer = NET_BUFFER_LIST_FIRST_NB(NetBufferList);
    FRAME frame;

    for (; netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        if (!ReadFrame(netBuffer, &frame) || !IsSameMac(frame.Source, Mac)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Of adapters that were there before us nobody has told the address. */
static BOOLEAN IsAllowed(PSOURCE_GUARD Guard, PNET_BUFFER_LIST NetBufferList)
{
    PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO detail =
        NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList);
    PGUARDED_NIC nic = FindGuardedNic(Guard, detail->SourcePortId,
                                      (NDIS_SWITCH_NIC_INDEX)detail->SourceNicIndex);

    if (nic == NULL) {
        return TRUE;
    }
    if (nic->Port->IsExempt || nic->Port->MaySpoof || IsFrom(NetBufferList, nic->Mac)) {
        ++nic->Passed;
        return TRUE;
    }
    ++nic->Dropped;
    return FALSE;
}

static VOID Drop(PFILTER_MODULE Module, PNET_BUFFER_LIST Chain, BOOLEAN AtDispatchLevel)
{
    NBL_LIST reported;

    NblListInitialize(&reported);
    while (Chain != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&Chain);

        ReportIngressDrop(Module, current, &WrongSource);
        NblListAppend(&reported, current);
    }
    CompleteSend(Module, reported.Head, NDIS_STATUS_FAILURE, AtDispatchLevel);
}

VOID SourceGuardSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    PSOURCE_GUARD guard = GuardOf(Module);
    NBL_LIST allowed;
    NBL_LIST dropped;

    NblListInitialize(&allowed);
    NblListInitialize(&dropped);
    NdisAcquireSpinLock(&guard->Lock);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);

        NblListAppend(IsAllowed(guard, current) ? &allowed : &dropped, current);
    }
    NdisReleaseSpinLock(&guard->Lock);

    Drop(Module, dropped.Head, NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? TRUE : FALSE);
    if (allowed.Head != NULL) {
        NdisFSendNetBufferLists(Module->FilterHandle, allowed.Head, NDIS_DEFAULT_PORT_NUMBER,
                                SendFlags);
    }
}
