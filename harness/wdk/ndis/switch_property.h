#pragma once
// Properties (policies) of the switch. Their values lie in the same buffer, at an offset.
// Pages: ndis_switch_property_parameters and its neighbours (ntddndis).

#include "switch.h"

EXTERN_C_START

typedef enum _NDIS_SWITCH_PROPERTY_TYPE {
    NdisSwitchPropertyTypeUndefined,
    NdisSwitchPropertyTypeCustom,
    NdisSwitchPropertyTypeMaximum
} NDIS_SWITCH_PROPERTY_TYPE, *PNDIS_SWITCH_PROPERTY_TYPE;

typedef struct _NDIS_SWITCH_PROPERTY_CUSTOM {
    NDIS_OBJECT_HEADER Header;
    ULONG              Flags;
    ULONG              PropertyBufferLength;
    ULONG              PropertyBufferOffset;
} NDIS_SWITCH_PROPERTY_CUSTOM, *PNDIS_SWITCH_PROPERTY_CUSTOM;

#define NDIS_SWITCH_PROPERTY_CUSTOM_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_CUSTOM_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PROPERTY_CUSTOM, PropertyBufferOffset)

typedef struct _NDIS_SWITCH_PROPERTY_PARAMETERS {
    NDIS_OBJECT_HEADER                       Header;
    ULONG                                    Flags;
    NDIS_SWITCH_PROPERTY_TYPE                PropertyType;
    NDIS_SWITCH_OBJECT_ID                    PropertyId;
    NDIS_SWITCH_OBJECT_VERSION               PropertyVersion;
    NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION SerializationVersion;
    NDIS_SWITCH_OBJECT_INSTANCE_ID           PropertyInstanceId;
    ULONG                                    PropertyBufferLength;
    ULONG                                    PropertyBufferOffset;
} NDIS_SWITCH_PROPERTY_PARAMETERS, *PNDIS_SWITCH_PROPERTY_PARAMETERS;

#define NDIS_SWITCH_PROPERTY_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PROPERTY_PARAMETERS, PropertyBufferOffset)

typedef struct _NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS {
    NDIS_OBJECT_HEADER             Header;
    ULONG                          Flags;
    NDIS_SWITCH_PROPERTY_TYPE      PropertyType;
    NDIS_SWITCH_OBJECT_ID          PropertyId;
    NDIS_SWITCH_OBJECT_INSTANCE_ID PropertyInstanceId;
} NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS, *PNDIS_SWITCH_PROPERTY_DELETE_PARAMETERS;

#define NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS, PropertyInstanceId)

typedef struct _NDIS_SWITCH_PROPERTY_ENUM_INFO {
    NDIS_OBJECT_HEADER             Header;
    ULONG                          Flags;
    NDIS_SWITCH_OBJECT_INSTANCE_ID PropertyInstanceId;
    NDIS_SWITCH_OBJECT_VERSION     PropertyVersion;
    ULONG                          QwordAlignedPropertyBufferLength;
    ULONG                          PropertyBufferLength;
    ULONG                          PropertyBufferOffset;
} NDIS_SWITCH_PROPERTY_ENUM_INFO, *PNDIS_SWITCH_PROPERTY_ENUM_INFO;

#define NDIS_SWITCH_PROPERTY_ENUM_INFO_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_ENUM_INFO_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PROPERTY_ENUM_INFO, PropertyBufferOffset)

typedef struct _NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS {
    NDIS_OBJECT_HEADER                       Header;
    ULONG                                    Flags;
    NDIS_SWITCH_PROPERTY_TYPE                PropertyType;
    NDIS_SWITCH_OBJECT_ID                    PropertyId;
    NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION SerializationVersion;
    ULONG                                    FirstPropertyOffset;
    ULONG                                    NumProperties;
} NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS, *PNDIS_SWITCH_PROPERTY_ENUM_PARAMETERS;

#define NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS, NumProperties)

EXTERN_C_END

#define wdk_at_offset(structure, offset) ((PVOID)((PUCHAR)(structure) + (structure)->offset))
#define wdk_next_info(type, info)                                               \
    ((type *)((ULONG_PTR)(info) + (info)->QwordAlignedPropertyBufferLength + sizeof(type)))

#define NDIS_SWITCH_CREATE_PROPERTY_VERSION(major, minor) (((major) << 8) + (minor))
#define NDIS_SWITCH_PROPERTY_CUSTOM_GET_BUFFER(custom) \
    wdk_at_offset(custom, PropertyBufferOffset)
#define NDIS_SWITCH_PROPERTY_PARAMETERS_GET_PROPERTY(parameters) \
    wdk_at_offset(parameters, PropertyBufferOffset)
#define NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS_GET_FIRST_INFO(parameters) \
    ((PNDIS_SWITCH_PROPERTY_ENUM_INFO)wdk_at_offset(parameters, FirstPropertyOffset))
#define NDIS_SWITCH_PROPERTY_ENUM_INFO_GET_NEXT(info) \
    wdk_next_info(NDIS_SWITCH_PROPERTY_ENUM_INFO, info)
#define NDIS_SWITCH_PROPERTY_ENUM_INFO_GET_PROPERTY(info) \
    wdk_at_offset(info, PropertyBufferOffset)
