#pragma once
// NET_BUFFER and NET_BUFFER_LIST, with the layout of 64-bit Windows, and their accessors.
// Pages: net_buffer_list, net_buffer (nbl), nblaccessors.

#include "nblinfo.h"

EXTERN_C_START

typedef struct _NET_BUFFER      NET_BUFFER, *PNET_BUFFER;
typedef struct _NET_BUFFER_LIST NET_BUFFER_LIST, *PNET_BUFFER_LIST;
typedef struct _NET_BUFFER_LIST_CONTEXT NET_BUFFER_LIST_CONTEXT, *PNET_BUFFER_LIST_CONTEXT;

typedef union _NET_BUFFER_DATA_LENGTH {
    ULONG  DataLength;
    SIZE_T stDataLength;
} NET_BUFFER_DATA_LENGTH, *PNET_BUFFER_DATA_LENGTH;

typedef struct _NET_BUFFER_DATA {
    PNET_BUFFER            Next;
    PMDL                   CurrentMdl;
    ULONG                  CurrentMdlOffset;
    NET_BUFFER_DATA_LENGTH NbDataLength;
    PMDL                   MdlChain;
    ULONG                  DataOffset;
} NET_BUFFER_DATA, *PNET_BUFFER_DATA;

typedef union _NET_BUFFER_HEADER {
    NET_BUFFER_DATA NetBufferData;
    SLIST_HEADER    Link;
} NET_BUFFER_HEADER, *PNET_BUFFER_HEADER;

typedef struct _NET_BUFFER_SHARED_MEMORY {
    struct _NET_BUFFER_SHARED_MEMORY *NextSharedMemorySegment;
    ULONG                             SharedMemoryFlags;
    NDIS_HANDLE                       SharedMemoryHandle;
    ULONG                             SharedMemoryOffset;
    ULONG                             SharedMemoryLength;
} NET_BUFFER_SHARED_MEMORY, *PNET_BUFFER_SHARED_MEMORY;

struct DECLSPEC_ALIGN(16) _NET_BUFFER {
    union {
        struct {
            PNET_BUFFER Next;
            PMDL        CurrentMdl;
            ULONG       CurrentMdlOffset;
            union {
                ULONG  DataLength;
                SIZE_T stDataLength;
            };
            PMDL  MdlChain;
            ULONG DataOffset;
        };
        SLIST_HEADER      Link;
        NET_BUFFER_HEADER NetBufferHeader;
    };
    USHORT                   ChecksumBias;
    USHORT                   Reserved;
    NDIS_HANDLE              NdisPoolHandle;
    DECLSPEC_ALIGN(16) PVOID NdisReserved[2];
    DECLSPEC_ALIGN(16) PVOID ProtocolReserved[6];
    DECLSPEC_ALIGN(16) PVOID MiniportReserved[4];
    NDIS_PHYSICAL_ADDRESS    DataPhysicalAddress;
    union {
        PNET_BUFFER_SHARED_MEMORY    SharedMemoryInfo;
        struct _SCATTER_GATHER_LIST *ScatterGatherList;
    };
};

typedef struct _NET_BUFFER_LIST_DATA {
    PNET_BUFFER_LIST Next;
    PNET_BUFFER      FirstNetBuffer;
} NET_BUFFER_LIST_DATA, *PNET_BUFFER_LIST_DATA;

typedef union _NET_BUFFER_LIST_HEADER {
    NET_BUFFER_LIST_DATA NetBufferListData;
    SLIST_HEADER         Link;
} NET_BUFFER_LIST_HEADER, *PNET_BUFFER_LIST_HEADER;

struct DECLSPEC_ALIGN(16) _NET_BUFFER_LIST_CONTEXT {
    PNET_BUFFER_LIST_CONTEXT Next;
    USHORT                   Size;
    USHORT                   Offset;
    DECLSPEC_ALIGN(16) UCHAR ContextData[];
};

struct DECLSPEC_ALIGN(16) _NET_BUFFER_LIST {
    union {
        struct {
            PNET_BUFFER_LIST Next;
            PNET_BUFFER      FirstNetBuffer;
        };
        SLIST_HEADER           Link;
        NET_BUFFER_LIST_HEADER NetBufferListHeader;
    };
    PNET_BUFFER_LIST_CONTEXT Context;
    PNET_BUFFER_LIST         ParentNetBufferList;
    NDIS_HANDLE              NdisPoolHandle;
    DECLSPEC_ALIGN(16) PVOID NdisReserved[2];
    DECLSPEC_ALIGN(16) PVOID ProtocolReserved[4];
    DECLSPEC_ALIGN(16) PVOID MiniportReserved[2];
    PVOID                    Scratch;
    NDIS_HANDLE              SourceHandle;
    ULONG                    NblFlags;
    LONG                     ChildRefCount;
    ULONG                    Flags;
    union {
        NDIS_STATUS Status;
        ULONG       NdisReserved2;
    };
    PVOID NetBufferListInfo[MaxNetBufferListInfo];
};

