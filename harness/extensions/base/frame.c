#include "frame.h"

#define VLAN_ID_MASK 0x0FFF

static USHORT NetworkShort(const UCHAR* Bytes)
{
    return (USHORT)(((USHORT)Bytes[0] << 8) | Bytes[1]);
}

static VOID ReadTag(const UCHAR* Header, ULONG Length, PFRAME Frame)
{
    Frame->Tagged = TRUE;
    Frame->EtherType = 0;
    Frame->VlanId = 0;
    if (Length >= VLAN_HEADER_LENGTH) {
        Frame->VlanId = NetworkShort(Header + 14) & VLAN_ID_MASK;
        Frame->EtherType = NetworkShort(Header + 16);
    }
}

BOOLEAN ReadFrame(PNET_BUFFER NetBuffer, PFRAME Frame)
{
    UCHAR storage[VLAN_HEADER_LENGTH];
    ULONG length = NET_BUFFER_DATA_LENGTH(NetBuffer);
    const UCHAR* header;

    if (length < ETHERNET_HEADER_LENGTH) {
        return FALSE;
    }
    if (length > VLAN_HEADER_LENGTH) {
        length = VLAN_HEADER_LENGTH;
    }
    header = NdisGetDataBuffer(NetBuffer, length, storage, 1, 0);
    if (header == NULL) {
        return FALSE;
    }
    RtlCopyMemory(Frame->Destination, header, MAC_LENGTH);
    RtlCopyMemory(Frame->Source, header + MAC_LENGTH, MAC_LENGTH);
    Frame->EtherType = NetworkShort(header + 2 * MAC_LENGTH);
    Frame->Tagged = FALSE;
    Frame->VlanId = 0;
    if (Frame->EtherType == ETHERTYPE_VLAN) {
        ReadTag(header, length, Frame);
    }
    return TRUE;
}

USHORT OutOfBandVlanId(PNET_BUFFER_LIST NetBufferList)
{
    NDIS_NET_BUFFER_LIST_8021Q_INFO tag;

    tag.Value = NET_BUFFER_LIST_INFO(NetBufferList, Ieee8021QNetBufferListInfo);
    return (USHORT)tag.TagHeader.VlanId;
}

BOOLEAN IsGroupAddress(const UCHAR* Mac)
{
    return (Mac[0] & 1) != 0;
}

BOOLEAN IsSameMac(const UCHAR* Left, const UCHAR* Right)
{
    return RtlEqualMemory(Left, Right, MAC_LENGTH) ? TRUE : FALSE;
}
