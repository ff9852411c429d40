#pragma once
// Locks, events and sleeping. Members are as documented; the runtime keeps its own state beside
// the objects or in them. Pages: ndisacquirespinlock, ndisallocaterwlock, ndisinitializeevent,
// ndismsleep (ndis).

#include "types.h"

EXTERN_C_START

typedef struct _NDIS_SPIN_LOCK {
    KSPIN_LOCK SpinLock;
    KIRQL      OldIrql;
} NDIS_SPIN_LOCK, *PNDIS_SPIN_LOCK;

typedef struct _LOCK_STATE {
    USHORT LockState;
    KIRQL  OldIrql;
} LOCK_STATE, *PLOCK_STATE;

typedef struct _LOCK_STATE_EX {
    KIRQL OldIrql;
    UCHAR LockState;
    UCHAR Flags;
} LOCK_STATE_EX, *PLOCK_STATE_EX;

typedef struct _NDIS_RW_LOCK_EX NDIS_RW_LOCK_EX, *PNDIS_RW_LOCK_EX; // Never complete here.

#define NDIS_RWL_AT_DISPATCH_LEVEL 0x01

typedef struct _NDIS_EVENT {
    KEVENT Event;
} NDIS_EVENT, *PNDIS_EVENT;

VOID NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;

PNDIS_RW_LOCK_EX NdisAllocateRWLock(NDIS_HANDLE NdisHandle) WDK_NOEXCEPT;
VOID             NdisFreeRWLock(PNDIS_RW_LOCK_EX Lock) WDK_NOEXCEPT;
VOID             NdisAcquireRWLockRead(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState,
                                       UCHAR Flags) WDK_NOEXCEPT;
VOID             NdisAcquireRWLockWrite(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState,
                                        UCHAR Flags) WDK_NOEXCEPT;
VOID             NdisReleaseRWLock(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState) WDK_NOEXCEPT;

VOID    NdisInitializeEvent(PNDIS_EVENT Event) WDK_NOEXCEPT;
VOID    NdisSetEvent(PNDIS_EVENT Event) WDK_NOEXCEPT;
VOID    NdisResetEvent(PNDIS_EVENT Event) WDK_NOEXCEPT;
/// FALSE after `MsToWait` milliseconds without a signal; 0 waits for ever.
BOOLEAN NdisWaitEvent(PNDIS_EVENT Event, UINT MsToWait) WDK_NOEXCEPT;
VOID    NdisMSleep(ULONG MicrosecondsToSleep) WDK_NOEXCEPT;

PLIST_ENTRY NdisInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                          PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;
PLIST_ENTRY NdisInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                          PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;
PLIST_ENTRY NdisInterlockedRemoveHeadList(PLIST_ENTRY ListHead,
                                          PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID        NdisInterlockedAddUlong(PULONG Addend, ULONG Increment,
                                    PNDIS_SPIN_LOCK SpinLock) WDK_NOEXCEPT;

EXTERN_C_END

#define NdisInterlockedIncrement(addend)             InterlockedIncrement(addend)
#define NdisInterlockedDecrement(addend)             InterlockedDecrement(addend)
#define NdisInterlockedAddLargeStatistic(at, value)  ((void)InterlockedAdd64((at), (value)))
#define NdisStallExecution(microseconds)             KeStallExecutionProcessor(microseconds)
