/* Ethernet headers, wherever the MDLs of a packet put them. */
#pragma once

#include "extension.h"

#define MAC_LENGTH 6
#define ETHERNET_HEADER_LENGTH 14
#define VLAN_HEADER_LENGTH 18
#define ETHERTYPE_VLAN 0x8100

typedef struct _FRAME {
    UCHAR Destination[MAC_LENGTH];
    UCHAR Source[MAC_LENGTH];
    USHORT EtherType; /* behind the tag, if there is one; 0 if the frame ends before it */
    BOOLEAN Tagged;   /* in the frame, not out of band */
    USHORT VlanId;    /* 0 without a tag */
} FRAME, *PFRAME;

/* FALSE if the frame is shorter than an Ethernet header or cannot be mapped. */
BOOLEAN ReadFrame(PNET_BUFFER NetBuffer, PFRAME Frame);

/* The VLAN that the switch carries out of band with every frame of the packet; 0 if none. */
USHORT OutOfBandVlanId(PNET_BUFFER_LIST NetBufferList);

BOOLEAN IsGroupAddress(const UCHAR* Mac);
BOOLEAN IsSameMac(const UCHAR* Left, const UCHAR* Right);
