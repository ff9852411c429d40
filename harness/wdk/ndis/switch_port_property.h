#pragma once
// Properties (policies) of a port. Pages: ndis_switch_port_property_parameters and its neighbours,
// ndis_switch_port_property_security, _vlan, _profile, _custom (ntddndis); of NDIS 6.40:
// switch_isolation.h.

#include "switch_isolation.h"
#include "switch_property.h"

EXTERN_C_START

typedef enum _NDIS_SWITCH_PORT_PROPERTY_TYPE {
    NdisSwitchPortPropertyTypeUndefined,
    NdisSwitchPortPropertyTypeCustom,
    NdisSwitchPortPropertyTypeSecurity,
    NdisSwitchPortPropertyTypeVlan,
    NdisSwitchPortPropertyTypeProfile,
#if NDIS_SUPPORT_NDIS640
    NdisSwitchPortPropertyTypeIsolation,
    NdisSwitchPortPropertyTypeRoutingDomain,
#endif
    NdisSwitchPortPropertyTypeMaximum
} NDIS_SWITCH_PORT_PROPERTY_TYPE, *PNDIS_SWITCH_PORT_PROPERTY_TYPE;

typedef struct _NDIS_SWITCH_PORT_PROPERTY_SECURITY {
    NDIS_OBJECT_HEADER Header;
    ULONG              Flags;
    BOOLEAN            AllowMacSpoofing;
    BOOLEAN            AllowIeeePriorityTag;
    UINT32             VirtualSubnetId;
    BOOLEAN            AllowTeaming;
} NDIS_SWITCH_PORT_PROPERTY_SECURITY, *PNDIS_SWITCH_PORT_PROPERTY_SECURITY;

#define NDIS_SWITCH_PORT_PROPERTY_SECURITY_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_SECURITY_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_SECURITY, AllowTeaming)

typedef enum _NDIS_SWITCH_PORT_VLAN_MODE {
    NdisSwitchPortVlanModeUnknown = 0,
    NdisSwitchPortVlanModeAccess  = 1,
    NdisSwitchPortVlanModeTrunk   = 2,
    NdisSwitchPortVlanModePrivate = 3,
    NdisSwitchPortVlanModeMax     = 4
} NDIS_SWITCH_PORT_VLAN_MODE, *PNDIS_SWITCH_PORT_VLAN_MODE;

typedef enum _NDIS_SWITCH_PORT_PVLAN_MODE {
    NdisSwitchPortPvlanModeUndefined = 0,
    NdisSwitchPortPvlanModeIsolated,
    NdisSwitchPortPvlanModeCommunity,
    NdisSwitchPortPvlanModePromiscuous
} NDIS_SWITCH_PORT_PVLAN_MODE, *PNDIS_SWITCH_PORT_PVLAN_MODE;

typedef struct _NDIS_SWITCH_PORT_PROPERTY_VLAN {
    NDIS_OBJECT_HEADER         Header;
    ULONG                      Flags;
    NDIS_SWITCH_PORT_VLAN_MODE OperationMode;
    union {
        struct {
            UINT16 AccessVlanId;
            UINT16 NativeVlanId;
            UINT64 PruneVlanIdArray[64];
            UINT64 TrunkVlanIdArray[64];
        } VlanProperties;
        struct {
            NDIS_SWITCH_PORT_PVLAN_MODE PvlanMode;
            UINT16                      PrimaryVlanId;
            union {
                UINT16 SecondaryVlanId;
                UINT64 SecondaryVlanIdArray[64];
            };
        } PvlanProperties;
    };
} NDIS_SWITCH_PORT_PROPERTY_VLAN, *PNDIS_SWITCH_PORT_PROPERTY_VLAN;

#define NDIS_SWITCH_PORT_PROPERTY_VLAN_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_VLAN_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_VLAN, VlanProperties)

typedef struct _NDIS_SWITCH_PORT_PROPERTY_PROFILE {
    NDIS_OBJECT_HEADER                     Header;
    ULONG                                  Flags;
    NDIS_SWITCH_PORT_PROPERTY_PROFILE_NAME ProfileName;
    GUID                                   ProfileId;
    NDIS_VENDOR_NAME                       VendorName;
    GUID                                   VendorId;
    UINT32                                 ProfileData;
    GUID                                   NetCfgInstanceId;
    struct {
        UINT32 PciSegmentNumber : 16;
        UINT32 PciBusNumber : 8;
        UINT32 PciDeviceNumber : 5;
        UINT32 PciFunctionNumber : 3;
    } PciLocation;
    UINT32                                      CdnLabelId;
    NDIS_SWITCH_PORT_PROPERTY_PROFILE_CDN_LABEL CdnLabel;
} NDIS_SWITCH_PORT_PROPERTY_PROFILE, *PNDIS_SWITCH_PORT_PROPERTY_PROFILE;

