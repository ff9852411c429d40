#pragma once
// Headers on the wire, in network byte order. Page: netiodef.h; layouts are those of RFC 791, 768,
// 793, 8200, 826 and IEEE 802.3. Not for a host that also sees <netinet/in.h>: some tags are the
// same.

#include "wdm/memory.h"
#include "ws2def.h"
#include "ws2ipdef.h"

EXTERN_C_START

typedef union _DL_EUI48 {
    UCHAR Byte[6];
    struct {
        UCHAR Oui[3];
        UCHAR Ei48[3];
    };
} DL_EUI48, *PDL_EUI48;

typedef struct _ETHERNET_HEADER {
    DL_EUI48 Destination;
    DL_EUI48 Source;
    union {
        USHORT Type;
        USHORT Length;
    };
} ETHERNET_HEADER, *PETHERNET_HEADER;

typedef struct _VLAN_TAG {
    union {
        USHORT Tag;
        struct {
            USHORT VID : 12;
            USHORT CFI : 1;
            USHORT User_Priority : 3;
        };
    };
    USHORT Type;
} VLAN_TAG, *PVLAN_TAG;

#define ETHERNET_TYPE_MINIMUM 0x0600
#define ETHERNET_TYPE_IPV4    0x0800
#define ETHERNET_TYPE_ARP     0x0806
#define ETHERNET_TYPE_802_1Q  0x8100
#define ETHERNET_TYPE_IPV6    0x86dd
#define MAX_IPV4_HLEN         60
#define IPV4_VERSION          4
#define IPV6_VERSION          6

typedef struct _IPV4_HEADER {
    union {
        UCHAR VersionAndHeaderLength;
        struct {
            UCHAR HeaderLength : 4;
            UCHAR Version : 4;
        };
    };
    union {
        UCHAR TypeOfServiceAndEcnField;
        struct {
            UCHAR EcnField : 2;
            UCHAR TypeOfService : 6;
        };
    };
    USHORT TotalLength;
    USHORT Identification;
    union {
        USHORT FlagsAndOffset;
        struct {
            USHORT DontUse1 : 5;
            USHORT MoreFragments : 1;
            USHORT DontFragment : 1;
            USHORT Reserved : 1;
            USHORT DontUse2 : 8;
        };
    };
    UCHAR   TimeToLive;
    UCHAR   Protocol;
    USHORT  HeaderChecksum;
    IN_ADDR SourceAddress;
    IN_ADDR DestinationAddress;
} IPV4_HEADER, *PIPV4_HEADER;

typedef struct _IPV6_HEADER {
    union {
        ULONG VersionClassFlow;
        struct {
            ULONG DontUse1 : 4;
            ULONG Version : 4;
            ULONG DontUse2 : 24;
        };
    };
    USHORT   PayloadLength;
    UCHAR    NextHeader;
    UCHAR    HopLimit;
    IN6_ADDR SourceAddress;
    IN6_ADDR DestinationAddress;
} IPV6_HEADER, *PIPV6_HEADER;

typedef struct udp_hdr {
    USHORT uh_sport;
    USHORT uh_dport;
    USHORT uh_ulen;
    USHORT uh_sum;
} UDP_HDR, *PUDP_HDR;

typedef struct tcp_hdr {
    USHORT th_sport;
    USHORT th_dport;
    ULONG  th_seq;
    ULONG  th_ack;
    UCHAR  th_x2 : 4;
    UCHAR  th_len : 4;
    UCHAR  th_flags;
    USHORT th_win;
    USHORT th_sum;
    USHORT th_urp;
} TCP_HDR, *PTCP_HDR;

#define TH_FIN 0x01
#define TH_SYN 0x02
#define TH_RST 0x04
#define TH_PSH 0x08
#define TH_ACK 0x10
#define TH_URG 0x20

typedef struct _ARP_HEADER {
    USHORT HardwareAddressSpace;
    USHORT ProtocolAddressSpace;
    UCHAR  HardwareAddressLength;
    UCHAR  ProtocolAddressLength;
    USHORT Opcode;
    UCHAR  SenderHardwareAddress[];
} ARP_HEADER, *PARP_HEADER;

EXTERN_C_END
