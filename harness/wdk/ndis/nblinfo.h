#pragma once
// The out-of-band slots of a NET_BUFFER_LIST, and what is stored in them by value.
// Page: ndis_net_buffer_list_info (nblinfo). The enumeration is that of 64-bit Windows; its end
// grows with the NDIS version, so a host built for the newest version has room for all.

#include "types.h"

EXTERN_C_START

typedef enum _NDIS_NET_BUFFER_LIST_INFO {
    TcpIpChecksumNetBufferListInfo                = 0,
    TcpOffloadBytesTransferred                    = 0,
    IPsecOffloadV1NetBufferListInfo               = 1,
    IPsecOffloadV2NetBufferListInfo               = 1,
    TcpLargeSendNetBufferListInfo                 = 2,
    TcpReceiveNoPush                              = 2,
    ClassificationHandleNetBufferListInfo         = 3,
    Ieee8021QNetBufferListInfo                    = 4,
    NetBufferListCancelId                         = 5,
    MediaSpecificInformation                      = 6,
    NetBufferListFrameType                        = 7,
    NetBufferListProtocolId                       = 7,
    NetBufferListHashValue                        = 8,
    NetBufferListHashInfo                         = 9,
    WfpNetBufferListInfo                          = 10,
#if NDIS_SUPPORT_NDIS61
    IPsecOffloadV2TunnelNetBufferListInfo         = 11,
    IPsecOffloadV2HeaderNetBufferListInfo         = 12,
#endif
#if NDIS_SUPPORT_NDIS620
    NetBufferListCorrelationId                    = 13,
    NetBufferListFilteringInfo                    = 14,
    MediaSpecificInformationEx                    = 15,
    NblOriginalInterfaceIfIndex                   = 16,
    NblReAuthWfpFlowContext                       = 16,
    TcpReceiveBytesTransferred                    = 17,
    NrtNameResolutionId                           = 17,
#endif
#if NDIS_SUPPORT_NDIS630
    SwitchForwardingReserved                      = 18,
    SwitchForwardingDetail                        = 19,
    VirtualSubnetInfo                             = 20,
    IMReserved                                    = 21,
    TcpRecvSegCoalesceInfo                        = 22,
    RscTcpTimestampDelta                          = 23,
    TcpSendOffloadsSupplementalNetBufferListInfo  = 23,
#endif
#if NDIS_SUPPORT_NDIS650
    GftOffloadInformation                         = 24,
    GftFlowEntryId                                = 25,
#endif
#if NDIS_SUPPORT_NDIS680
    NetBufferListInfoReserved3                    = 26,
#endif
#if NDIS_SUPPORT_NDIS683
    UdpSegmentationOffloadInfo                    = 22,
#endif
    MaxNetBufferListInfo =
#if NDIS_SUPPORT_NDIS680
        27
#elif NDIS_SUPPORT_NDIS650
        26
#elif NDIS_SUPPORT_NDIS630
        24
#elif NDIS_SUPPORT_NDIS620
        18
#elif NDIS_SUPPORT_NDIS61
        13
#else
        11
#endif
} NDIS_NET_BUFFER_LIST_INFO, *PNDIS_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_NET_BUFFER_LIST_8021Q_INFO {
    union {
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 Reserved : 16;
        } TagHeader;
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 WMMInfo : 4;
            UINT32 Reserved : 12;
        } WLanTagHeader;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_8021Q_INFO, *PNDIS_NET_BUFFER_LIST_8021Q_INFO;

/// The name of NDIS 5 for the same value; sources still use it.
typedef struct _NDIS_PACKET_8021Q_INFO {
    union {
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 Reserved : 16;
        } TagHeader;
        PVOID Value;
    };
} NDIS_PACKET_8021Q_INFO, *PNDIS_PACKET_8021Q_INFO;

typedef struct _NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG IsIPv4 : 1;
            ULONG IsIPv6 : 1;
            ULONG TcpChecksum : 1;
            ULONG UdpChecksum : 1;
            ULONG IpHeaderChecksum : 1;
            ULONG Reserved : 11;
            ULONG TcpHeaderOffset : 10;
        } Transmit;
        struct {
            ULONG TcpChecksumFailed : 1;
            ULONG UdpChecksumFailed : 1;
            ULONG IpChecksumFailed : 1;
            ULONG TcpChecksumSucceeded : 1;
            ULONG UdpChecksumSucceeded : 1;
            ULONG IpChecksumSucceeded : 1;
            ULONG Loopback : 1;
            ULONG TcpChecksumValueInvalid : 1;
            ULONG IpChecksumValueInvalid : 1;
        } Receive;
        PVOID Value;
    };
} NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO, *PNDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG Unused : 30;
            ULONG Type : 1;
            ULONG Reserved2 : 1;
        } Transmit;
        struct {
            ULONG MSS : 20;
            ULONG TcpHeaderOffset : 10;
            ULONG Type : 1;
            ULONG Reserved2 : 1;
        } LsoV1Transmit;
        struct {
            ULONG TcpPayload : 30;
            ULONG Type : 1;
            ULONG Reserved2 : 1;
        } LsoV1TransmitComplete;
        struct {
            ULONG MSS : 20;
            ULONG TcpHeaderOffset : 10;
            ULONG Type : 1;
            ULONG IPVersion : 1;
        } LsoV2Transmit;
        struct {
            ULONG Reserved : 30;
            ULONG Type : 1;
            ULONG Reserved2 : 1;
        } LsoV2TransmitComplete;
        PVOID Value;
    };
} NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO,
    *PNDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO;
#define NDIS_TCP_LARGE_SEND_OFFLOAD_V1_TYPE 0
#define NDIS_TCP_LARGE_SEND_OFFLOAD_V2_TYPE 1
#define NDIS_TCP_LARGE_SEND_OFFLOAD_IPv4    0
#define NDIS_TCP_LARGE_SEND_OFFLOAD_IPv6    1

typedef union _NDIS_RSC_NBL_INFO {
    struct {
        USHORT CoalescedSegCount;
        USHORT DupAckCount;
    } Info;
    PVOID Value;
} NDIS_RSC_NBL_INFO, *PNDIS_RSC_NBL_INFO;

/// The page gives the first two fields 32 and 8 bits; they share one word, 24 and 8, or else the
/// value would outgrow its slot.
typedef struct _NDIS_NET_BUFFER_LIST_VIRTUAL_SUBNET_INFO {
    union {
        struct {
            UINT32 VirtualSubnetId : 24;
            UINT32 ReservedVsidBits : 8;
            UINT32 Reserved : 32;
        };
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_VIRTUAL_SUBNET_INFO, *PNDIS_NET_BUFFER_LIST_VIRTUAL_SUBNET_INFO;

typedef struct _NDIS_NET_BUFFER_LIST_FILTERING_INFO {
    union {
        struct {
            USHORT FilterId;
            union {
                USHORT QueueId;
                USHORT VPortId;
            } QueueVPortInfo;
        } FilteringInfo;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_FILTERING_INFO, *PNDIS_NET_BUFFER_LIST_FILTERING_INFO;

EXTERN_C_END
