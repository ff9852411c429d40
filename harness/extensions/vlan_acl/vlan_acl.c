/*
 * A filtering extension that drops: on ingress frames of some VLANs and of some source
 * addresses, on egress frames of other VLANs and of an EtherType.
 */
#include "../base/frame.h"
#include "../base/nbl_list.h"
#include "packet_flaws.h"
#include "references.h"

const CHAR InterlockExtensionClass[] = "filtering";
NDIS_STRING ExtensionServiceName = NDIS_STRING_CONST("InterlockVlanAcl");
NDIS_STRING ExtensionUniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C03}");
NDIS_STRING ExtensionFriendlyName = NDIS_STRING_CONST("Interlock VLAN access list extension");

static NDIS_STRING IngressReason = NDIS_STRING_CONST("VLAN or source address is blocked");
static NDIS_STRING EgressReason = NDIS_STRING_CONST("VLAN or EtherType is blocked");

static const UCHAR BlockedSourcePrefix[] = {0x06, 0x66};
#define BLOCKED_ETHERTYPE 0x88B5 /* local experimental */

typedef BOOLEAN (*FRAME_TEST)(const FRAME* Frame);

static BOOLEAN IsVlanBlockedOnIngress(USHORT VlanId)
{
    return VlanId == 5 || VlanId == 666;
}

static BOOLEAN IsVlanBlockedOnEgress(USHORT VlanId)
{
    return VlanId == 7;
}

static BOOLEAN IsBlockedOnIngress(const FRAME* Frame)
{
    return IsVlanBlockedOnIngress(Frame->VlanId)
        || RtlEqualMemory(Frame->Source, BlockedSourcePrefix, sizeof(BlockedSourcePrefix));
}

static BOOLEAN IsBlockedOnEgress(const FRAME* Frame)
{
    return IsVlanBlockedOnEgress(Frame->VlanId) || Frame->EtherType == BLOCKED_ETHERTYPE;
}

/* A packet falls with the first of its frames that does, or that cannot be looked at. */
static BOOLEAN IsAnyFrame(FRAME_TEST Test, PNET_BUFFER_LIST NetBufferList)
{
    PNET_BUFFER netBuffer = NET_BUFFER_LIST_FIRST_NB(NetBufferList);
    FRAME frame;

    for (; netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        if (!ReadFrame(netBuffer, &frame) || Test(&frame)) {
            return TRUE;
        }
    }
    return FALSE;
}

static BOOLEAN IsIngressAllowed(PNET_BUFFER_LIST NetBufferList)
{
    return !IsVlanBlockedOnIngress(OutOfBandVlanId(NetBufferList))
        && !IsAnyFrame(IsBlockedOnIngress, NetBufferList);
}

static BOOLEAN IsEgressAllowed(PNET_BUFFER_LIST NetBufferList)
{
    return !IsVlanBlockedOnEgress(OutOfBandVlanId(NetBufferList))
        && !IsAnyFrame(IsBlockedOnEgress, NetBufferList);
}

static VOID VlanAclSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    NBL_LIST allowed;
    NBL_LIST dropped;

    NblListInitialize(&allowed);
    NblListInitialize(&dropped);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);

        if (IsIngressAllowed(current)) {
            SpoilOnIngress(current);
            NblListAppend(&allowed, current);
        } else {
            ReportIngressDrop(Module, current, &IngressReason);
            NblListAppend(&dropped, current);
        }
    }
    CompleteSend(Module, dropped.Head, NDIS_STATUS_FAILURE,
                 NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? TRUE : FALSE);
    if (allowed.Head != NULL) {
        NdisFSendNetBufferLists(Module->FilterHandle, allowed.Head, NDIS_DEFAULT_PORT_NUMBER,
                                SendFlags);
        SpoilSent();
    }
}

static VOID VlanAclReceive(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                           ULONG ReceiveFlags)
{
    NBL_LIST allowed;
    NBL_LIST dropped;

    NblListInitialize(&allowed);
    NblListInitialize(&dropped);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);

        if (IsEgressAllowed(current)) {
            SpoilOnEgress(Module, current);
            NblListAppend(&allowed, current);
        } else {
            ReportEgressDrop(Module, current, &EgressReason);
            NblListAppend(&dropped, current);
        }
    }
    ReturnReceive(Module, dropped.Head,
                  NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags) ? TRUE : FALSE);
    if (allowed.Head != NULL) {
        NdisFIndicateReceiveNetBufferLists(Module->FilterHandle, allowed.Head,
                                           NDIS_DEFAULT_PORT_NUMBER, allowed.Count, ReceiveFlags);
    }
}

const EXTENSION_HOOKS ExtensionHooks = {
    .OidRequest = LookUnderReference,
    .Send = VlanAclSend,
    .Receive = VlanAclReceive,
};
