#pragma once
// The handlers of a filter driver, and the table in which it registers them.
// Pages: filter_attach and its neighbours, ndis_filter_driver_characteristics (ndis).

#include "filter.h"

EXTERN_C_START

typedef NDIS_STATUS SET_OPTIONS(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext);
typedef SET_OPTIONS FILTER_SET_OPTIONS, PROTOCOL_SET_OPTIONS, MINIPORT_SET_OPTIONS;
typedef NDIS_STATUS FILTER_SET_MODULE_OPTIONS(NDIS_HANDLE FilterModuleContext);
typedef NDIS_STATUS FILTER_ATTACH(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                                  PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters);
typedef VOID        FILTER_DETACH(NDIS_HANDLE FilterModuleContext);
typedef NDIS_STATUS FILTER_RESTART(NDIS_HANDLE FilterModuleContext,
                                   PNDIS_FILTER_RESTART_PARAMETERS RestartParameters);
typedef NDIS_STATUS FILTER_PAUSE(NDIS_HANDLE FilterModuleContext,
                                 PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters);
typedef VOID        FILTER_SEND_NET_BUFFER_LISTS(NDIS_HANDLE FilterModuleContext,
                                                 PNET_BUFFER_LIST NetBufferList,
                                                 NDIS_PORT_NUMBER PortNumber, ULONG SendFlags);
typedef VOID        FILTER_SEND_NET_BUFFER_LISTS_COMPLETE(NDIS_HANDLE FilterModuleContext,
                                                          PNET_BUFFER_LIST NetBufferList,
                                                          ULONG SendCompleteFlags);
typedef VOID        FILTER_CANCEL_SEND_NET_BUFFER_LISTS(NDIS_HANDLE FilterModuleContext,
                                                        PVOID CancelId);
typedef VOID        FILTER_RECEIVE_NET_BUFFER_LISTS(NDIS_HANDLE FilterModuleContext,
                                                    PNET_BUFFER_LIST NetBufferLists,
                                                    NDIS_PORT_NUMBER PortNumber,
                                                    ULONG NumberOfNetBufferLists,
                                                    ULONG ReceiveFlags);
typedef VOID        FILTER_RETURN_NET_BUFFER_LISTS(NDIS_HANDLE FilterModuleContext,
                                                   PNET_BUFFER_LIST NetBufferLists,
                                                   ULONG ReturnFlags);
typedef NDIS_STATUS FILTER_OID_REQUEST(NDIS_HANDLE FilterModuleContext,
                                       PNDIS_OID_REQUEST OidRequest);
