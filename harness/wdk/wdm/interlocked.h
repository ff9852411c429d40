#pragma once
// Interlocked operations, all sequentially consistent. Sources pass LONG, ULONG, UINT16 and
// plain pointers alike, so the cast stands in the macro, and the width is that of the name.
// interlock_atomic_point() is a hook of ours before each operation; it is empty unless the build
// of an extension defines it. Pages: interlockedincrement (wdm), InterlockedCompareExchange16.

#include "types.h"

#ifndef interlock_atomic_point
#define interlock_atomic_point() ((void)0)
#endif

#define wdk_at(type, address) ((volatile type *)(volatile void *)(address))
#define wdk_atomic(builtin, type, address, value)       \
    (interlock_atomic_point(),                          \
     (type)builtin(wdk_at(type, address), (type)(value), __ATOMIC_SEQ_CST))

#define InterlockedIncrement(a)        wdk_atomic(__atomic_add_fetch, LONG, a, 1)
#define InterlockedDecrement(a)        wdk_atomic(__atomic_sub_fetch, LONG, a, 1)
#define InterlockedAdd(a, v)           wdk_atomic(__atomic_add_fetch, LONG, a, v)
#define InterlockedExchange(a, v)      wdk_atomic(__atomic_exchange_n, LONG, a, v)
#define InterlockedExchangeAdd(a, v)   wdk_atomic(__atomic_fetch_add, LONG, a, v)
#define InterlockedAnd(a, v)           wdk_atomic(__atomic_fetch_and, LONG, a, v)
#define InterlockedOr(a, v)            wdk_atomic(__atomic_fetch_or, LONG, a, v)
#define InterlockedXor(a, v)           wdk_atomic(__atomic_fetch_xor, LONG, a, v)
#define InterlockedCompareExchange(a, exchange, comparand) \
    wdk_compare_exchange(LONG, a, exchange, comparand)

#define InterlockedIncrement64(a)      wdk_atomic(__atomic_add_fetch, LONG64, a, 1)
#define InterlockedDecrement64(a)      wdk_atomic(__atomic_sub_fetch, LONG64, a, 1)
#define InterlockedAdd64(a, v)         wdk_atomic(__atomic_add_fetch, LONG64, a, v)
#define InterlockedExchange64(a, v)    wdk_atomic(__atomic_exchange_n, LONG64, a, v)
#define InterlockedExchangeAdd64(a, v) wdk_atomic(__atomic_fetch_add, LONG64, a, v)
#define InterlockedAnd64(a, v)         wdk_atomic(__atomic_fetch_and, LONG64, a, v)
#define InterlockedOr64(a, v)          wdk_atomic(__atomic_fetch_or, LONG64, a, v)
#define InterlockedXor64(a, v)         wdk_atomic(__atomic_fetch_xor, LONG64, a, v)
#define InterlockedCompareExchange64(a, exchange, comparand) \
    wdk_compare_exchange(LONG64, a, exchange, comparand)

#define InterlockedIncrement16(a)      wdk_atomic(__atomic_add_fetch, SHORT, a, 1)
#define InterlockedDecrement16(a)      wdk_atomic(__atomic_sub_fetch, SHORT, a, 1)
#define InterlockedExchange16(a, v)    wdk_atomic(__atomic_exchange_n, SHORT, a, v)
#define InterlockedOr16(a, v)          wdk_atomic(__atomic_fetch_or, SHORT, a, v)
#define InterlockedAnd16(a, v)         wdk_atomic(__atomic_fetch_and, SHORT, a, v)
#define InterlockedCompareExchange16(a, exchange, comparand) \
    wdk_compare_exchange(SHORT, a, exchange, comparand)

#define InterlockedExchange8(a, v)     wdk_atomic(__atomic_exchange_n, CHAR, a, v)
#define InterlockedOr8(a, v)           wdk_atomic(__atomic_fetch_or, CHAR, a, v)
#define InterlockedAnd8(a, v)          wdk_atomic(__atomic_fetch_and, CHAR, a, v)

