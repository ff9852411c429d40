#pragma once
// The IP helper of the kernel: interfaces, addresses, routes, neighbours, and what changes in them.
// Page: netioapi.h (network). A table that a function gives is freed by FreeMibTable.

#include "guiddef.h"
#include "ifdef.h"
#include "ndis/types.h"
#include "netioapi/rows.h"
#include "nldef.h"
#include "ntstatus.h"
#include "ws2ipdef.h"

EXTERN_C_START

#define IF_NAMESIZE           IF_MAX_STRING_SIZE
#define NETIO_STATUS          NTSTATUS
#define NETIO_SUCCESS(status) NT_SUCCESS(status)
#define NETIOAPI_API_
#define NETIOAPI_API NETIO_STATUS NETIOAPI_API_

typedef enum _MIB_NOTIFICATION_TYPE {
    MibParameterNotification,
    MibAddInstance,
    MibDeleteInstance,
    MibInitialNotification
} MIB_NOTIFICATION_TYPE, *PMIB_NOTIFICATION_TYPE;

typedef enum _MIB_IF_TABLE_LEVEL {
    MibIfTableNormal,
    MibIfTableRaw
} MIB_IF_TABLE_LEVEL, *PMIB_IF_TABLE_LEVEL;

typedef VOID (*PIPINTERFACE_CHANGE_CALLBACK)(PVOID CallerContext, PMIB_IPINTERFACE_ROW Row,
                                             MIB_NOTIFICATION_TYPE NotificationType);
typedef VOID (*PUNICAST_IPADDRESS_CHANGE_CALLBACK)(PVOID                     CallerContext,
                                                   PMIB_UNICASTIPADDRESS_ROW Row,
                                                   MIB_NOTIFICATION_TYPE     NotificationType);
typedef VOID (*PIPFORWARD_CHANGE_CALLBACK)(PVOID CallerContext, PMIB_IPFORWARD_ROW2 Row,
                                           MIB_NOTIFICATION_TYPE NotificationType);

NETIO_STATUS GetIfEntry2(PMIB_IF_ROW2 Row) WDK_NOEXCEPT;
NETIO_STATUS GetIfTable2(PMIB_IF_TABLE2 *Table) WDK_NOEXCEPT;
NETIO_STATUS GetIfTable2Ex(MIB_IF_TABLE_LEVEL Level, PMIB_IF_TABLE2 *Table) WDK_NOEXCEPT;
NETIO_STATUS GetIpInterfaceEntry(PMIB_IPINTERFACE_ROW Row) WDK_NOEXCEPT;
NETIO_STATUS GetIpInterfaceTable(ADDRESS_FAMILY          Family,
                                 PMIB_IPINTERFACE_TABLE *Table) WDK_NOEXCEPT;
NETIO_STATUS GetUnicastIpAddressTable(ADDRESS_FAMILY               Family,
                                      PMIB_UNICASTIPADDRESS_TABLE *Table) WDK_NOEXCEPT;
NETIO_STATUS GetIpForwardTable2(ADDRESS_FAMILY         Family,
                                PMIB_IPFORWARD_TABLE2 *Table) WDK_NOEXCEPT;
NETIO_STATUS GetBestRoute2(NET_LUID *InterfaceLuid, NET_IFINDEX InterfaceIndex,
                           const SOCKADDR_INET *SourceAddress,
                           const SOCKADDR_INET *DestinationAddress, ULONG AddressSortOptions,
                           PMIB_IPFORWARD_ROW2 BestRoute,
                           SOCKADDR_INET *BestSourceAddress) WDK_NOEXCEPT;
NETIO_STATUS GetIpPathEntry(PMIB_IPPATH_ROW Row) WDK_NOEXCEPT;
NETIO_STATUS GetIpNetEntry2(PMIB_IPNET_ROW2 Row) WDK_NOEXCEPT;
NETIO_STATUS GetIpNetTable2(ADDRESS_FAMILY Family, PMIB_IPNET_TABLE2 *Table) WDK_NOEXCEPT;
/// Waits until the neighbour has answered or has not.
NETIO_STATUS ResolveIpNetEntry2(PMIB_IPNET_ROW2      Row,
                                const SOCKADDR_INET *SourceAddress) WDK_NOEXCEPT;
VOID         FreeMibTable(PVOID Memory) WDK_NOEXCEPT;

NETIO_STATUS NotifyIpInterfaceChange(ADDRESS_FAMILY               Family,
                                     PIPINTERFACE_CHANGE_CALLBACK Callback, PVOID CallerContext,
                                     BOOLEAN InitialNotification,
                                     HANDLE *NotificationHandle) WDK_NOEXCEPT;
NETIO_STATUS NotifyUnicastIpAddressChange(ADDRESS_FAMILY                     Family,
                                          PUNICAST_IPADDRESS_CHANGE_CALLBACK Callback,
                                          PVOID CallerContext, BOOLEAN InitialNotification,
                                          HANDLE *NotificationHandle) WDK_NOEXCEPT;
NETIO_STATUS NotifyRouteChange2(ADDRESS_FAMILY AddressFamily, PIPFORWARD_CHANGE_CALLBACK Callback,
                                PVOID CallerContext, BOOLEAN InitialNotification,
                                HANDLE *NotificationHandle) WDK_NOEXCEPT;
/// Waits until no callback of it runs any more.
NETIO_STATUS CancelMibChangeNotify2(HANDLE NotificationHandle) WDK_NOEXCEPT;

NETIO_STATUS ConvertInterfaceGuidToLuid(const GUID *InterfaceGuid,
                                        PNET_LUID   InterfaceLuid) WDK_NOEXCEPT;
NETIO_STATUS ConvertInterfaceLuidToGuid(const NET_LUID *InterfaceLuid,
                                        GUID           *InterfaceGuid) WDK_NOEXCEPT;
NETIO_STATUS ConvertInterfaceLuidToIndex(const NET_LUID *InterfaceLuid,
                                         PNET_IFINDEX    InterfaceIndex) WDK_NOEXCEPT;
NETIO_STATUS ConvertInterfaceIndexToLuid(NET_IFINDEX InterfaceIndex,
                                         PNET_LUID   InterfaceLuid) WDK_NOEXCEPT;
NETIO_STATUS ConvertInterfaceLuidToAlias(const NET_LUID *InterfaceLuid, PWSTR InterfaceAlias,
                                         SIZE_T Length) WDK_NOEXCEPT;
NETIO_STATUS ConvertInterfaceAliasToLuid(const WCHAR *InterfaceAlias,
                                         PNET_LUID    InterfaceLuid) WDK_NOEXCEPT;

EXTERN_C_END
