#pragma once
// A driver's parameters in the registry. Pages: ndisopenconfigurationex, ndisreadconfiguration,
// ndis_configuration_parameter (ndis).

#include "types.h"

EXTERN_C_START

typedef enum _NDIS_PARAMETER_TYPE {
    NdisParameterInteger,
    NdisParameterHexInteger,
    NdisParameterString,
    NdisParameterMultiString,
    NdisParameterBinary
} NDIS_PARAMETER_TYPE, *PNDIS_PARAMETER_TYPE;

typedef struct _BINARY_DATA {
    USHORT Length;
    PVOID  Buffer;
} BINARY_DATA;

typedef struct _NDIS_CONFIGURATION_PARAMETER {
    NDIS_PARAMETER_TYPE ParameterType;
    union {
        ULONG       IntegerData;
        NDIS_STRING StringData;
        BINARY_DATA BinaryData;
    } ParameterData;
} NDIS_CONFIGURATION_PARAMETER, *PNDIS_CONFIGURATION_PARAMETER;

typedef struct _NDIS_CONFIGURATION_OBJECT {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE        NdisHandle;
    ULONG              Flags;
} NDIS_CONFIGURATION_OBJECT, *PNDIS_CONFIGURATION_OBJECT;
#define NDIS_CONFIGURATION_OBJECT_REVISION_1 1
#define NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_CONFIGURATION_OBJECT, Flags)
#define NDIS_CONFIG_FLAG_FILTER_INSTANCE_CONFIGURATION 0x00000001

NDIS_STATUS NdisOpenConfigurationEx(PNDIS_CONFIGURATION_OBJECT ConfigObject,
                                    PNDIS_HANDLE ConfigurationHandle) WDK_NOEXCEPT;
VOID        NdisCloseConfiguration(NDIS_HANDLE ConfigurationHandle) WDK_NOEXCEPT;
VOID        NdisReadConfiguration(PNDIS_STATUS Status,
                                  PNDIS_CONFIGURATION_PARAMETER *ParameterValue,
                                  NDIS_HANDLE ConfigurationHandle, PNDIS_STRING Keyword,
                                  NDIS_PARAMETER_TYPE ParameterType) WDK_NOEXCEPT;
VOID        NdisWriteConfiguration(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                                   PNDIS_STRING Keyword,
                                   PNDIS_CONFIGURATION_PARAMETER ParameterValue) WDK_NOEXCEPT;
VOID        NdisReadNetworkAddress(PNDIS_STATUS Status, PVOID *NetworkAddress,
                                   PUINT NetworkAddressLength,
                                   NDIS_HANDLE ConfigurationHandle) WDK_NOEXCEPT;
VOID        NdisOpenConfigurationKeyByName(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                                           PNDIS_STRING SubKeyName,
                                           PNDIS_HANDLE SubKeyHandle) WDK_NOEXCEPT;

EXTERN_C_END