#define InterlockedExchangePointer(a, v) wdk_atomic(__atomic_exchange_n, PVOID, a, v)
#define InterlockedCompareExchangePointer(a, exchange, comparand) \
    wdk_compare_exchange(PVOID, a, exchange, comparand)

#define InterlockedBitTestAndSet(a, bit) \
    ((UCHAR)((InterlockedOr(a, 1u << (bit)) >> (bit)) & 1))
#define InterlockedBitTestAndReset(a, bit) \
    ((UCHAR)((InterlockedAnd(a, ~(1u << (bit))) >> (bit)) & 1))

// Acquire and release forms are no weaker here.
#define InterlockedIncrementAcquire(a)  InterlockedIncrement(a)
#define InterlockedIncrementRelease(a)  InterlockedIncrement(a)
#define InterlockedIncrementNoFence(a)  InterlockedIncrement(a)
#define InterlockedDecrementAcquire(a)  InterlockedDecrement(a)
#define InterlockedDecrementRelease(a)  InterlockedDecrement(a)
#define InterlockedDecrementNoFence(a)  InterlockedDecrement(a)
#define InterlockedExchangeAcquire(a, v) InterlockedExchange(a, v)
#define InterlockedExchangeNoFence(a, v) InterlockedExchange(a, v)
#define InterlockedCompareExchangeAcquire(a, e, c) InterlockedCompareExchange(a, e, c)
#define InterlockedCompareExchangeRelease(a, e, c) InterlockedCompareExchange(a, e, c)
#define InterlockedCompareExchangeNoFence(a, e, c) InterlockedCompareExchange(a, e, c)

/// Gives back what was at `address` before, as the documented functions do.
#define wdk_compare_exchange(type, address, exchange, comparand)                                \
    (interlock_atomic_point(),                                                                  \
     __extension__({                                                                            \
         type wdk_before = (type)(comparand);                                                   \
         __atomic_compare_exchange_n(wdk_at(type, address), &wdk_before, (type)(exchange), 0,   \
                                     __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);                       \
         wdk_before;                                                                            \
     }))

#define KeMemoryBarrier()               __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define KeMemoryBarrierWithoutFence()   __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define MemoryBarrier()                 __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define _ReadWriteBarrier()             __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define _ReadBarrier()                  __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define _WriteBarrier()                 __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define YieldProcessor()                __builtin_ia32_pause()

#define wdk_load(type, address, order)         ((type)__atomic_load_n(wdk_at(type, address), order))
#define wdk_store(type, address, value, order) \
    __atomic_store_n(wdk_at(type, address), (type)(value), order)

#define ReadAcquire(a)            wdk_load(LONG, a, __ATOMIC_ACQUIRE)
#define ReadNoFence(a)            wdk_load(LONG, a, __ATOMIC_RELAXED)
#define ReadULongAcquire(a)       wdk_load(ULONG, a, __ATOMIC_ACQUIRE)
#define ReadULongNoFence(a)       wdk_load(ULONG, a, __ATOMIC_RELAXED)
#define ReadPointerAcquire(a)     wdk_load(PVOID, a, __ATOMIC_ACQUIRE)
#define ReadPointerNoFence(a)     wdk_load(PVOID, a, __ATOMIC_RELAXED)
#define WriteRelease(a, v)        wdk_store(LONG, a, v, __ATOMIC_RELEASE)
#define WriteNoFence(a, v)        wdk_store(LONG, a, v, __ATOMIC_RELAXED)
#define WriteULongRelease(a, v)   wdk_store(ULONG, a, v, __ATOMIC_RELEASE)
#define WriteULongNoFence(a, v)   wdk_store(ULONG, a, v, __ATOMIC_RELAXED)
#define WritePointerRelease(a, v) wdk_store(PVOID, a, v, __ATOMIC_RELEASE)
#define WritePointerNoFence(a, v) wdk_store(PVOID, a, v, __ATOMIC_RELAXED)
