#pragma once
// Memory descriptor lists: the buffers of a packet. Page: using-mdls.

#include "memory.h"

#define PAGE_SIZE  0x1000
#define PAGE_SHIFT 12
#define PAGE_MASK  (PAGE_SIZE - 1)
#define BYTE_OFFSET(address) ((ULONG)((ULONG_PTR)(address) & (PAGE_SIZE - 1)))
#define PAGE_ALIGN(address)  ((PVOID)((ULONG_PTR)(address) & ~(ULONG_PTR)(PAGE_SIZE - 1)))
#define BYTES_TO_PAGES(size) (((size) >> PAGE_SHIFT) + (((size) & (PAGE_SIZE - 1)) != 0))
#define ROUND_TO_PAGES(size) (((ULONG_PTR)(size) + PAGE_SIZE - 1) & ~(ULONG_PTR)(PAGE_SIZE - 1))
#define ADDRESS_AND_SIZE_TO_SPAN_PAGES(address, size) \
    ((ULONG)((BYTE_OFFSET(address) + (SIZE_T)(size) + (PAGE_SIZE - 1)) >> PAGE_SHIFT))

#define MDL_MAPPED_TO_SYSTEM_VA     0x0001
#define MDL_PAGES_LOCKED            0x0002
#define MDL_SOURCE_IS_NONPAGED_POOL 0x0004
#define MDL_ALLOCATED_FIXED_SIZE    0x0008
#define MDL_PARTIAL                 0x0010
#define MDL_PARTIAL_HAS_BEEN_MAPPED 0x0020
#define MDL_IO_PAGE_READ            0x0040
#define MDL_WRITE_OPERATION         0x0080
#define MDL_LOCKED_PAGE_TABLES      0x0100
#define MDL_FREE_EXTRA_PTES         0x0200
#define MDL_IO_SPACE                0x0800
#define MDL_NETWORK_HEADER          0x1000
#define MDL_MAPPING_CAN_FAIL        0x2000

EXTERN_C_START

typedef struct _IRP *PIRP;

typedef struct _MDL {
    struct _MDL *Next;
    CSHORT       Size;
    CSHORT       MdlFlags;
    USHORT       AllocationProcessorNumber;
    USHORT       Reserved;
    PVOID        Process;
    PVOID        MappedSystemVa;
    PVOID        StartVa;
    ULONG        ByteCount;
    ULONG        ByteOffset;
} MDL, *PMDL, *PMDLX;

typedef enum _MM_PAGE_PRIORITY {
    LowPagePriority    = 0,
    NormalPagePriority = 16,
    HighPagePriority   = 32
} MM_PAGE_PRIORITY;
#define MdlMappingNoWrite   0x80000000u
#define MdlMappingNoExecute 0x40000000u

typedef enum _MEMORY_CACHING_TYPE {
    MmNonCached = 0, MmCached = 1, MmWriteCombined = 2
} MEMORY_CACHING_TYPE;
typedef enum _LOCK_OPERATION { IoReadAccess, IoWriteAccess, IoModifyAccess } LOCK_OPERATION;

/// NULL when the mapping fails; a caller must expect that.
PVOID MmGetSystemAddressForMdlSafe(PMDL Mdl, ULONG Priority) WDK_NOEXCEPT;
VOID  MmBuildMdlForNonPagedPool(PMDL Mdl) WDK_NOEXCEPT;
VOID  MmProbeAndLockPages(PMDL Mdl, KPROCESSOR_MODE AccessMode,
                          LOCK_OPERATION Operation) WDK_NOEXCEPT;
VOID  MmUnlockPages(PMDL Mdl) WDK_NOEXCEPT;
PVOID MmMapLockedPagesSpecifyCache(PMDL Mdl, KPROCESSOR_MODE AccessMode,
                                   MEMORY_CACHING_TYPE CacheType, PVOID RequestedAddress,
                                   ULONG BugCheckOnFailure, ULONG Priority) WDK_NOEXCEPT;
VOID  MmUnmapLockedPages(PVOID BaseAddress, PMDL Mdl) WDK_NOEXCEPT;
SIZE_T MmSizeOfMdl(PVOID Base, SIZE_T Length) WDK_NOEXCEPT;
PMDL  IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN SecondaryBuffer,
                    BOOLEAN ChargeQuota, PIRP Irp) WDK_NOEXCEPT;
VOID  IoFreeMdl(PMDL Mdl) WDK_NOEXCEPT;
VOID  IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress,
                        ULONG Length) WDK_NOEXCEPT;
VOID  ProbeForRead(const volatile VOID *Address, SIZE_T Length, ULONG Alignment) WDK_NOEXCEPT;
VOID  ProbeForWrite(volatile VOID *Address, SIZE_T Length, ULONG Alignment) WDK_NOEXCEPT;

EXTERN_C_END

#define MmGetMdlByteCount(mdl)      ((mdl)->ByteCount)
#define MmGetMdlByteOffset(mdl)     ((mdl)->ByteOffset)
#define MmGetMdlVirtualAddress(mdl) ((PVOID)((PCHAR)((mdl)->StartVa) + (mdl)->ByteOffset))
#define MmGetMdlBaseVa(mdl)         ((mdl)->StartVa)
#define MmInitializeMdl(mdl, base, bytes)                                               \
    ((mdl)->Next = 0, (mdl)->Size = (CSHORT)MmSizeOfMdl((base), (bytes)), (mdl)->MdlFlags = 0, \
     (mdl)->StartVa = PAGE_ALIGN(base), (mdl)->ByteOffset = BYTE_OFFSET(base),          \
     (mdl)->ByteCount = (ULONG)(bytes))
