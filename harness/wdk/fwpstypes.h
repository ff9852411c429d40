#pragma once
// What the filter engine hands to a callout. Page: fwpstypes.h (win32/fwp); metadata:
// fwps_incoming_metadata_values0_ (fwpsk) and metadata-field-identifiers.

#include "fwpmtypes.h"
#include "ndis/switch.h"
#include "netioapi/rows.h"

EXTERN_C_START

typedef enum FWPS_BUILTIN_LAYERS_ {
    FWPS_LAYER_INBOUND_IPPACKET_V4          = 0,
    FWPS_LAYER_INBOUND_IPPACKET_V6          = 2,
    FWPS_LAYER_OUTBOUND_IPPACKET_V4         = 4,
    FWPS_LAYER_OUTBOUND_IPPACKET_V6         = 6,
    FWPS_LAYER_IPFORWARD_V4                 = 8,
    FWPS_LAYER_IPFORWARD_V6                 = 10,
    FWPS_LAYER_INBOUND_TRANSPORT_V4         = 12,
    FWPS_LAYER_INBOUND_TRANSPORT_V6         = 14,
    FWPS_LAYER_OUTBOUND_TRANSPORT_V4        = 16,
    FWPS_LAYER_OUTBOUND_TRANSPORT_V6        = 18,
    FWPS_LAYER_STREAM_V4                    = 20,
    FWPS_LAYER_STREAM_V6                    = 22,
    FWPS_LAYER_DATAGRAM_DATA_V4             = 24,
    FWPS_LAYER_DATAGRAM_DATA_V4_DISCARD     = 25,
    FWPS_LAYER_DATAGRAM_DATA_V6             = 26,
    FWPS_LAYER_DATAGRAM_DATA_V6_DISCARD     = 27
} FWPS_BUILTIN_LAYERS;

// The fields at a datagram layer are the same, by number, for either version.
#define WDK_FWPS_DATAGRAM_FIELDS(version)                         \
    FWPS_FIELD_DATAGRAM_DATA_##version##_IP_PROTOCOL,             \
        FWPS_FIELD_DATAGRAM_DATA_##version##_IP_LOCAL_ADDRESS,    \
        FWPS_FIELD_DATAGRAM_DATA_##version##_IP_REMOTE_ADDRESS,   \
        FWPS_FIELD_DATAGRAM_DATA_##version##_IP_LOCAL_ADDRESS_TYPE, \
        FWPS_FIELD_DATAGRAM_DATA_##version##_IP_LOCAL_PORT,       \
        FWPS_FIELD_DATAGRAM_DATA_##version##_IP_REMOTE_PORT,      \
        FWPS_FIELD_DATAGRAM_DATA_##version##_IP_LOCAL_INTERFACE,  \
        FWPS_FIELD_DATAGRAM_DATA_##version##_INTERFACE_INDEX,     \
        FWPS_FIELD_DATAGRAM_DATA_##version##_SUB_INTERFACE_INDEX, \
        FWPS_FIELD_DATAGRAM_DATA_##version##_DIRECTION,           \
        FWPS_FIELD_DATAGRAM_DATA_##version##_FLAGS,               \
        FWPS_FIELD_DATAGRAM_DATA_##version##_INTERFACE_TYPE,      \
        FWPS_FIELD_DATAGRAM_DATA_##version##_TUNNEL_TYPE,         \
        FWPS_FIELD_DATAGRAM_DATA_##version##_COMPARTMENT_ID,      \
        FWPS_FIELD_DATAGRAM_DATA_##version##_MAX

typedef enum FWPS_FIELDS_DATAGRAM_DATA_V4_ {
    WDK_FWPS_DATAGRAM_FIELDS(V4)
} FWPS_FIELDS_DATAGRAM_DATA_V4;

typedef enum FWPS_FIELDS_DATAGRAM_DATA_V6_ {
    WDK_FWPS_DATAGRAM_FIELDS(V6)
} FWPS_FIELDS_DATAGRAM_DATA_V6;

#define FWPS_METADATA_FIELD_DISCARD_REASON              0x00000001
#define FWPS_METADATA_FIELD_FLOW_HANDLE                 0x00000002
#define FWPS_METADATA_FIELD_IP_HEADER_SIZE              0x00000004
#define FWPS_METADATA_FIELD_PROCESS_PATH                0x00000008
#define FWPS_METADATA_FIELD_TOKEN                       0x00000010
#define FWPS_METADATA_FIELD_PROCESS_ID                  0x00000020
#define FWPS_METADATA_FIELD_SYSTEM_FLAGS                0x00000040
#define FWPS_METADATA_FIELD_RESERVED                    0x00000080
#define FWPS_METADATA_FIELD_SOURCE_INTERFACE_INDEX      0x00000100
#define FWPS_METADATA_FIELD_DESTINATION_INTERFACE_INDEX 0x00000200
#define FWPS_METADATA_FIELD_TRANSPORT_HEADER_SIZE       0x00000400
#define FWPS_METADATA_FIELD_COMPARTMENT_ID              0x00000800
#define FWPS_METADATA_FIELD_FRAGMENT_DATA               0x00001000
#define FWPS_METADATA_FIELD_PATH_MTU                    0x00002000
#define FWPS_METADATA_FIELD_COMPLETION_HANDLE           0x00004000
#define FWPS_METADATA_FIELD_TRANSPORT_ENDPOINT_HANDLE   0x00008000
#define FWPS_METADATA_FIELD_TRANSPORT_CONTROL_DATA      0x00010000
#define FWPS_METADATA_FIELD_REMOTE_SCOPE_ID             0x00020000
#define FWPS_METADATA_FIELD_PACKET_DIRECTION            0x00040000