#define NDIS_SWITCH_PORT_PROPERTY_PROFILE_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_PROFILE_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_PROFILE, CdnLabel)

typedef struct _NDIS_SWITCH_PORT_PROPERTY_CUSTOM {
    NDIS_OBJECT_HEADER Header;
    ULONG              Flags;
    ULONG              PropertyBufferLength;
    ULONG              PropertyBufferOffset;
} NDIS_SWITCH_PORT_PROPERTY_CUSTOM, *PNDIS_SWITCH_PORT_PROPERTY_CUSTOM;

#define NDIS_SWITCH_PORT_PROPERTY_CUSTOM_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_CUSTOM_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_CUSTOM, PropertyBufferOffset)

typedef struct _NDIS_SWITCH_PORT_PROPERTY_PARAMETERS {
    NDIS_OBJECT_HEADER                       Header;
    ULONG                                    Flags;
    NDIS_SWITCH_PORT_ID                      PortId;
    NDIS_SWITCH_PORT_PROPERTY_TYPE           PropertyType;
    NDIS_SWITCH_OBJECT_ID                    PropertyId;
    NDIS_SWITCH_OBJECT_VERSION               PropertyVersion;
    NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION SerializationVersion;
    NDIS_SWITCH_OBJECT_INSTANCE_ID           PropertyInstanceId;
    ULONG                                    PropertyBufferLength;
    ULONG                                    PropertyBufferOffset;
    ULONG                                    Reserved;
} NDIS_SWITCH_PORT_PROPERTY_PARAMETERS, *PNDIS_SWITCH_PORT_PROPERTY_PARAMETERS;

#define NDIS_SWITCH_PORT_PROPERTY_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_PARAMETERS, Reserved)

typedef struct _NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS {
    NDIS_OBJECT_HEADER             Header;
    ULONG                          Flags;
    NDIS_SWITCH_PORT_ID            PortId;
    NDIS_SWITCH_PORT_PROPERTY_TYPE PropertyType;
    NDIS_SWITCH_OBJECT_ID          PropertyId;
    NDIS_SWITCH_OBJECT_INSTANCE_ID PropertyInstanceId;
} NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS, *PNDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS;

#define NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS, PropertyInstanceId)

typedef struct _NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS {
    NDIS_OBJECT_HEADER                       Header;
    ULONG                                    Flags;
    NDIS_SWITCH_PORT_ID                      PortId;
    NDIS_SWITCH_PORT_PROPERTY_TYPE           PropertyType;
    NDIS_SWITCH_OBJECT_ID                    PropertyId;
    NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION SerializationVersion;
    ULONG                                    FirstPropertyOffset;
    ULONG                                    NumProperties;
    USHORT                                   Reserved;
} NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS, *PNDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS;

#define NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS, Reserved)

/// Version before instance id: the other way round than in the switch's own structure.
typedef struct _NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO {
    NDIS_OBJECT_HEADER             Header;
    ULONG                          Flags;
    NDIS_SWITCH_OBJECT_VERSION     PropertyVersion;
    NDIS_SWITCH_OBJECT_INSTANCE_ID PropertyInstanceId;
    ULONG                          QwordAlignedPropertyBufferLength;
    ULONG                          PropertyBufferLength;
    ULONG                          PropertyBufferOffset;
} NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO, *PNDIS_SWITCH_PORT_PROPERTY_ENUM_INFO;

#define NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO, PropertyBufferOffset)

EXTERN_C_END

#define NDIS_SWITCH_PORT_PROPERTY_CUSTOM_GET_BUFFER(custom) \
    wdk_at_offset(custom, PropertyBufferOffset)
#define NDIS_SWITCH_PORT_PROPERTY_PARAMETERS_GET_PROPERTY(parameters) \
    wdk_at_offset(parameters, PropertyBufferOffset)
#define NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_GET_FIRST_INFO(parameters) \
    ((PNDIS_SWITCH_PORT_PROPERTY_ENUM_INFO)wdk_at_offset(parameters, FirstPropertyOffset))
#define NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO_GET_NEXT(info) \
    wdk_next_info(NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO, info)
#define NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO_GET_PROPERTY(info) \
    wdk_at_offset(info, PropertyBufferOffset)