#define NDIS_NBL_FLAGS_SEND_READ_ONLY 0x00000001
#define NDIS_NBL_FLAGS_RECV_READ_ONLY 0x00000002
#define NBL_FLAGS_MINIPORT_RESERVED 0x0000f000
#define NBL_FLAGS_SCRATCH           0x000f0000
#define NBL_FLAGS_PROTOCOL_RESERVED 0xfff00000
#define NDIS_NBL_FLAGS_HD_SPLIT          0x00000100
#define NDIS_NBL_FLAGS_IS_IPV4           0x00000200
#define NDIS_NBL_FLAGS_IS_IPV6           0x00000400
#define NDIS_NBL_FLAGS_IS_TCP            0x00000800
#define NDIS_NBL_FLAGS_IS_UDP            0x00001000
#define NDIS_NBL_FLAGS_IS_LOOPBACK_PACKET 0x00008000

EXTERN_C_END

#define NET_BUFFER_LIST_NEXT_NBL(nbl)    ((nbl)->Next)
#define NET_BUFFER_LIST_FIRST_NB(nbl)    ((nbl)->FirstNetBuffer)
#define NET_BUFFER_LIST_FLAGS(nbl)       ((nbl)->Flags)
#define NET_BUFFER_LIST_NBL_FLAGS(nbl)   ((nbl)->NblFlags)
#define NET_BUFFER_LIST_STATUS(nbl)      ((nbl)->Status)
#define NET_BUFFER_LIST_INFO(nbl, id)    ((nbl)->NetBufferListInfo[(id)])
#define NET_BUFFER_LIST_PROTOCOL_RESERVED(nbl) ((nbl)->ProtocolReserved)
#define NET_BUFFER_LIST_MINIPORT_RESERVED(nbl) ((nbl)->MiniportReserved)
#define NET_BUFFER_LIST_CONTEXT_DATA_START(nbl) \
    ((PUCHAR)(((nbl)->Context) + 1) + (nbl)->Context->Offset)
#define NET_BUFFER_LIST_CONTEXT_DATA_SIZE(nbl) ((nbl)->Context->Size)

#define NET_BUFFER_NEXT_NB(nb)            ((nb)->Next)
#define NET_BUFFER_FIRST_MDL(nb)          ((nb)->MdlChain)
#define NET_BUFFER_DATA_LENGTH(nb)        ((nb)->DataLength)
#define NET_BUFFER_DATA_OFFSET(nb)        ((nb)->DataOffset)
#define NET_BUFFER_CURRENT_MDL(nb)        ((nb)->CurrentMdl)
#define NET_BUFFER_CURRENT_MDL_OFFSET(nb) ((nb)->CurrentMdlOffset)
#define NET_BUFFER_CHECKSUM_BIAS(nb)      ((nb)->ChecksumBias)
#define NET_BUFFER_PROTOCOL_RESERVED(nb)  ((nb)->ProtocolReserved)
#define NET_BUFFER_MINIPORT_RESERVED(nb)  ((nb)->MiniportReserved)
#define NET_BUFFER_DATA_PHYSICAL_ADDRESS(nb) ((nb)->DataPhysicalAddress)

#define NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(nbl) \
    ((nbl)->NetBufferListInfo[NetBufferListCancelId])
#define NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(nbl, id) \
    ((nbl)->NetBufferListInfo[NetBufferListCancelId] = (id))
#define NDIS_TEST_NBL_FLAG(nbl, flag)  (((nbl)->NblFlags & (flag)) != 0)
#define NDIS_SET_NBL_FLAG(nbl, flag)   ((nbl)->NblFlags |= (flag))
#define NDIS_CLEAR_NBL_FLAG(nbl, flag) ((nbl)->NblFlags &= ~(flag))
#define NBL_TEST_FLAG(nbl, flag)       (((nbl)->Flags & (flag)) != 0)
#define NBL_SET_FLAG(nbl, flag)        ((nbl)->Flags |= (flag))
#define NBL_CLEAR_FLAG(nbl, flag)      ((nbl)->Flags &= ~(flag))
