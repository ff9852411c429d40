#pragma once
// Status indications and Plug and Play events.
// Pages: ndis_status_indication, net_pnp_event_notification (ndis), net_pnp_event (netpnp).

#include "../netpnp.h"
#include "types.h"

EXTERN_C_START

typedef struct _NDIS_STATUS_INDICATION {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE        SourceHandle;
    NDIS_PORT_NUMBER   PortNumber;
    NDIS_STATUS        StatusCode;
    ULONG              Flags;
    NDIS_HANDLE        DestinationHandle;
    PVOID              RequestId;
    PVOID              StatusBuffer;
    ULONG              StatusBufferSize;
    GUID               Guid;
    PVOID              NdisReserved[4];
} NDIS_STATUS_INDICATION, *PNDIS_STATUS_INDICATION;

#define NDIS_STATUS_INDICATION_REVISION_1 1
#define NDIS_SIZEOF_STATUS_INDICATION_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_STATUS_INDICATION, NdisReserved)

typedef struct _NET_PNP_EVENT_NOTIFICATION {
    NDIS_OBJECT_HEADER Header;
    NDIS_PORT_NUMBER   PortNumber;
    NET_PNP_EVENT      NetPnPEvent;
#if NDIS_SUPPORT_NDIS650
    ULONG Flags;
    ULONG SwitchId;
    ULONG VPortId;
#endif
} NET_PNP_EVENT_NOTIFICATION, *PNET_PNP_EVENT_NOTIFICATION;

#define NET_PNP_EVENT_NOTIFICATION_REVISION_1 1
#define NET_PNP_EVENT_NOTIFICATION_REVISION_2 2
#define NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NET_PNP_EVENT_NOTIFICATION, NetPnPEvent)

typedef enum _NDIS_DEVICE_PNP_EVENT {
    NdisDevicePnPEventQueryRemoved,
    NdisDevicePnPEventRemoved,
    NdisDevicePnPEventSurpriseRemoved,
    NdisDevicePnPEventQueryStopped,
    NdisDevicePnPEventStopped,
    NdisDevicePnPEventPowerProfileChanged,
    NdisDevicePnPEventFilterListChanged,
    NdisDevicePnPEventMaximum
} NDIS_DEVICE_PNP_EVENT, *PNDIS_DEVICE_PNP_EVENT;

typedef struct _NET_DEVICE_PNP_EVENT {
    NDIS_OBJECT_HEADER    Header;
    NDIS_PORT_NUMBER      PortNumber;
    NDIS_DEVICE_PNP_EVENT DevicePnPEvent;
    PVOID                 InformationBuffer;
    ULONG                 InformationBufferLength;
    UCHAR                 NdisReserved[2 * sizeof(PVOID)];
} NET_DEVICE_PNP_EVENT, *PNET_DEVICE_PNP_EVENT;

typedef struct _NDIS_LINK_STATE {
    NDIS_OBJECT_HEADER       Header;
    NDIS_MEDIA_CONNECT_STATE MediaConnectState;
    NDIS_MEDIA_DUPLEX_STATE  MediaDuplexState;
    ULONG64                  XmitLinkSpeed;
    ULONG64                  RcvLinkSpeed;
    ULONG                    PauseFunctions;
    ULONG                    AutoNegotiationFlags;
} NDIS_LINK_STATE, *PNDIS_LINK_STATE;
#define NDIS_LINK_STATE_REVISION_1 1
#define NDIS_LINK_SPEED_UNKNOWN    0xffffffffffffffffULL

EXTERN_C_END
