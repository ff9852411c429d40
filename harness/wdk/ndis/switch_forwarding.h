#pragma once
// The forwarding context of a packet: source, destinations, and the calls of the switch on it.
// Pages: ndis_switch_forwarding_detail_net_buffer_list_info, ndis_switch_port_destination,
// ndis_switch_forwarding_destination_array, ndis_switch_optional_handlers (ndis).

#include "nbl.h"
#include "switch.h"

EXTERN_C_START

/// Stored by value in the slot SwitchForwardingDetail of NetBufferListInfo.
typedef union _NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO {
    UINT64 AsUINT64;
    struct {
        UINT32 NumAvailableDestinations : 16;
        UINT32 SourcePortId : 16;
        UINT32 SourceNicIndex : 8;
        UINT32 NativeForwardingRequired : 1;
        UINT32 Reserved1 : 1;
        UINT32 IsPacketDataSafe : 1;
        UINT32 SafePacketDataSize : 12;
        UINT32 IsPacketDataUncached : 1;
        UINT32 IsSafePacketDataUncached : 1;
        UINT32 Reserved2 : 7;
    };
} NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO,
    *PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO;

#define NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(nbl)                   \
    ((PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO)(PVOID)       \
         &NET_BUFFER_LIST_INFO((nbl), SwitchForwardingDetail))

/// The page gives the flags mixed types, which would pad the structure to 16 bytes; it has 8.
typedef struct _NDIS_SWITCH_PORT_DESTINATION {
    NDIS_SWITCH_PORT_ID   PortId;
    NDIS_SWITCH_NIC_INDEX NicIndex;
    USHORT                IsExcluded : 1;
    USHORT                PreserveVLAN : 1;
    USHORT                PreservePriority : 1;
    USHORT                Reserved : 13;
} NDIS_SWITCH_PORT_DESTINATION, *PNDIS_SWITCH_PORT_DESTINATION;

typedef struct _NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY {
    NDIS_OBJECT_HEADER Header;
    ULONG              ElementSize;
    ULONG              NumElements;
    USHORT             NumDestinations;
    PVOID              FirstElement;
} NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY, *PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY;

#define NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY_REVISION_1 1
#define NDIS_SIZEOF_NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY, FirstElement)
#define NDIS_SWITCH_PORT_DESTINATION_AT_ARRAY_INDEX(array, index)                  \
    ((PNDIS_SWITCH_PORT_DESTINATION)(PVOID)((PUCHAR)((array)->FirstElement) +      \
                                            ((array)->ElementSize * (index))))

#define NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_DESTINATIONS     0x00000001
#define NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_SWITCH_INFO_ONLY 0x00000002
#define NDIS_SWITCH_REPORT_FILTERED_NBL_FLAGS_IS_INCOMING         0x00000001

/// The key under which an extension keeps its own context on a packet: the address counts.
typedef struct _NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO {
    NDIS_OBJECT_HEADER Header;
    PCSTR              ContextName;
    const GUID        *ExtensionId;
} NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO, *PNDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO;
typedef const NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO *
    PNDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE;
#define NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO_REVISION_1 1
/// Declares `name`, a key, for the extension whose id is `extension_id`, a GUID.
/// Page: ndis_declare_switch_net_buffer_list_context_type.
#define NDIS_DECLARE_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE(name, extension_id)                  \
    static const NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO name##_info = {                \
        {NDIS_OBJECT_TYPE_DEFAULT, NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO_REVISION_1,  \
         sizeof(NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO)}, #name, &(extension_id)};     \
    static const PNDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE name = &name##_info

EXTERN_C_END
