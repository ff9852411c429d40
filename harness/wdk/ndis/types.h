#pragma once
// What every part of NDIS refers to: handles, statuses, ports, the object header and its types.
// Page: ndis_object_header (objectheader).

#include "../ifdef.h"
#include "../wdm.h"
#include "version.h"

EXTERN_C_START

typedef PVOID NDIS_HANDLE, *PNDIS_HANDLE;
typedef int   NDIS_STATUS, *PNDIS_STATUS;
typedef ULONG NDIS_OID, *PNDIS_OID;
typedef ULONG NDIS_PORT_NUMBER, *PNDIS_PORT_NUMBER;
typedef UNICODE_STRING NDIS_STRING, *PNDIS_STRING;
typedef PHYSICAL_ADDRESS NDIS_PHYSICAL_ADDRESS, *PNDIS_PHYSICAL_ADDRESS;

#define NDIS_DEFAULT_PORT_NUMBER ((NDIS_PORT_NUMBER)0)
#define NDIS_STRING_CONST(text)  RTL_CONSTANT_STRING(L##text)
#define NDIS_IF_MAX_STRING_SIZE      IF_MAX_STRING_SIZE
#define NDIS_MAX_PHYS_ADDRESS_LENGTH IF_MAX_PHYS_ADDRESS_LENGTH

typedef IF_COUNTED_STRING   NDIS_IF_COUNTED_STRING, *PNDIS_IF_COUNTED_STRING;
typedef IF_PHYSICAL_ADDRESS NDIS_IF_PHYSICAL_ADDRESS, *PNDIS_IF_PHYSICAL_ADDRESS;
typedef NET_IF_MEDIA_CONNECT_STATE NDIS_MEDIA_CONNECT_STATE, *PNDIS_MEDIA_CONNECT_STATE;
typedef NET_IF_MEDIA_DUPLEX_STATE  NDIS_MEDIA_DUPLEX_STATE, *PNDIS_MEDIA_DUPLEX_STATE;

typedef struct _NDIS_OBJECT_HEADER {
    UCHAR  Type;
    UCHAR  Revision;
    USHORT Size;
} NDIS_OBJECT_HEADER, *PNDIS_OBJECT_HEADER;

#define NDIS_OBJECT_REVISION_1 1

#define NDIS_OBJECT_TYPE_DEFAULT                         0x80
#define NDIS_OBJECT_TYPE_MINIPORT_INIT_PARAMETERS        0x81
#define NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES        0x85
#define NDIS_OBJECT_TYPE_BIND_PARAMETERS                 0x86
#define NDIS_OBJECT_TYPE_OPEN_PARAMETERS                 0x87
#define NDIS_OBJECT_TYPE_RSS_CAPABILITIES                0x88
#define NDIS_OBJECT_TYPE_RSS_PARAMETERS                  0x89
#define NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS 0x8a
#define NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS   0x8b
#define NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS  0x8c
#define NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES               0x8d
#define NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS 0x95
#define NDIS_OBJECT_TYPE_REQUEST_EX                      0x96
#define NDIS_OBJECT_TYPE_OID_REQUEST                     0x96
#define NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS           0x97
#define NDIS_OBJECT_TYPE_STATUS_INDICATION               0x98
#define NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS        0x99
#define NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS         0x9a
#define NDIS_OBJECT_TYPE_FILTER_RESTART_PARAMETERS       0x9b
#define NDIS_OBJECT_TYPE_PORT_CHARACTERISTICS            0x9c
#define NDIS_OBJECT_TYPE_PORT_STATE                      0x9d
#define NDIS_OBJECT_TYPE_RESTART_GENERAL_ATTRIBUTES      0xa2
#define NDIS_OBJECT_TYPE_OFFLOAD                         0xa7
#define NDIS_OBJECT_TYPE_OFFLOAD_ENCAPSULATION           0xa8
#define NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT            0xa9
#define NDIS_OBJECT_TYPE_DRIVER_WRAPPER_OBJECT           0xaa
#define NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS 0xb0
#define NDIS_OBJECT_TYPE_RSS_PROCESSOR_INFO              0xb1
#define NDIS_OBJECT_TYPE_QOS_CAPABILITIES                0xb5
#define NDIS_OBJECT_TYPE_QOS_PARAMETERS                  0xb6
#define NDIS_OBJECT_TYPE_QOS_CLASSIFICATION_ELEMENT      0xb7
#define NDIS_OBJECT_TYPE_SWITCH_OPTIONAL_HANDLERS        0xb8

