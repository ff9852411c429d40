#pragma once
// IRQL, spin locks, events and the other dispatcher objects. Objects have their size of 64-bit
// Windows; what is inside belongs to the runtime. Pages: managing-hardware-priorities,
// introduction-to-kernel-dispatcher-objects.

#include "list.h"

EXTERN_C_START

#define PASSIVE_LEVEL  0
#define LOW_LEVEL      0
#define APC_LEVEL      1
#define DISPATCH_LEVEL 2
#define CLOCK_LEVEL    13
#define IPI_LEVEL      14
#define POWER_LEVEL    14
#define PROFILE_LEVEL  15
#define HIGH_LEVEL     15

#define IO_NO_INCREMENT      0
#define IO_NETWORK_INCREMENT 2
#define EVENT_INCREMENT      1
#define LOW_PRIORITY         0
#define LOW_REALTIME_PRIORITY 16
#define HIGH_PRIORITY        31
#define MAXIMUM_WAIT_OBJECTS 64
#define THREAD_WAIT_OBJECTS  3
#define ALL_PROCESSOR_GROUPS 0xffff

typedef ULONG_PTR KSPIN_LOCK, *PKSPIN_LOCK;

typedef struct _KLOCK_QUEUE_HANDLE {
    struct {
        PVOID       Next;
        PKSPIN_LOCK Lock;
    } LockQueue;
    KIRQL OldIrql;
} KLOCK_QUEUE_HANDLE, *PKLOCK_QUEUE_HANDLE;

typedef enum _MODE { KernelMode, UserMode, MaximumMode } MODE;
typedef enum _EVENT_TYPE { NotificationEvent, SynchronizationEvent } EVENT_TYPE;
typedef enum _TIMER_TYPE { NotificationTimer, SynchronizationTimer } TIMER_TYPE;
typedef enum _WAIT_TYPE { WaitAll, WaitAny } WAIT_TYPE;
typedef enum _KWAIT_REASON {
    Executive, FreePage, PageIn, PoolAllocation, DelayExecution, Suspended, UserRequest,
    WrExecutive
} KWAIT_REASON;

typedef struct _DISPATCHER_HEADER {
    UCHAR      Type;
    UCHAR      Signalling;
    UCHAR      Size;
    UCHAR      Reserved1;
    LONG       SignalState;
    LIST_ENTRY WaitListHead;
} DISPATCHER_HEADER, *PDISPATCHER_HEADER;

typedef struct _KEVENT {
    DISPATCHER_HEADER Header;
} KEVENT, *PKEVENT, *PRKEVENT;

typedef struct _KSEMAPHORE {
    DISPATCHER_HEADER Header;
    LONG              Limit;
} KSEMAPHORE, *PKSEMAPHORE, *PRKSEMAPHORE;

typedef struct _KMUTANT {
    DISPATCHER_HEADER Header;
    ULONG_PTR         Reserved[4];
} KMUTANT, *PKMUTANT, *PRKMUTANT, KMUTEX, *PKMUTEX, *PRKMUTEX;

typedef struct _FAST_MUTEX {
    LONG   Count;
    PVOID  Owner;
    ULONG  Contention;
    KEVENT Event;
    ULONG  OldIrql;
} FAST_MUTEX, *PFAST_MUTEX, KGUARDED_MUTEX, *PKGUARDED_MUTEX;

typedef struct _ERESOURCE {
    LIST_ENTRY SystemResourcesList;
    ULONG_PTR  Reserved[11];
} ERESOURCE, *PERESOURCE;

typedef struct _KDPC {
    ULONG_PTR Reserved[8];
} KDPC, *PKDPC, *PRKDPC;

typedef struct _KTIMER {
    DISPATCHER_HEADER Header;
    ULONG_PTR         Reserved[5];
} KTIMER, *PKTIMER, *PRKTIMER;

typedef struct _KWAIT_BLOCK {
    ULONG_PTR Reserved[6];
} KWAIT_BLOCK, *PKWAIT_BLOCK;

typedef struct _EX_RUNDOWN_REF {
    ULONG_PTR Count;
} EX_RUNDOWN_REF, *PEX_RUNDOWN_REF;

typedef ULONG_PTR EX_PUSH_LOCK, *PEX_PUSH_LOCK;
typedef LONG EX_SPIN_LOCK, *PEX_SPIN_LOCK;
typedef struct _KTHREAD *PKTHREAD, *PRKTHREAD;
typedef struct _KPROCESS *PKPROCESS, *PRKPROCESS;

typedef VOID KDEFERRED_ROUTINE(PKDPC Dpc, PVOID DeferredContext, PVOID SystemArgument1,
                               PVOID SystemArgument2);
typedef KDEFERRED_ROUTINE *PKDEFERRED_ROUTINE;

KIRQL KeGetCurrentIrql(VOID) WDK_NOEXCEPT;
VOID  KfLowerIrql(KIRQL NewIrql) WDK_NOEXCEPT;
KIRQL KfRaiseIrql(KIRQL NewIrql) WDK_NOEXCEPT;
KIRQL KeRaiseIrqlToDpcLevel(VOID) WDK_NOEXCEPT;
#define KeRaiseIrql(irql, old) (*(old) = KfRaiseIrql(irql))
#define KeLowerIrql(irql)      KfLowerIrql(irql)

