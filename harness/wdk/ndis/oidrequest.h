#pragma once
// The OID request. Page: ndis_oid_request (oidrequest).

#include "types.h"

EXTERN_C_START

typedef enum _NDIS_REQUEST_TYPE {
    NdisRequestQueryInformation,
    NdisRequestSetInformation,
    NdisRequestQueryStatistics,
    NdisRequestOpen,
    NdisRequestClose,
    NdisRequestSend,
    NdisRequestTransferData,
    NdisRequestReset,
    NdisRequestGeneric1,
    NdisRequestGeneric2,
    NdisRequestGeneric3,
    NdisRequestGeneric4,
    NdisRequestMethod
} NDIS_REQUEST_TYPE, *PNDIS_REQUEST_TYPE;

#define NDIS_OID_REQUEST_REVISION_1         1
#define NDIS_OID_REQUEST_REVISION_2         2
#define NDIS_OID_REQUEST_NDIS_RESERVED_SIZE 16
#define NDIS_OID_REQUEST_TIMEOUT_INFINITE   0
#define NDIS_OID_REQUEST_FLAGS_VPORT_ID_VALID 0x00000001

/// The buffer of any request type lies at the same place, and so do its lengths of a query and a
/// set; a method has an input and an output length instead.
typedef struct _NDIS_OID_REQUEST {
    NDIS_OBJECT_HEADER Header;
    NDIS_REQUEST_TYPE  RequestType;
    NDIS_PORT_NUMBER   PortNumber;
    UINT               Timeout; // In seconds.
    PVOID              RequestId;
    NDIS_HANDLE        RequestHandle;
    union _REQUEST_DATA {
        NDIS_OID Oid;
        struct _QUERY {
            NDIS_OID Oid;
            PVOID    InformationBuffer;
            UINT     InformationBufferLength;
            UINT     BytesWritten;
            UINT     BytesNeeded;
        } QUERY_INFORMATION;
        struct _SET {
            NDIS_OID Oid;
            PVOID    InformationBuffer;
            UINT     InformationBufferLength;
            UINT     BytesRead;
            UINT     BytesNeeded;
        } SET_INFORMATION;
        struct _METHOD {
            NDIS_OID Oid;
            PVOID    InformationBuffer;
            ULONG    InputBufferLength;
            ULONG    OutputBufferLength;
            ULONG    MethodId;
            UINT     BytesWritten;
            UINT     BytesRead;
            UINT     BytesNeeded;
        } METHOD_INFORMATION;
    } DATA;
    UCHAR  NdisReserved[NDIS_OID_REQUEST_NDIS_RESERVED_SIZE * sizeof(PVOID)];
    UCHAR  MiniportReserved[2 * sizeof(PVOID)];
    UCHAR  SourceReserved[2 * sizeof(PVOID)];
    UCHAR  SupportedRevision;
    UCHAR  Reserved1;
    USHORT Reserved2;
#if NDIS_SUPPORT_NDIS650
    ULONG SwitchId;
    ULONG VPortId;
    ULONG Flags;
#endif
} NDIS_OID_REQUEST, *PNDIS_OID_REQUEST;

#define NDIS_SIZEOF_OID_REQUEST_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_OID_REQUEST, Reserved2)
#if NDIS_SUPPORT_NDIS650
#define NDIS_SIZEOF_OID_REQUEST_REVISION_2 RTL_SIZEOF_THROUGH_FIELD(NDIS_OID_REQUEST, Flags)
#endif

EXTERN_C_END
