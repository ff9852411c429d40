/* Packets made from nothing: an announcement of an adapter, and answers to ARP. */
#include "cloner.h"

#define BODY_LENGTH 28
#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_PROBE 0x88B6 /* local experimental */

static const UCHAR Everyone[MAC_LENGTH] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
static const UCHAR Ourselves[MAC_LENGTH] = {0x06, 0xC1, 0x0E, 0x00, 0x00, 0x01};

static VOID WriteHeader(PUCHAR Header, const UCHAR* To, USHORT EtherType)
{
    RtlCopyMemory(Header, To, MAC_LENGTH);
    RtlCopyMemory(Header + MAC_LENGTH, Ourselves, MAC_LENGTH);
    Header[12] = (UCHAR)(EtherType >> 8);
    Header[13] = (UCHAR)EtherType;
}

/* The body first, then the header before it. */
static BOOLEAN WriteFrame(PNET_BUFFER NetBuffer, const UCHAR* To, USHORT EtherType)
{
    PUCHAR bytes;

    if (NdisRetreatNetBufferDataStart(NetBuffer, BODY_LENGTH, 0, NULL) != NDIS_STATUS_SUCCESS) {
        return FALSE;
    }
    bytes = NdisGetDataBuffer(NetBuffer, BODY_LENGTH, NULL, 1, 0);
    if (bytes == NULL) {
        return FALSE;
    }
    RtlFillMemory(bytes, BODY_LENGTH, 0x5A);
    if (NdisRetreatNetBufferDataStart(NetBuffer, ETHERNET_HEADER_LENGTH, 0, NULL)
        != NDIS_STATUS_SUCCESS) {
        return FALSE;
    }
    bytes = NdisGetDataBuffer(NetBuffer, ETHERNET_HEADER_LENGTH, NULL, 1, 0);
    if (bytes != NULL) {
        WriteHeader(bytes, To, EtherType);
    }
    return bytes != NULL;
}

static PNET_BUFFER_LIST MakeProbe(PFILTER_MODULE Module, const UCHAR* To, USHORT EtherType)
{
    PNET_BUFFER_LIST probe = NdisAllocateNetBufferList(ClonerOf(Module)->ProbePool, sizeof(OWN), 0);

    if (probe == NULL) {
        return NULL;
    }
    OwnOf(probe)->Original = NULL;
    OwnOf(probe)->Kind = OwnProbe;
    OwnOf(probe)->IsToGoAgain = FALSE;
    if (!WriteFrame(NET_BUFFER_LIST_FIRST_NB(probe), To, EtherType) || !Prepare(Module, probe)) {
        FreeProbe(probe);
        return NULL;
    }
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(probe)->IsPacketDataSafe = TRUE;
    return probe;
}

static VOID SendAway(PFILTER_MODULE Module, PNET_BUFFER_LIST Probe, BOOLEAN AtDispatchLevel)
{
    NdisFSendNetBufferLists(Module->FilterHandle, Probe, NDIS_DEFAULT_PORT_NUMBER,
                            SendFlagsFor(Probe, AtDispatchLevel));
}

VOID SendProbe(PFILTER_MODULE Module, NDIS_SWITCH_PORT_ID PortId, NDIS_SWITCH_NIC_INDEX NicIndex)
{
    PNET_BUFFER_LIST probe;

    if (!EnterDataPath(Module)) {
        return;
    }
    probe = MakeProbe(Module, Everyone, ETHERTYPE_PROBE);
    if (probe == NULL) {
        LeaveDataPath(Module);
        return;
    }
    if (Module->SwitchHandlers.SetNetBufferListSource(Module->SwitchContext, probe, PortId,
                                                      NicIndex) != NDIS_STATUS_SUCCESS) {
        TakeHome(Module, probe);
        LeaveDataPath(Module);
        return;
    }
    SendAway(Module, probe, FALSE);
}

/* The answer comes from nobody's port: the switch trusts it. It goes twice. */
VOID AnswerIfAsked(PFILTER_MODULE Module, PNET_BUFFER_LIST Asking, ULONG SendFlags)
{
    PNET_BUFFER first = NET_BUFFER_LIST_FIRST_NB(Asking);
    PNET_BUFFER_LIST answer;
    FRAME frame;

    if (first == NULL || !ReadFrame(first, &frame) || frame.EtherType != ETHERTYPE_ARP
        || !EnterDataPath(Module)) {
        return;
    }
    answer = MakeProbe(Module, frame.Source, ETHERTYPE_ARP);
    if (answer == NULL) {
        LeaveDataPath(Module);
        return;
    }
    OwnOf(answer)->IsToGoAgain = TRUE;
    SendAway(Module, answer, NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? TRUE : FALSE);
}

BOOLEAN SendAgain(PFILTER_MODULE Module, PNET_BUFFER_LIST Probe, BOOLEAN AtDispatchLevel)
{
    if (!OwnOf(Probe)->IsToGoAgain || !EnterDataPath(Module)) {
        return FALSE;
    }
    OwnOf(Probe)->IsToGoAgain = FALSE;
    SendAway(Module, Probe, AtDispatchLevel);
    return TRUE;
}

VOID FreeProbe(PNET_BUFFER_LIST Probe)
{
    PNET_BUFFER netBuffer = NET_BUFFER_LIST_FIRST_NB(Probe);

    NdisAdvanceNetBufferDataStart(netBuffer, NET_BUFFER_DATA_LENGTH(netBuffer), FALSE, NULL);
    NdisFreeNetBufferList(Probe);
}