typedef enum _NDIS_MEDIUM {
    NdisMedium802_3,
    NdisMedium802_5,
    NdisMediumFddi,
    NdisMediumWan,
    NdisMediumLocalTalk,
    NdisMediumDix,
    NdisMediumArcnetRaw,
    NdisMediumArcnet878_2,
    NdisMediumAtm,
    NdisMediumWirelessWan,
    NdisMediumIrda,
    NdisMediumBpc,
    NdisMediumCoWan,
    NdisMedium1394,
    NdisMediumInfiniBand,
    NdisMediumTunnel,
    NdisMediumNative802_11,
    NdisMediumLoopback,
    NdisMediumWiMAX,
    NdisMediumIP,
    NdisMediumMax
} NDIS_MEDIUM, *PNDIS_MEDIUM;

typedef enum _NDIS_PHYSICAL_MEDIUM {
    NdisPhysicalMediumUnspecified,
    NdisPhysicalMediumWirelessLan,
    NdisPhysicalMediumCableModem,
    NdisPhysicalMediumPhoneLine,
    NdisPhysicalMediumPowerLine,
    NdisPhysicalMediumDSL,
    NdisPhysicalMediumFibreChannel,
    NdisPhysicalMedium1394,
    NdisPhysicalMediumWirelessWan,
    NdisPhysicalMediumNative802_11,
    NdisPhysicalMediumBluetooth,
    NdisPhysicalMediumInfiniband,
    NdisPhysicalMediumWiMax,
    NdisPhysicalMediumUWB,
    NdisPhysicalMedium802_3,
    NdisPhysicalMedium802_5,
    NdisPhysicalMediumIrda,
    NdisPhysicalMediumWiredWAN,
    NdisPhysicalMediumWiredCoWan,
    NdisPhysicalMediumOther,
    NdisPhysicalMediumNative802_15_4,
    NdisPhysicalMediumMax
} NDIS_PHYSICAL_MEDIUM, *PNDIS_PHYSICAL_MEDIUM;

typedef enum _NDIS_MEDIA_STATE {
    NdisMediaStateConnected,
    NdisMediaStateDisconnected
} NDIS_MEDIA_STATE, *PNDIS_MEDIA_STATE;

typedef enum _NDIS_HARDWARE_STATUS {
    NdisHardwareStatusReady,
    NdisHardwareStatusInitializing,
    NdisHardwareStatusReset,
    NdisHardwareStatusClosing,
    NdisHardwareStatusNotReady
} NDIS_HARDWARE_STATUS, *PNDIS_HARDWARE_STATUS;

EXTERN_C_END

#define NDIS_PACKET_TYPE_DIRECTED       0x00000001
#define NDIS_PACKET_TYPE_MULTICAST      0x00000002
#define NDIS_PACKET_TYPE_ALL_MULTICAST  0x00000004
#define NDIS_PACKET_TYPE_BROADCAST      0x00000008
#define NDIS_PACKET_TYPE_SOURCE_ROUTING 0x00000010
#define NDIS_PACKET_TYPE_PROMISCUOUS    0x00000020

#define ETH_LENGTH_OF_ADDRESS 6
/// The address is that at the front of an Ethernet header: the destination.
#define ETH_IS_MULTICAST(address) ((BOOLEAN)((((PUCHAR)(address))[0] & 0x01) != 0))
#define ETH_IS_BROADCAST(address)                                                     \
    ((BOOLEAN)(((PUCHAR)(address))[0] == 0xff && ((PUCHAR)(address))[1] == 0xff &&    \
               ((PUCHAR)(address))[2] == 0xff && ((PUCHAR)(address))[3] == 0xff &&    \
               ((PUCHAR)(address))[4] == 0xff && ((PUCHAR)(address))[5] == 0xff))
#define ETH_IS_EMPTY(address)                                                         \
    ((BOOLEAN)(((PUCHAR)(address))[0] == 0 && ((PUCHAR)(address))[1] == 0 &&          \
               ((PUCHAR)(address))[2] == 0 && ((PUCHAR)(address))[3] == 0 &&          \
               ((PUCHAR)(address))[4] == 0 && ((PUCHAR)(address))[5] == 0))
#define ETH_COPY_NETWORK_ADDRESS(to, from)    memcpy((to), (from), ETH_LENGTH_OF_ADDRESS)
#define ETH_COMPARE_NETWORK_ADDRESSES_EQ(left, right, result) \
    (*(result) = memcmp((left), (right), ETH_LENGTH_OF_ADDRESS) ? 1u : 0u)
