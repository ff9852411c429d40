#pragma once
// Pools of packets, packets, clones and the data in them. Pages: nblapi, mdlapi.

#include "flags.h"
#include "nbl.h"

EXTERN_C_START

typedef struct _NET_BUFFER_LIST_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    UCHAR              ProtocolId;
    BOOLEAN            fAllocateNetBuffer;
    USHORT             ContextSize;
    ULONG              PoolTag;
    ULONG              DataSize;
    ULONG              Flags;
} NET_BUFFER_LIST_POOL_PARAMETERS, *PNET_BUFFER_LIST_POOL_PARAMETERS;
#define NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NET_BUFFER_LIST_POOL_PARAMETERS, DataSize)

typedef struct _NET_BUFFER_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG              PoolTag;
    ULONG              DataSize;
    ULONG              Flags;
} NET_BUFFER_POOL_PARAMETERS, *PNET_BUFFER_POOL_PARAMETERS;
#define NET_BUFFER_POOL_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1 \
    RTL_SIZEOF_THROUGH_FIELD(NET_BUFFER_POOL_PARAMETERS, DataSize)

#define NDIS_PROTOCOL_ID_DEFAULT 0x00
#define NDIS_PROTOCOL_ID_TCP_IP  0x02
#define NDIS_PROTOCOL_ID_IPX     0x06
#define NDIS_PROTOCOL_ID_NBF     0x07
#define NDIS_PROTOCOL_ID_MAX     0x0f
#define NDIS_PROTOCOL_ID_MASK    0x0f

typedef PMDL NET_BUFFER_ALLOCATE_MDL_HANDLER_TYPE(PULONG BufferSize);
typedef VOID NET_BUFFER_FREE_MDL_HANDLER_TYPE(PMDL Mdl);
typedef NET_BUFFER_ALLOCATE_MDL_HANDLER_TYPE NET_BUFFER_ALLOCATE_MDL,
    *NET_BUFFER_ALLOCATE_MDL_HANDLER;
typedef NET_BUFFER_FREE_MDL_HANDLER_TYPE NET_BUFFER_FREE_MDL, *NET_BUFFER_FREE_MDL_HANDLER;

NDIS_HANDLE NdisAllocateNetBufferListPool(
    NDIS_HANDLE NdisHandle, PNET_BUFFER_LIST_POOL_PARAMETERS Parameters) WDK_NOEXCEPT;
VOID        NdisFreeNetBufferListPool(NDIS_HANDLE PoolHandle) WDK_NOEXCEPT;
NDIS_HANDLE NdisAllocateNetBufferPool(NDIS_HANDLE NdisHandle,
                                      PNET_BUFFER_POOL_PARAMETERS Parameters) WDK_NOEXCEPT;
VOID        NdisFreeNetBufferPool(NDIS_HANDLE PoolHandle) WDK_NOEXCEPT;
NDIS_HANDLE NdisGetPoolFromNetBufferList(PNET_BUFFER_LIST NetBufferList) WDK_NOEXCEPT;
NDIS_HANDLE NdisGetPoolFromNetBuffer(PNET_BUFFER NetBuffer) WDK_NOEXCEPT;

PNET_BUFFER_LIST NdisAllocateNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize,
                                           USHORT ContextBackFill) WDK_NOEXCEPT;
PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize,
                                                       USHORT ContextBackFill, PMDL MdlChain,
                                                       ULONG DataOffset,
                                                       SIZE_T DataLength) WDK_NOEXCEPT;
VOID             NdisFreeNetBufferList(PNET_BUFFER_LIST NetBufferList) WDK_NOEXCEPT;
PNET_BUFFER      NdisAllocateNetBuffer(NDIS_HANDLE PoolHandle, PMDL MdlChain, ULONG DataOffset,
                                       SIZE_T DataLength) WDK_NOEXCEPT;
PNET_BUFFER      NdisAllocateNetBufferMdlAndData(NDIS_HANDLE PoolHandle) WDK_NOEXCEPT;
VOID             NdisFreeNetBuffer(PNET_BUFFER NetBuffer) WDK_NOEXCEPT;
NDIS_STATUS      NdisAllocateNetBufferListContext(PNET_BUFFER_LIST NetBufferList,
                                                  USHORT ContextSize, USHORT ContextBackFill,
                                                  ULONG PoolTag) WDK_NOEXCEPT;
VOID             NdisFreeNetBufferListContext(PNET_BUFFER_LIST NetBufferList,
                                              USHORT ContextSize) WDK_NOEXCEPT;

PNET_BUFFER_LIST NdisAllocateCloneNetBufferList(PNET_BUFFER_LIST OriginalNetBufferList,
                                                NDIS_HANDLE NetBufferListPoolHandle,
                                                NDIS_HANDLE NetBufferPoolHandle,
                                                ULONG AllocateCloneFlags) WDK_NOEXCEPT;