typedef VOID        FILTER_OID_REQUEST_COMPLETE(NDIS_HANDLE FilterModuleContext,
                                                PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
typedef VOID        FILTER_CANCEL_OID_REQUEST(NDIS_HANDLE FilterModuleContext, PVOID RequestId);
typedef VOID        FILTER_DEVICE_PNP_EVENT_NOTIFY(NDIS_HANDLE FilterModuleContext,
                                                   PNET_DEVICE_PNP_EVENT NetDevicePnPEvent);
typedef NDIS_STATUS FILTER_NET_PNP_EVENT(NDIS_HANDLE FilterModuleContext,
                                         PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification);
typedef VOID        FILTER_STATUS(NDIS_HANDLE FilterModuleContext,
                                  PNDIS_STATUS_INDICATION StatusIndication);
typedef NDIS_STATUS FILTER_DIRECT_OID_REQUEST(NDIS_HANDLE FilterModuleContext,
                                              PNDIS_OID_REQUEST OidRequest);
typedef VOID        FILTER_DIRECT_OID_REQUEST_COMPLETE(NDIS_HANDLE FilterModuleContext,
                                                       PNDIS_OID_REQUEST OidRequest,
                                                       NDIS_STATUS Status);
typedef VOID        FILTER_CANCEL_DIRECT_OID_REQUEST(NDIS_HANDLE FilterModuleContext,
                                                     PVOID RequestId);
typedef NDIS_STATUS FILTER_SYNCHRONOUS_OID_REQUEST(NDIS_HANDLE FilterModuleContext,
                                                   NDIS_OID_REQUEST *OidRequest,
                                                   PVOID *CallContext);
typedef VOID        FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE(NDIS_HANDLE FilterModuleContext,
                                                            NDIS_OID_REQUEST *OidRequest,
                                                            NDIS_STATUS *Status,
                                                            PVOID CallContext);

typedef SET_OPTIONS                           *SET_OPTIONS_HANDLER;
typedef FILTER_SET_MODULE_OPTIONS             *FILTER_SET_FILTER_MODULE_OPTIONS_HANDLER;
typedef FILTER_ATTACH                         *FILTER_ATTACH_HANDLER;
typedef FILTER_DETACH                         *FILTER_DETACH_HANDLER;
typedef FILTER_RESTART                        *FILTER_RESTART_HANDLER;
typedef FILTER_PAUSE                          *FILTER_PAUSE_HANDLER;
typedef FILTER_SEND_NET_BUFFER_LISTS          *FILTER_SEND_NET_BUFFER_LISTS_HANDLER;
typedef FILTER_SEND_NET_BUFFER_LISTS_COMPLETE *FILTER_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER;
typedef FILTER_CANCEL_SEND_NET_BUFFER_LISTS   *FILTER_CANCEL_SEND_HANDLER;
typedef FILTER_RECEIVE_NET_BUFFER_LISTS       *FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER;
typedef FILTER_RETURN_NET_BUFFER_LISTS        *FILTER_RETURN_NET_BUFFER_LISTS_HANDLER;
typedef FILTER_OID_REQUEST                    *FILTER_OID_REQUEST_HANDLER;
typedef FILTER_OID_REQUEST_COMPLETE           *FILTER_OID_REQUEST_COMPLETE_HANDLER;
typedef FILTER_CANCEL_OID_REQUEST             *FILTER_CANCEL_OID_REQUEST_HANDLER;
typedef FILTER_DEVICE_PNP_EVENT_NOTIFY        *FILTER_DEVICE_PNP_EVENT_NOTIFY_HANDLER;
typedef FILTER_NET_PNP_EVENT                  *FILTER_NET_PNP_EVENT_HANDLER;
typedef FILTER_STATUS                         *FILTER_STATUS_HANDLER;
typedef FILTER_DIRECT_OID_REQUEST             *FILTER_DIRECT_OID_REQUEST_HANDLER;
typedef FILTER_DIRECT_OID_REQUEST_COMPLETE    *FILTER_DIRECT_OID_REQUEST_COMPLETE_HANDLER;
typedef FILTER_CANCEL_DIRECT_OID_REQUEST      *FILTER_CANCEL_DIRECT_OID_REQUEST_HANDLER;
typedef FILTER_SYNCHRONOUS_OID_REQUEST        *FILTER_SYNCHRONOUS_OID_REQUEST_HANDLER;
typedef FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE *FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE_HANDLER;

typedef struct _NDIS_FILTER_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER                            Header;
    UCHAR                                         MajorNdisVersion;
    UCHAR                                         MinorNdisVersion;
    UCHAR                                         MajorDriverVersion;
    UCHAR                                         MinorDriverVersion;
    ULONG                                         Flags;
    NDIS_STRING                                   FriendlyName;
    NDIS_STRING                                   UniqueName;
    NDIS_STRING                                   ServiceName;
    SET_OPTIONS_HANDLER                           SetOptionsHandler;
    FILTER_SET_FILTER_MODULE_OPTIONS_HANDLER      SetFilterModuleOptionsHandler;
    FILTER_ATTACH_HANDLER                         AttachHandler;
    FILTER_DETACH_HANDLER                         DetachHandler;
    FILTER_RESTART_HANDLER                        RestartHandler;
    FILTER_PAUSE_HANDLER                          PauseHandler;
    FILTER_SEND_NET_BUFFER_LISTS_HANDLER          SendNetBufferListsHandler;
    FILTER_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER SendNetBufferListsCompleteHandler;
    FILTER_CANCEL_SEND_HANDLER                    CancelSendNetBufferListsHandler;
    FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER       ReceiveNetBufferListsHandler;
    FILTER_RETURN_NET_BUFFER_LISTS_HANDLER        ReturnNetBufferListsHandler;
    FILTER_OID_REQUEST_HANDLER                    OidRequestHandler;
    FILTER_OID_REQUEST_COMPLETE_HANDLER           OidRequestCompleteHandler;
    FILTER_CANCEL_OID_REQUEST_HANDLER             CancelOidRequestHandler;
    FILTER_DEVICE_PNP_EVENT_NOTIFY_HANDLER        DevicePnPEventNotifyHandler;
    FILTER_NET_PNP_EVENT_HANDLER                  NetPnPEventHandler;
    FILTER_STATUS_HANDLER                         StatusHandler;
#if NDIS_SUPPORT_NDIS61
    FILTER_DIRECT_OID_REQUEST_HANDLER             DirectOidRequestHandler;
    FILTER_DIRECT_OID_REQUEST_COMPLETE_HANDLER    DirectOidRequestCompleteHandler;
    FILTER_CANCEL_DIRECT_OID_REQUEST_HANDLER      CancelDirectOidRequestHandler;
#endif
#if NDIS_SUPPORT_NDIS680
    FILTER_SYNCHRONOUS_OID_REQUEST_HANDLER          SynchronousOidRequestHandler;
    FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE_HANDLER SynchronousOidRequestCompleteHandler;
#endif
} NDIS_FILTER_DRIVER_CHARACTERISTICS, *PNDIS_FILTER_DRIVER_CHARACTERISTICS;

#define NDIS_FILTER_CHARACTERISTICS_REVISION_1 1
#define NDIS_FILTER_CHARACTERISTICS_REVISION_2 2
#define NDIS_FILTER_CHARACTERISTICS_REVISION_3 3
#define NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_DRIVER_CHARACTERISTICS, StatusHandler)
#define NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_DRIVER_CHARACTERISTICS, CancelDirectOidRequestHandler)
#define NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_3                   \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_DRIVER_CHARACTERISTICS,               \
                             SynchronousOidRequestCompleteHandler)

typedef struct _NDIS_FILTER_PARTIAL_CHARACTERISTICS {
    NDIS_OBJECT_HEADER                            Header;
    ULONG                                         Flags;
    FILTER_SEND_NET_BUFFER_LISTS_HANDLER          SendNetBufferListsHandler;
    FILTER_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER SendNetBufferListsCompleteHandler;
    FILTER_CANCEL_SEND_HANDLER                    CancelSendNetBufferListsHandler;
    FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER       ReceiveNetBufferListsHandler;
    FILTER_RETURN_NET_BUFFER_LISTS_HANDLER        ReturnNetBufferListsHandler;
} NDIS_FILTER_PARTIAL_CHARACTERISTICS, *PNDIS_FILTER_PARTIAL_CHARACTERISTICS;
#define NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1 1

EXTERN_C_END
