#pragma once
// Lookaside lists. Page: using-lookaside-lists.

#include "memory.h"
#include "list.h"

EXTERN_C_START

typedef PVOID ALLOCATE_FUNCTION(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
typedef VOID  FREE_FUNCTION(PVOID Buffer);
typedef ALLOCATE_FUNCTION *PALLOCATE_FUNCTION;
typedef FREE_FUNCTION     *PFREE_FUNCTION;

typedef struct DECLSPEC_ALIGN(64) _NPAGED_LOOKASIDE_LIST {
    ULONG_PTR Reserved[16];
} NPAGED_LOOKASIDE_LIST, *PNPAGED_LOOKASIDE_LIST, PAGED_LOOKASIDE_LIST, *PPAGED_LOOKASIDE_LIST;

typedef struct DECLSPEC_ALIGN(16) _LOOKASIDE_LIST_EX {
    ULONG_PTR Reserved[12];
} LOOKASIDE_LIST_EX, *PLOOKASIDE_LIST_EX;

VOID  ExInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
                                      PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag,
                                      USHORT Depth) WDK_NOEXCEPT;
VOID  ExDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside) WDK_NOEXCEPT;
PVOID ExAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside) WDK_NOEXCEPT;
VOID  ExFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry) WDK_NOEXCEPT;

VOID        InitializeSListHead(PSLIST_HEADER ListHead) WDK_NOEXCEPT;
PSLIST_ENTRY ExpInterlockedPushEntrySList(PSLIST_HEADER ListHead,
                                          PSLIST_ENTRY ListEntry) WDK_NOEXCEPT;
PSLIST_ENTRY ExpInterlockedPopEntrySList(PSLIST_HEADER ListHead) WDK_NOEXCEPT;
USHORT      ExQueryDepthSList(PSLIST_HEADER ListHead) WDK_NOEXCEPT;

EXTERN_C_END

#define ExInitializeSListHead(head)                    InitializeSListHead(head)
#define ExInterlockedPushEntrySList(head, entry, lock) ExpInterlockedPushEntrySList((head), (entry))
#define ExInterlockedPopEntrySList(head, lock)         ExpInterlockedPopEntrySList(head)