VOID    KeInitializeSpinLock(PKSPIN_LOCK SpinLock) WDK_NOEXCEPT;
KIRQL   KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID    KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql) WDK_NOEXCEPT;
VOID    KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID    KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock) WDK_NOEXCEPT;
BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock) WDK_NOEXCEPT;
VOID    KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock,
                                       PKLOCK_QUEUE_HANDLE LockHandle) WDK_NOEXCEPT;
VOID    KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle) WDK_NOEXCEPT;
VOID    KeAcquireInStackQueuedSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock,
                                                 PKLOCK_QUEUE_HANDLE LockHandle) WDK_NOEXCEPT;
VOID    KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle) WDK_NOEXCEPT;
#define KeAcquireSpinLock(lock, old) (*(old) = KeAcquireSpinLockRaiseToDpc(lock))

VOID    KeInitializeEvent(PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State) WDK_NOEXCEPT;
LONG    KeSetEvent(PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait) WDK_NOEXCEPT;
VOID    KeClearEvent(PRKEVENT Event) WDK_NOEXCEPT;
LONG    KeResetEvent(PRKEVENT Event) WDK_NOEXCEPT;
LONG    KeReadStateEvent(PRKEVENT Event) WDK_NOEXCEPT;
VOID    KeInitializeMutex(PRKMUTEX Mutex, ULONG Level) WDK_NOEXCEPT;
LONG    KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait) WDK_NOEXCEPT;
VOID    KeInitializeSemaphore(PRKSEMAPHORE Semaphore, LONG Count, LONG Limit) WDK_NOEXCEPT;
LONG    KeReleaseSemaphore(PRKSEMAPHORE Semaphore, KPRIORITY Increment, LONG Adjustment,
                           BOOLEAN Wait) WDK_NOEXCEPT;
VOID    ExInitializeFastMutex(PFAST_MUTEX FastMutex) WDK_NOEXCEPT;
VOID    ExAcquireFastMutex(PFAST_MUTEX FastMutex) WDK_NOEXCEPT;
VOID    ExReleaseFastMutex(PFAST_MUTEX FastMutex) WDK_NOEXCEPT;
BOOLEAN ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex) WDK_NOEXCEPT;

NTSTATUS KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
                               BOOLEAN Alertable, PLARGE_INTEGER Timeout) WDK_NOEXCEPT;
NTSTATUS KeWaitForMultipleObjects(ULONG Count, PVOID Object[], WAIT_TYPE WaitType,
                                  KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
                                  BOOLEAN Alertable, PLARGE_INTEGER Timeout,
                                  PKWAIT_BLOCK WaitBlockArray) WDK_NOEXCEPT;
NTSTATUS KeDelayExecutionThread(KPROCESSOR_MODE WaitMode, BOOLEAN Alertable,
                                PLARGE_INTEGER Interval) WDK_NOEXCEPT;
VOID     KeStallExecutionProcessor(ULONG MicroSeconds) WDK_NOEXCEPT;
VOID     KeEnterCriticalRegion(VOID) WDK_NOEXCEPT;
VOID     KeLeaveCriticalRegion(VOID) WDK_NOEXCEPT;
BOOLEAN  KeAreApcsDisabled(VOID) WDK_NOEXCEPT;

NTSTATUS ExInitializeResourceLite(PERESOURCE Resource) WDK_NOEXCEPT;
NTSTATUS ExDeleteResourceLite(PERESOURCE Resource) WDK_NOEXCEPT;
BOOLEAN  ExAcquireResourceExclusiveLite(PERESOURCE Resource, BOOLEAN Wait) WDK_NOEXCEPT;
BOOLEAN  ExAcquireResourceSharedLite(PERESOURCE Resource, BOOLEAN Wait) WDK_NOEXCEPT;
VOID     ExReleaseResourceLite(PERESOURCE Resource) WDK_NOEXCEPT;

VOID    ExInitializeRundownProtection(PEX_RUNDOWN_REF RunRef) WDK_NOEXCEPT;
BOOLEAN ExAcquireRundownProtection(PEX_RUNDOWN_REF RunRef) WDK_NOEXCEPT;
VOID    ExReleaseRundownProtection(PEX_RUNDOWN_REF RunRef) WDK_NOEXCEPT;
VOID    ExWaitForRundownProtectionRelease(PEX_RUNDOWN_REF RunRef) WDK_NOEXCEPT;

PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                        PKSPIN_LOCK Lock) WDK_NOEXCEPT;
PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                        PKSPIN_LOCK Lock) WDK_NOEXCEPT;
PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PKSPIN_LOCK Lock) WDK_NOEXCEPT;

EXTERN_C_END

#if DBG
#define PAGED_CODE() ((void)wdk_assert(KeGetCurrentIrql() <= APC_LEVEL, "PAGED_CODE", 0))
#else
#define PAGED_CODE() ((void)0)
#endif
#define PAGED_CODE_LOCKED() ((void)0)
