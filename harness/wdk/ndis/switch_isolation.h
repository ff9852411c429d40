#pragma once
// Properties of a port that NDIS 6.40 brought. Pages: ndis_switch_port_property_isolation,
// ndis_switch_port_property_routing_domain, ndis_isolation_mode, ndis_isolation_name (ntddndis).
// The entries behind a routing domain are not laid out: their page leaves the order open.

#include "switch_property.h"

#if NDIS_SUPPORT_NDIS640

EXTERN_C_START

typedef enum _NDIS_ISOLATION_MODE {
    NdisIsolationModeNone = 0,
    NdisIsolationModeNativeVirtualSubnet,
    NdisIsolationModeExternalVirtualSubnet,
    NdisIsolationModeVlan
} NDIS_ISOLATION_MODE, *PNDIS_ISOLATION_MODE;

#define NDIS_ISOLATION_NAME_MAX_STRING_SIZE 127

typedef struct _NDIS_ISOLATION_NAME {
    USHORT Length; // In bytes.
    WCHAR  String[NDIS_ISOLATION_NAME_MAX_STRING_SIZE + 1];
} NDIS_ISOLATION_NAME, *PNDIS_ISOLATION_NAME;

typedef NDIS_ISOLATION_NAME NDIS_ISOLATION_ID_NAME, *PNDIS_ISOLATION_ID_NAME;
typedef NDIS_ISOLATION_NAME NDIS_ROUTING_DOMAIN_NAME, *PNDIS_ROUTING_DOMAIN_NAME;
typedef GUID                NDIS_ROUTING_DOMAIN_ID, *PNDIS_ROUTING_DOMAIN_ID;

typedef struct _NDIS_SWITCH_PORT_PROPERTY_ISOLATION {
    NDIS_OBJECT_HEADER  Header;
    ULONG               Flags;
    NDIS_ISOLATION_MODE IsolationMode;
    BOOLEAN             AllowUntaggedTraffic;
    UINT32              DefaultIsolationId;
} NDIS_SWITCH_PORT_PROPERTY_ISOLATION, *PNDIS_SWITCH_PORT_PROPERTY_ISOLATION;

#define NDIS_SWITCH_PORT_PROPERTY_ISOLATION_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_ISOLATION_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_ISOLATION, DefaultIsolationId)

typedef struct _NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN {
    NDIS_OBJECT_HEADER       Header;
    ULONG                    Flags;
    NDIS_ROUTING_DOMAIN_ID   RoutingDomainId;
    NDIS_ROUTING_DOMAIN_NAME RoutingDomainName;
    ULONG                    NumIsolationEntries;
    USHORT                   FirstIsolationEntryOffset; // From the start of InformationBuffer.
} NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN, *PNDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN;

#define NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN, FirstIsolationEntryOffset)

EXTERN_C_END

#endif