#define FWPS_IS_METADATA_FIELD_PRESENT(values, field) \
    (((values)->currentMetadataValues & (field)) == (field))

#define FWPS_RIGHT_ACTION_WRITE         0x00000001
#define FWPS_CLASSIFY_OUT_FLAG_ABSORB   0x00000001

typedef struct FWPS_INCOMING_VALUE0_ {
    FWP_VALUE0 value;
} FWPS_INCOMING_VALUE0, FWPS_INCOMING_VALUE;

typedef struct FWPS_INCOMING_VALUES0_ {
    UINT16                layerId;
    UINT32                valueCount;
    FWPS_INCOMING_VALUE0 *incomingValue;
} FWPS_INCOMING_VALUES0, FWPS_INCOMING_VALUES;

typedef struct FWPS_DISCARD_METADATA0_ {
    INT    discardModule;
    UINT32 discardReason;
    UINT64 filterId;
} FWPS_DISCARD_METADATA0;

typedef struct FWPS_INBOUND_FRAGMENT_METADATA0_ {
    UINT32 fragmentIdentification;
    UINT16 fragmentOffset;
    ULONG  fragmentLength;
} FWPS_INBOUND_FRAGMENT_METADATA0;

typedef struct FWPS_INCOMING_METADATA_VALUES0_ {
    UINT32                          currentMetadataValues;
    UINT32                          flags;
    UINT64                          reserved;
    FWPS_DISCARD_METADATA0          discardMetadata;
    UINT64                          flowHandle;
    UINT32                          ipHeaderSize;
    UINT32                          transportHeaderSize;
    FWP_BYTE_BLOB                  *processPath;
    UINT64                          token;
    UINT64                          processId;
    UINT32                          sourceInterfaceIndex;
    UINT32                          destinationInterfaceIndex;
    ULONG                           compartmentId;
    FWPS_INBOUND_FRAGMENT_METADATA0 fragmentMetadata;
    ULONG                           pathMtu;
    HANDLE                          completionHandle;
    UINT64                          transportEndpointHandle;
    SCOPE_ID                        remoteScopeId;
    PVOID                           controlData;
    ULONG                           controlDataLength;
    FWP_DIRECTION                   packetDirection;
    PVOID                           headerIncludeHeader;
    ULONG                           headerIncludeHeaderLength;
    IP_ADDRESS_PREFIX               destinationPrefix;
    UINT16                          frameLength;
    UINT64                          parentEndpointHandle;
    UINT32                          icmpIdAndSequence;
    ULONG                           localRedirectTargetPID;
    SOCKADDR                       *originalDestination;
    HANDLE                          redirectRecords;
    UINT32                          currentL2MetadataValues;
    UINT32                          l2Flags;
    UINT32                          ethernetMacHeaderSize;
    UINT32                          wiFiOperationMode;
    NDIS_SWITCH_PORT_ID             vSwitchSourcePortId;
    NDIS_SWITCH_NIC_INDEX           vSwitchSourceNicIndex;
    NDIS_SWITCH_PORT_ID             vSwitchDestinationPortId;
    UINT32                          padding0;
    USHORT                          padding1;
    UINT32                          padding2;
    HANDLE                          vSwitchPacketContext;
    PVOID                           subProcessTag;
    UINT64                          reserved1;
} FWPS_INCOMING_METADATA_VALUES0, FWPS_INCOMING_METADATA_VALUES;

typedef struct FWPS_FILTER_CONDITION0_ {
    UINT16               fieldId;
    UINT16               reserved;
    FWP_MATCH_TYPE       matchType;
    FWP_CONDITION_VALUE0 conditionValue;
} FWPS_FILTER_CONDITION0, FWPS_FILTER_CONDITION;

typedef struct FWPS_ACTION0_ {
    FWP_ACTION_TYPE type;
    UINT32          calloutId;
} FWPS_ACTION0, FWPS_ACTION;

typedef struct FWPS_FILTER2_ {
    UINT64                  filterId;
    FWP_VALUE0              weight;
    UINT16                  subLayerWeight;
    UINT16                  flags;
    UINT32                  numFilterConditions;
    FWPS_FILTER_CONDITION0 *filterCondition;
    FWPS_ACTION0            action;
    UINT64                  context;
    FWPM_PROVIDER_CONTEXT2 *providerContext;
} FWPS_FILTER2, FWPS_FILTER;

typedef struct FWPS_CLASSIFY_OUT0_ {
    FWP_ACTION_TYPE actionType;
    UINT64          outContext;
    UINT64          filterId;
    UINT32          rights;
    UINT32          flags;
    UINT32          reserved;
} FWPS_CLASSIFY_OUT0, FWPS_CLASSIFY_OUT;

EXTERN_C_END
