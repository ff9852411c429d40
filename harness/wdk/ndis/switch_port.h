#pragma once
// Ports. Pages: ndis_switch_port_parameters, ndis_switch_port_array (ntddndis).

#include "switch.h"

EXTERN_C_START

typedef enum _NDIS_SWITCH_PORT_TYPE {
    NdisSwitchPortTypeGeneric   = 0,
    NdisSwitchPortTypeExternal  = 1,
    NdisSwitchPortTypeSynthetic = 2,
    NdisSwitchPortTypeEmulated  = 3,
    NdisSwitchPortTypeInternal  = 4
} NDIS_SWITCH_PORT_TYPE;

typedef enum _NDIS_SWITCH_PORT_STATE {
    NdisSwitchPortStateUnknown  = 0,
    NdisSwitchPortStateCreated  = 1,
    NdisSwitchPortStateTeardown = 2,
    NdisSwitchPortStateDeleted  = 3
} NDIS_SWITCH_PORT_STATE;

typedef struct _NDIS_SWITCH_PORT_PARAMETERS {
    NDIS_OBJECT_HEADER            Header;
    ULONG                         Flags;
    NDIS_SWITCH_PORT_ID           PortId;
    NDIS_SWITCH_PORT_NAME         PortName;
    NDIS_SWITCH_PORT_FRIENDLYNAME PortFriendlyName;
    NDIS_SWITCH_PORT_TYPE         PortType;
    BOOLEAN                       IsValidationPort;
    NDIS_SWITCH_PORT_STATE        PortState;
} NDIS_SWITCH_PORT_PARAMETERS, *PNDIS_SWITCH_PORT_PARAMETERS;

#define NDIS_SWITCH_PORT_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PARAMETERS, PortState)
#define NDIS_SWITCH_PORT_PARAMETERS_FLAG_UNTRUSTED_INTERNAL_PORT 0x00000001
#define NDIS_SWITCH_PORT_PARAMETERS_FLAG_RESTORING_PORT          0x00000002

typedef struct _NDIS_SWITCH_PORT_ARRAY {
    NDIS_OBJECT_HEADER Header;
    ULONG              Flags;
    USHORT             FirstElementOffset;
    ULONG              NumElements;
    ULONG              ElementSize;
} NDIS_SWITCH_PORT_ARRAY, *PNDIS_SWITCH_PORT_ARRAY;

#define NDIS_SWITCH_PORT_ARRAY_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_ARRAY_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_ARRAY, ElementSize)

EXTERN_C_END

#define NDIS_SWITCH_PORT_AT_ARRAY_INDEX(array, index)                           \
    ((PNDIS_SWITCH_PORT_PARAMETERS)(PVOID)((PUCHAR)(array) +                    \
                                           (array)->FirstElementOffset +        \
                                           ((array)->ElementSize * (index))))
