#pragma once
// Clocks, timers, deferred calls and processors. Times are in units of 100 ns; a negative due time
// is relative. Pages: kequerysystemtime, kesettimer, keinitializedpc (wdm).

#include "sync.h"

EXTERN_C_START

VOID          KeQuerySystemTimePrecise(PLARGE_INTEGER CurrentTime) WDK_NOEXCEPT;
VOID          KeQuerySystemTime(PLARGE_INTEGER CurrentTime) WDK_NOEXCEPT;
VOID          KeQueryTickCount(PLARGE_INTEGER CurrentCount) WDK_NOEXCEPT;
ULONG         KeQueryTimeIncrement(VOID) WDK_NOEXCEPT;
ULONGLONG     KeQueryInterruptTime(VOID) WDK_NOEXCEPT;
LARGE_INTEGER KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency) WDK_NOEXCEPT;
VOID          ExSystemTimeToLocalTime(PLARGE_INTEGER SystemTime,
                                      PLARGE_INTEGER LocalTime) WDK_NOEXCEPT;

VOID    KeInitializeTimer(PKTIMER Timer) WDK_NOEXCEPT;
VOID    KeInitializeTimerEx(PKTIMER Timer, TIMER_TYPE Type) WDK_NOEXCEPT;
BOOLEAN KeSetTimer(PKTIMER Timer, LARGE_INTEGER DueTime, PKDPC Dpc) WDK_NOEXCEPT;
BOOLEAN KeSetTimerEx(PKTIMER Timer, LARGE_INTEGER DueTime, LONG Period, PKDPC Dpc) WDK_NOEXCEPT;
BOOLEAN KeCancelTimer(PKTIMER Timer) WDK_NOEXCEPT;
BOOLEAN KeReadStateTimer(PKTIMER Timer) WDK_NOEXCEPT;
VOID    KeInitializeDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine,
                        PVOID DeferredContext) WDK_NOEXCEPT;
BOOLEAN KeInsertQueueDpc(PRKDPC Dpc, PVOID SystemArgument1, PVOID SystemArgument2) WDK_NOEXCEPT;
BOOLEAN KeRemoveQueueDpc(PRKDPC Dpc) WDK_NOEXCEPT;
VOID    KeFlushQueuedDpcs(VOID) WDK_NOEXCEPT;

ULONG    KeGetCurrentProcessorNumberEx(PPROCESSOR_NUMBER ProcNumber) WDK_NOEXCEPT;
ULONG    KeQueryActiveProcessorCountEx(USHORT GroupNumber) WDK_NOEXCEPT;
ULONG    KeQueryMaximumProcessorCountEx(USHORT GroupNumber) WDK_NOEXCEPT;
USHORT   KeQueryActiveGroupCount(VOID) WDK_NOEXCEPT;
USHORT   KeQueryMaximumGroupCount(VOID) WDK_NOEXCEPT;
ULONG    KeQueryActiveProcessorCount(PKAFFINITY ActiveProcessors) WDK_NOEXCEPT;
ULONG    KeGetProcessorIndexFromNumber(PPROCESSOR_NUMBER ProcNumber) WDK_NOEXCEPT;
NTSTATUS KeGetProcessorNumberFromIndex(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNumber) WDK_NOEXCEPT;

EXTERN_C_END

#define KeGetCurrentProcessorNumber()  ((ULONG)KeGetCurrentProcessorNumberEx(0))
#define KeGetCurrentProcessorIndex()   ((ULONG)KeGetCurrentProcessorNumberEx(0))
