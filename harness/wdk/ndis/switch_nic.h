#pragma once
// Network adapter connections, and the requests and indications that are wrapped for one.
// Pages: ndis_switch_nic_parameters, ndis_switch_nic_array, ndis_switch_nic_oid_request,
// ndis_switch_nic_save_state (ntddndis), ndis_switch_nic_status_indication (ndis).

#include "indication.h"
#include "oidrequest.h"
#include "switch.h"

EXTERN_C_START

typedef enum _NDIS_SWITCH_NIC_TYPE {
    NdisSwitchNicTypeExternal  = 0,
    NdisSwitchNicTypeSynthetic = 1,
    NdisSwitchNicTypeEmulated  = 2,
    NdisSwitchNicTypeInternal  = 3
} NDIS_SWITCH_NIC_TYPE;

typedef enum _NDIS_SWITCH_NIC_STATE {
    NdisSwitchNicStateUnknown      = 0,
    NdisSwitchNicStateCreated      = 1,
    NdisSwitchNicStateConnected    = 2,
    NdisSwitchNicStateDisconnected = 3,
    NdisSwitchNicStateDeleted      = 4
} NDIS_SWITCH_NIC_STATE;

typedef struct _NDIS_SWITCH_NIC_PARAMETERS {
    NDIS_OBJECT_HEADER           Header;
    ULONG                        Flags;
    NDIS_SWITCH_NIC_NAME         NicName;
    NDIS_SWITCH_NIC_FRIENDLYNAME NicFriendlyName;
    NDIS_SWITCH_PORT_ID          PortId;
    NDIS_SWITCH_NIC_INDEX        NicIndex;
    NDIS_SWITCH_NIC_TYPE         NicType;
    NDIS_SWITCH_NIC_STATE        NicState;
    NDIS_VM_NAME                 VmName;
    NDIS_VM_FRIENDLYNAME         VmFriendlyName;
    GUID                         NetCfgInstanceId;
    ULONG                        MTU;
    USHORT                       NumaNodeId;
    UCHAR                        PermanentMacAddress[NDIS_MAX_PHYS_ADDRESS_LENGTH];
    UCHAR                        VMMacAddress[NDIS_MAX_PHYS_ADDRESS_LENGTH];
    UCHAR                        CurrentMacAddress[NDIS_MAX_PHYS_ADDRESS_LENGTH];
    BOOLEAN                      VFAssigned;
#if NDIS_SUPPORT_NDIS650
    ULONG64 NdisReserved[2];
#endif
} NDIS_SWITCH_NIC_PARAMETERS, *PNDIS_SWITCH_NIC_PARAMETERS;

#define NDIS_SWITCH_NIC_PARAMETERS_REVISION_1 1
#define NDIS_SWITCH_NIC_PARAMETERS_REVISION_2 2
#define NDIS_SIZEOF_NDIS_SWITCH_NIC_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_NIC_PARAMETERS, VFAssigned)
#define NDIS_SIZEOF_NDIS_SWITCH_NIC_PARAMETERS_REVISION_2 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_NIC_PARAMETERS, NdisReserved)

typedef struct _NDIS_SWITCH_NIC_ARRAY {
    NDIS_OBJECT_HEADER Header;
    ULONG              Flags;
    USHORT             FirstElementOffset;
    ULONG              NumElements;
    ULONG              ElementSize;
} NDIS_SWITCH_NIC_ARRAY, *PNDIS_SWITCH_NIC_ARRAY;

#define NDIS_SWITCH_NIC_ARRAY_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_NIC_ARRAY_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_NIC_ARRAY, ElementSize)

typedef struct _NDIS_SWITCH_NIC_OID_REQUEST {
    NDIS_OBJECT_HEADER    Header;
    ULONG                 Flags;
    NDIS_SWITCH_PORT_ID   SourcePortId;
    NDIS_SWITCH_NIC_INDEX SourceNicIndex;
    NDIS_SWITCH_PORT_ID   DestinationPortId;
    NDIS_SWITCH_NIC_INDEX DestinationNicIndex;
    PNDIS_OID_REQUEST     OidRequest;
} NDIS_SWITCH_NIC_OID_REQUEST, *PNDIS_SWITCH_NIC_OID_REQUEST;

#define NDIS_SWITCH_NIC_OID_REQUEST_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_NIC_OID_REQUEST_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_NIC_OID_REQUEST, OidRequest)

/// The page types the last member as a pointer to a pointer; the text beside it and every
/// extension take it as a pointer to the indication.
typedef struct _NDIS_SWITCH_NIC_STATUS_INDICATION {
    NDIS_OBJECT_HEADER      Header;
    ULONG                   Flags;
    NDIS_SWITCH_PORT_ID     SourcePortId;
    NDIS_SWITCH_NIC_INDEX   SourceNicIndex;
    NDIS_SWITCH_PORT_ID     DestinationPortId;
    NDIS_SWITCH_NIC_INDEX   DestinationNicIndex;
    PNDIS_STATUS_INDICATION StatusIndication;
} NDIS_SWITCH_NIC_STATUS_INDICATION, *PNDIS_SWITCH_NIC_STATUS_INDICATION;

#define NDIS_SWITCH_NIC_STATUS_INDICATION_REVISION_1 1
#define NDIS_SIZEOF_SWITCH_NIC_STATUS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_NIC_STATUS_INDICATION, StatusIndication)
#define NDIS_SIZEOF_SWITCH_NIC_STATUS_INDICATION_REVISION_1 NDIS_SIZEOF_SWITCH_NIC_STATUS_REVISION_1

typedef struct _NDIS_SWITCH_NIC_SAVE_STATE {
    NDIS_OBJECT_HEADER                 Header;
    ULONG                              Flags;
    NDIS_SWITCH_PORT_ID                PortId;
    NDIS_SWITCH_NIC_INDEX              NicIndex;
    GUID                               ExtensionId;
    NDIS_SWITCH_EXTENSION_FRIENDLYNAME ExtensionFriendlyName;
    GUID                               FeatureClassId;
    USHORT                             SaveDataSize;
    USHORT                             SaveDataOffset;
} NDIS_SWITCH_NIC_SAVE_STATE, *PNDIS_SWITCH_NIC_SAVE_STATE;

#define NDIS_SWITCH_NIC_SAVE_STATE_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_NIC_SAVE_STATE_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_NIC_SAVE_STATE, SaveDataOffset)

EXTERN_C_END

#define NDIS_SWITCH_NIC_AT_ARRAY_INDEX(array, index)                           \
    ((PNDIS_SWITCH_NIC_PARAMETERS)(PVOID)((PUCHAR)(array) +                    \
                                          (array)->FirstElementOffset +        \
                                          ((array)->ElementSize * (index))))
