// Structures that mingw-w64 lacks, by the offsets that the public symbols of ndis.sys give them.
// Sizes are those of the newest NDIS we know; a source for an older one sees a prefix.

#include <ndis.h>
#include <netiodef.h>

#define at(type, field, offset) static_assert(__builtin_offsetof(type, field) == (offset))

static_assert(sizeof(NET_BUFFER) == 0xb0);
at(NET_BUFFER, CurrentMdl, 0x08);
at(NET_BUFFER, CurrentMdlOffset, 0x10);
at(NET_BUFFER, DataLength, 0x18);
at(NET_BUFFER, MdlChain, 0x20);
at(NET_BUFFER, DataOffset, 0x28);
at(NET_BUFFER, ChecksumBias, 0x30);
at(NET_BUFFER, NdisPoolHandle, 0x38);
at(NET_BUFFER, NdisReserved, 0x40);
at(NET_BUFFER, ProtocolReserved, 0x50);
at(NET_BUFFER, MiniportReserved, 0x80);

// Windows itself builds with two slots more than a driver sees, and gets 0x180 bytes.
static_assert(MaxNetBufferListInfo == 27);
static_assert(SwitchForwardingDetail == 19);
static_assert(sizeof(NET_BUFFER_LIST) == 0x170);
at(NET_BUFFER_LIST, FirstNetBuffer, 0x08);
at(NET_BUFFER_LIST, Context, 0x10);
at(NET_BUFFER_LIST, ParentNetBufferList, 0x18);
at(NET_BUFFER_LIST, NdisPoolHandle, 0x20);
at(NET_BUFFER_LIST, NdisReserved, 0x30);
at(NET_BUFFER_LIST, ProtocolReserved, 0x40);
at(NET_BUFFER_LIST, MiniportReserved, 0x60);
at(NET_BUFFER_LIST, Scratch, 0x70);
at(NET_BUFFER_LIST, SourceHandle, 0x78);
at(NET_BUFFER_LIST, NblFlags, 0x80);
at(NET_BUFFER_LIST, ChildRefCount, 0x84);
at(NET_BUFFER_LIST, Flags, 0x88);
at(NET_BUFFER_LIST, Status, 0x8c);
at(NET_BUFFER_LIST, NetBufferListInfo, 0x90);
// Of NDIS 6.40; laid out as the pages declare them.
static_assert(sizeof(NDIS_SWITCH_PORT_PROPERTY_ISOLATION) == 20);
at(NDIS_SWITCH_PORT_PROPERTY_ISOLATION, DefaultIsolationId, 16);
static_assert(sizeof(NDIS_ISOLATION_NAME) == 258);
at(NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN, RoutingDomainName, 24);
at(NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN, NumIsolationEntries, 284);
at(NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN, FirstIsolationEntryOffset, 288);
static_assert(NdisSwitchPortPropertyTypeIsolation == 5);
static_assert(NdisSwitchPortPropertyTypeRoutingDomain == 6);

at(NET_BUFFER_LIST_CONTEXT, ContextData, 0x10);

static_assert(sizeof(NDIS_OID_REQUEST) == 0xf8);
at(NDIS_OID_REQUEST, RequestId, 0x10);
at(NDIS_OID_REQUEST, DATA, 0x20);
static_assert(sizeof(NDIS_OID_REQUEST::DATA) == 0x28);
static_assert(NDIS_SIZEOF_OID_REQUEST_REVISION_1 == 0xec);

static_assert(sizeof(NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO) == 8);
static_assert(sizeof(NDIS_SWITCH_PORT_DESTINATION) == 8);
static_assert(sizeof(NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY) == 0x18);
static_assert(NDIS_SIZEOF_SWITCH_OPTIONAL_HANDLERS_REVISION_1 == 8 + 13 * 8);

static_assert(sizeof(NDIS_FILTER_DRIVER_CHARACTERISTICS) == 0xf0);
at(NDIS_FILTER_DRIVER_CHARACTERISTICS, FriendlyName, 0x10);
at(NDIS_FILTER_DRIVER_CHARACTERISTICS, SetOptionsHandler, 0x40);
at(NDIS_FILTER_DRIVER_CHARACTERISTICS, RestartHandler, 0x60);
at(NDIS_FILTER_DRIVER_CHARACTERISTICS, PauseHandler, 0x68);
at(NDIS_FILTER_DRIVER_CHARACTERISTICS, ReturnNetBufferListsHandler, 0x90);
static_assert(sizeof(NDIS_FILTER_ATTACH_PARAMETERS) == 0xe0);
at(NDIS_FILTER_ATTACH_PARAMETERS, MiniportMediaType, 0x48);
static_assert(sizeof(NET_PNP_EVENT) == 0x98);
static_assert(NetEventFilterPreDetach == 15 && NetEventSwitchActivate == 17);
static_assert(sizeof(NET_DEVICE_PNP_EVENT) == 0x30);
at(NDIS_STATUS_INDICATION, StatusBuffer, 0x30);
static_assert(sizeof(NDIS_STATUS_INDICATION) == 0x70);

static_assert(sizeof(NDIS_NET_BUFFER_LIST_8021Q_INFO) == sizeof(PVOID));
static_assert(sizeof(NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO) == sizeof(PVOID));
static_assert(sizeof(NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO) == sizeof(PVOID));
static_assert(sizeof(NDIS_NET_BUFFER_LIST_VIRTUAL_SUBNET_INFO) == sizeof(PVOID));
static_assert(sizeof(IPV4_HEADER) == 20 && sizeof(IPV6_HEADER) == 40 && sizeof(TCP_HDR) == 20);

static_assert(sizeof(NDIS_SPIN_LOCK) == 16 && sizeof(NDIS_EVENT) == 24);
static_assert(sizeof(LONG) == 4 && sizeof(ULONG) == 4 && sizeof(WCHAR) == 2);