VOID             NdisFreeCloneNetBufferList(PNET_BUFFER_LIST CloneNetBufferList,
                                            ULONG FreeCloneFlags) WDK_NOEXCEPT;
PNET_BUFFER_LIST NdisAllocateFragmentNetBufferList(PNET_BUFFER_LIST OriginalNetBufferList,
                                                   NDIS_HANDLE NetBufferListPoolHandle,
                                                   NDIS_HANDLE NetBufferPoolHandle,
                                                   ULONG StartOffset, ULONG MaximumLength,
                                                   ULONG DataOffsetDelta, ULONG DataBackFill,
                                                   ULONG AllocateFragmentFlags) WDK_NOEXCEPT;
VOID             NdisFreeFragmentNetBufferList(PNET_BUFFER_LIST FragmentNetBufferList,
                                               ULONG DataOffsetDelta,
                                               ULONG FreeFragmentFlags) WDK_NOEXCEPT;
PNET_BUFFER_LIST NdisAllocateReassembledNetBufferList(
    PNET_BUFFER_LIST FragmentNetBufferList, NDIS_HANDLE NetBufferAndNetBufferListPoolHandle,
    ULONG StartOffset, ULONG DataOffsetDelta, ULONG DataBackFill,
    ULONG AllocateReassembleFlags) WDK_NOEXCEPT;
VOID             NdisFreeReassembledNetBufferList(PNET_BUFFER_LIST ReassembledNetBufferList,
                                                  ULONG DataOffsetDelta,
                                                  ULONG FreeReassembleFlags) WDK_NOEXCEPT;
VOID NdisCopySendNetBufferListInfo(PNET_BUFFER_LIST DestNetBufferList,
                                   PNET_BUFFER_LIST SrcNetBufferList) WDK_NOEXCEPT;
VOID NdisCopyReceiveNetBufferListInfo(PNET_BUFFER_LIST DestNetBufferList,
                                      PNET_BUFFER_LIST SrcNetBufferList) WDK_NOEXCEPT;

/// NULL when the bytes are not contiguous and no Storage is given, or when a page cannot be mapped.
PVOID       NdisGetDataBuffer(PNET_BUFFER NetBuffer, ULONG BytesNeeded, PVOID Storage,
                              UINT AlignMultiple, UINT AlignOffset) WDK_NOEXCEPT;
NDIS_STATUS NdisRetreatNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG DataOffsetDelta,
                                          ULONG DataBackFill,
                                          NET_BUFFER_ALLOCATE_MDL_HANDLER AllocateMdlHandler)
    WDK_NOEXCEPT;
VOID        NdisAdvanceNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG DataOffsetDelta,
                                          BOOLEAN FreeMdl,
                                          NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler)
    WDK_NOEXCEPT;
NDIS_STATUS NdisRetreatNetBufferListDataStart(PNET_BUFFER_LIST NetBufferList, ULONG DataOffsetDelta,
                                              ULONG DataBackFill,
                                              NET_BUFFER_ALLOCATE_MDL_HANDLER AllocateMdlHandler,
                                              NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler)
    WDK_NOEXCEPT;
VOID        NdisAdvanceNetBufferListDataStart(PNET_BUFFER_LIST NetBufferList, ULONG DataOffsetDelta,
                                              BOOLEAN FreeMdl,
                                              NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler)
    WDK_NOEXCEPT;
NDIS_STATUS NdisCopyFromNetBufferToNetBuffer(PNET_BUFFER Destination, ULONG DestinationOffset,
                                             ULONG BytesToCopy, PNET_BUFFER Source,
                                             ULONG SourceOffset, PULONG BytesCopied) WDK_NOEXCEPT;

PMDL NdisAllocateMdl(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, ULONG Length) WDK_NOEXCEPT;
VOID NdisFreeMdl(PMDL Mdl) WDK_NOEXCEPT;

EXTERN_C_END

#define NDIS_MDL_LINKAGE(mdl) ((mdl)->Next)
#define NdisQueryMdl(mdl, address, length, priority)                                            \
    do {                                                                                        \
        if ((address) != 0)                                                                     \
            *(PVOID *)(address) = MmGetSystemAddressForMdlSafe((mdl), (priority));              \
        *(length) = MmGetMdlByteCount(mdl);                                                     \
    } while (0)
#define NdisQueryMdlOffset(mdl, offset, length) \
    (*(offset) = MmGetMdlByteOffset(mdl), *(length) = MmGetMdlByteCount(mdl))
#define NdisGetNextMdl(mdl, next) (*(next) = (mdl)->Next)
#define NdisAdjustMdlLength(mdl, length) ((mdl)->ByteCount = (length))
