#pragma once
// A filter driver and its handlers. Handlers are function types, so that FILTER_ATTACH MyAttach;
// declares a function. Pages: ndis_filter_driver_characteristics, ndis_filter_attach_parameters,
// filter_attach and its neighbours (ndis).

#include "indication.h"
#include "nbl.h"
#include "oidrequest.h"

EXTERN_C_START

typedef struct _NDIS_RESTART_ATTRIBUTES {
    struct _NDIS_RESTART_ATTRIBUTES *Next;
    NDIS_OID                         Oid;
    ULONG                            DataLength;
    DECLSPEC_ALIGN(16) UCHAR         Data[1];
} NDIS_RESTART_ATTRIBUTES, *PNDIS_RESTART_ATTRIBUTES;

typedef struct _NDIS_RESTART_GENERAL_ATTRIBUTES {
    NDIS_OBJECT_HEADER     Header;
    ULONG                  MtuSize;
    ULONG64                MaxXmitLinkSpeed;
    ULONG64                MaxRcvLinkSpeed;
    ULONG                  LookaheadSize;
    ULONG                  MacOptions;
    ULONG                  SupportedPacketFilters;
    ULONG                  MaxMulticastListSize;
    struct _NDIS_RECEIVE_SCALE_CAPABILITIES *RecvScaleCapabilities;
    NET_IF_ACCESS_TYPE     AccessType;
    ULONG                  Flags;
    NET_IF_CONNECTION_TYPE ConnectionType;
    ULONG                  SupportedStatistics;
    ULONG                  DataBackFillSize;
    ULONG                  ContextBackFillSize;
    PNDIS_OID              SupportedOidList;
    ULONG                  SupportedOidListLength;
    ULONG                  MaxLookaheadSizeAccessed;
} NDIS_RESTART_GENERAL_ATTRIBUTES, *PNDIS_RESTART_GENERAL_ATTRIBUTES;

typedef struct _NDIS_FILTER_ATTACH_PARAMETERS {
    NDIS_OBJECT_HEADER         Header;
    NET_IFINDEX                IfIndex;
    NET_LUID                   NetLuid;
    PNDIS_STRING               FilterModuleGuidName;
    NET_IFINDEX                BaseMiniportIfIndex;
    PNDIS_STRING               BaseMiniportInstanceName;
    PNDIS_STRING               BaseMiniportName;
    NDIS_MEDIA_CONNECT_STATE   MediaConnectState;
    NET_IF_MEDIA_DUPLEX_STATE  MediaDuplexState;
    ULONG64                    XmitLinkSpeed;
    ULONG64                    RcvLinkSpeed;
    NDIS_MEDIUM                MiniportMediaType;
    NDIS_PHYSICAL_MEDIUM       MiniportPhysicalMediaType;
    NDIS_HANDLE                MiniportMediaSpecificAttributes;
    struct _NDIS_OFFLOAD      *DefaultOffloadConfiguration;
    USHORT                     MacAddressLength;
    UCHAR                      CurrentMacAddress[NDIS_MAX_PHYS_ADDRESS_LENGTH];
    NET_LUID                   BaseMiniportNetLuid;
    NET_IFINDEX                LowerIfIndex;
    NET_LUID                   LowerIfNetLuid;
    ULONG                      Flags;
#if NDIS_SUPPORT_NDIS61
    struct _NDIS_HD_SPLIT_CURRENT_CONFIG *HDSplitCurrentConfig;
#endif
#if NDIS_SUPPORT_NDIS620
    struct _NDIS_RECEIVE_FILTER_CAPABILITIES *ReceiveFilterCapabilities;
    PDEVICE_OBJECT                            MiniportPhysicalDeviceObject;
    struct _NDIS_NIC_SWITCH_CAPABILITIES     *NicSwitchCapabilities;
#endif
#if NDIS_SUPPORT_NDIS630
    BOOLEAN                            BaseMiniportIfConnectorPresent;
    struct _NDIS_SRIOV_CAPABILITIES   *SriovCapabilities;
    struct _NDIS_NIC_SWITCH_INFO_ARRAY *NicSwitchArray;
#endif
} NDIS_FILTER_ATTACH_PARAMETERS, *PNDIS_FILTER_ATTACH_PARAMETERS;

#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_1 1
#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_2 2
#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_3 3
#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_4 4
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_ATTACH_PARAMETERS, Flags)
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_2 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_ATTACH_PARAMETERS, HDSplitCurrentConfig)
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_3 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_ATTACH_PARAMETERS, NicSwitchCapabilities)
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_4 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_ATTACH_PARAMETERS, NicSwitchArray)

typedef struct _NDIS_FILTER_PAUSE_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG              Flags;
    ULONG              PauseReason;
} NDIS_FILTER_PAUSE_PARAMETERS, *PNDIS_FILTER_PAUSE_PARAMETERS;

#define NDIS_FILTER_PAUSE_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_PAUSE_PARAMETERS, PauseReason)
#define NDIS_PAUSE_NDIS_INTERNAL      0x00000001
#define NDIS_PAUSE_LOW_POWER          0x00000002
#define NDIS_PAUSE_BIND_PROTOCOL      0x00000004
#define NDIS_PAUSE_UNBIND_PROTOCOL    0x00000008
#define NDIS_PAUSE_ATTACH_FILTER      0x00000010
#define NDIS_PAUSE_DETACH_FILTER      0x00000020
#define NDIS_PAUSE_FILTER_RESTART_STACK 0x00000040
#define NDIS_PAUSE_MINIPORT_DEVICE_REMOVE 0x00000080

typedef struct _NDIS_FILTER_RESTART_PARAMETERS {
    NDIS_OBJECT_HEADER       Header;
    NDIS_MEDIUM              MiniportMediaType;
    NDIS_PHYSICAL_MEDIUM     MiniportPhysicalMediaType;
    PNDIS_RESTART_ATTRIBUTES RestartAttributes;
    NET_IFINDEX              LowerIfIndex;
    NET_LUID                 LowerIfNetLuid;
    ULONG                    Flags;
} NDIS_FILTER_RESTART_PARAMETERS, *PNDIS_FILTER_RESTART_PARAMETERS;

#define NDIS_FILTER_RESTART_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_FILTER_RESTART_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_RESTART_PARAMETERS, Flags)

typedef struct _NDIS_FILTER_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    ULONG              Flags;
} NDIS_FILTER_ATTRIBUTES, *PNDIS_FILTER_ATTRIBUTES;

#define NDIS_FILTER_ATTRIBUTES_REVISION_1 1
#define NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_ATTRIBUTES, Flags)

/// Only static analysis reads it.
#define NDIS_DECLARE_FILTER_MODULE_CONTEXT(type)
#define NDIS_DECLARE_FILTER_DRIVER_CONTEXT(type)

EXTERN_C_END
