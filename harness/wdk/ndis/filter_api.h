#pragma once
// What a filter driver calls. Pages: ndisfregisterfilterdriver and its neighbours (ndis).

#include "filter_handlers.h"

EXTERN_C_START

NDIS_STATUS NdisFRegisterFilterDriver(PDRIVER_OBJECT DriverObject, NDIS_HANDLE FilterDriverContext,
                                      PNDIS_FILTER_DRIVER_CHARACTERISTICS FilterCharacteristics,
                                      PNDIS_HANDLE NdisFilterDriverHandle) WDK_NOEXCEPT;
VOID        NdisFDeregisterFilterDriver(NDIS_HANDLE NdisFilterDriverHandle) WDK_NOEXCEPT;
/// The handlers are any of several structures; each begins with this header.
typedef struct _NDIS_DRIVER_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
} NDIS_DRIVER_OPTIONAL_HANDLERS, *PNDIS_DRIVER_OPTIONAL_HANDLERS;

NDIS_STATUS NdisSetOptionalHandlers(NDIS_HANDLE NdisHandle,
                                    PNDIS_DRIVER_OPTIONAL_HANDLERS OptionalHandlers) WDK_NOEXCEPT;
NDIS_STATUS NdisFSetAttributes(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterModuleContext,
                               PNDIS_FILTER_ATTRIBUTES FilterAttributes) WDK_NOEXCEPT;
VOID        NdisFRestartComplete(NDIS_HANDLE NdisFilterHandle, NDIS_STATUS Status) WDK_NOEXCEPT;
VOID        NdisFPauseComplete(NDIS_HANDLE NdisFilterHandle) WDK_NOEXCEPT;
NDIS_STATUS NdisFRestartFilter(NDIS_HANDLE NdisFilterHandle) WDK_NOEXCEPT;

VOID NdisFSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList,
                             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags) WDK_NOEXCEPT;
VOID NdisFSendNetBufferListsComplete(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList,
                                     ULONG SendCompleteFlags) WDK_NOEXCEPT;
VOID NdisFCancelSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PVOID CancelId) WDK_NOEXCEPT;
VOID NdisFIndicateReceiveNetBufferLists(NDIS_HANDLE NdisFilterHandle,
                                        PNET_BUFFER_LIST NetBufferLists,
                                        NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists,
                                        ULONG ReceiveFlags) WDK_NOEXCEPT;
VOID NdisFReturnNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferLists,
                               ULONG ReturnFlags) WDK_NOEXCEPT;

NDIS_STATUS NdisAllocateCloneOidRequest(NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST OidRequest,
                                        UINT PoolTag,
                                        PNDIS_OID_REQUEST *ClonedOidRequest) WDK_NOEXCEPT;
VOID        NdisFreeCloneOidRequest(NDIS_HANDLE SourceHandle,
                                    PNDIS_OID_REQUEST Request) WDK_NOEXCEPT;
NDIS_STATUS NdisFOidRequest(NDIS_HANDLE NdisFilterHandle,
                            PNDIS_OID_REQUEST OidRequest) WDK_NOEXCEPT;
VOID        NdisFOidRequestComplete(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest,
                                    NDIS_STATUS Status) WDK_NOEXCEPT;
VOID        NdisFCancelOidRequest(NDIS_HANDLE NdisFilterHandle, PVOID RequestId) WDK_NOEXCEPT;
NDIS_STATUS NdisFDirectOidRequest(NDIS_HANDLE NdisFilterHandle,
                                  PNDIS_OID_REQUEST OidRequest) WDK_NOEXCEPT;
VOID        NdisFDirectOidRequestComplete(NDIS_HANDLE NdisFilterHandle,
                                          PNDIS_OID_REQUEST OidRequest,
                                          NDIS_STATUS Status) WDK_NOEXCEPT;
VOID        NdisFCancelDirectOidRequest(NDIS_HANDLE NdisFilterHandle, PVOID RequestId) WDK_NOEXCEPT;
NDIS_STATUS NdisFSynchronousOidRequest(NDIS_HANDLE NdisFilterHandle,
                                       NDIS_OID_REQUEST *OidRequest) WDK_NOEXCEPT;

VOID        NdisFIndicateStatus(NDIS_HANDLE NdisFilterHandle,
                                PNDIS_STATUS_INDICATION StatusIndication) WDK_NOEXCEPT;
NDIS_STATUS NdisFNetPnPEvent(NDIS_HANDLE NdisFilterHandle,
                             PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification) WDK_NOEXCEPT;
VOID        NdisFDevicePnPEventNotify(NDIS_HANDLE NdisFilterHandle,
                                      PNET_DEVICE_PNP_EVENT NetDevicePnPEvent) WDK_NOEXCEPT;

EXTERN_C_END
