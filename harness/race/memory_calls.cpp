// What an extension that was compiled with TRACE_MEMORY calls at each access to memory that is not
// plainly its own: the functions that clang's -fsanitize=thread calls, as ours. Plain accesses are
// told and then made by the extension itself; interlocked ones and copies are made here.
// Where Interlock itself is built with the thread sanitizer, that has these functions.

#include <cstdint>
#include <cstring>

#include "harness/race/races.hpp"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define INTERLOCK_HAS_THREAD_SANITIZER
#endif
#endif

#ifndef INTERLOCK_HAS_THREAD_SANITIZER

using namespace interlock::harness;

namespace {

constexpr AccessKind reads{}, writes{.writes = true, .reads = false};

constexpr AccessKind marked(AccessKind kind, Marked how) {
    kind.marked = how;
    return kind;
}

constexpr AccessKind wide(AccessKind kind) {
    kind.wide = true;
    return kind;
}

constexpr AccessKind exchanges{.marked = Marked::interlocked, .writes = true};

inline void tell(const volatile void* memory, std::size_t bytes, AccessKind kind,
                 const void* code) {
    if (memory_watch != nullptr) [[unlikely]]
        memory_watch->access(const_cast<const void*>(memory), bytes, kind, code);
}

}  // namespace

// The compiler has a function for each width, and for each way of marking.
// clang-format off
#define CODE __builtin_return_address(0)

#define ACCESS(name, bytes, kind)              \
    void __tsan_##name##bytes(void* at) {      \
        tell(at, bytes, kind, CODE);           \
    }

#define ACCESSES(bytes)                                                      \
    ACCESS(read, bytes, bytes > 8 ? wide(reads) : reads)                     \
    ACCESS(write, bytes, bytes > 8 ? wide(writes) : writes)                  \
    ACCESS(unaligned_read, bytes, wide(reads))                               \
    ACCESS(unaligned_write, bytes, wide(writes))                             \
    ACCESS(volatile_read, bytes, marked(reads, Marked::volatile_))           \
    ACCESS(volatile_write, bytes, marked(writes, Marked::volatile_))         \
    ACCESS(unaligned_volatile_read, bytes, wide(reads))                      \
    ACCESS(unaligned_volatile_write, bytes, wide(writes))

#define WORD(bits) std::uint##bits##_t

#define CHANGE(bits, name, builtin)                                                       \
    WORD(bits) __tsan_atomic##bits##_##name(volatile WORD(bits)* at, WORD(bits) value, int) { \
        tell(at, sizeof *at, exchanges, CODE);                                            \
        return builtin(at, value, __ATOMIC_SEQ_CST);                                      \
    }

#define COMPARE_EXCHANGE(bits, how)                                                       \
    int __tsan_atomic##bits##_compare_exchange_##how(                                     \
        volatile WORD(bits)* at, WORD(bits)* expected, WORD(bits) value, int, int) {      \
        tell(at, sizeof *at, exchanges, CODE);                                            \
        return __atomic_compare_exchange_n(at, expected, value, false, __ATOMIC_SEQ_CST,  \
                                           __ATOMIC_SEQ_CST);                             \
    }

#define ATOMICS(bits)                                                                     \
    WORD(bits) __tsan_atomic##bits##_load(const volatile WORD(bits)* at, int) {           \
        tell(at, sizeof *at, marked(reads, Marked::interlocked), CODE);                   \
        return __atomic_load_n(at, __ATOMIC_SEQ_CST);                                     \
    }                                                                                     \
    void __tsan_atomic##bits##_store(volatile WORD(bits)* at, WORD(bits) value, int) {    \
        tell(at, sizeof *at, marked(writes, Marked::interlocked), CODE);                  \
        __atomic_store_n(at, value, __ATOMIC_SEQ_CST);                                    \
    }                                                                                     \
    CHANGE(bits, exchange, __atomic_exchange_n)                                           \
    CHANGE(bits, fetch_add, __atomic_fetch_add)                                           \
    CHANGE(bits, fetch_sub, __atomic_fetch_sub)                                           \
    CHANGE(bits, fetch_and, __atomic_fetch_and)                                           \
    CHANGE(bits, fetch_or, __atomic_fetch_or)                                             \
    CHANGE(bits, fetch_xor, __atomic_fetch_xor)                                           \
    CHANGE(bits, fetch_nand, __atomic_fetch_nand)                                         \
    COMPARE_EXCHANGE(bits, strong)                                                        \
    COMPARE_EXCHANGE(bits, weak)                                                          \
    WORD(bits) __tsan_atomic##bits##_compare_exchange_val(                                \
        volatile WORD(bits)* at, WORD(bits) expected, WORD(bits) value, int, int) {       \
        tell(at, sizeof *at, exchanges, CODE);                                            \
        __atomic_compare_exchange_n(at, &expected, value, false, __ATOMIC_SEQ_CST,        \
                                    __ATOMIC_SEQ_CST);                                    \
        return expected;                                                                  \
    }
// clang-format on

extern "C" {

void __tsan_init() {}

ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)
ATOMICS(8)
ATOMICS(16)
ATOMICS(32)
ATOMICS(64)

void __tsan_atomic_thread_fence(int) {
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
void __tsan_atomic_signal_fence(int) {}

void __tsan_vptr_read(void** at) {
    tell(at, sizeof *at, reads, CODE);
}
void __tsan_vptr_update(void** at, void*) {
    tell(at, sizeof *at, writes, CODE);
}
void __tsan_read_range(void* at, unsigned long bytes) {
    tell(at, bytes, wide(reads), CODE);
}
void __tsan_write_range(void* at, unsigned long bytes) {
    tell(at, bytes, wide(writes), CODE);
}

void* __tsan_memcpy(void* to, const void* from, std::size_t bytes) {
    tell(from, bytes, wide(reads), CODE);
    tell(to, bytes, wide(writes), CODE);
    return std::memcpy(to, from, bytes);
}
void* __tsan_memmove(void* to, const void* from, std::size_t bytes) {
    tell(from, bytes, wide(reads), CODE);
    tell(to, bytes, wide(writes), CODE);
    return std::memmove(to, from, bytes);
}
void* __tsan_memset(void* to, int value, std::size_t bytes) {
    tell(to, bytes, wide(writes), CODE);
    return std::memset(to, value, bytes);
}

}  // extern "C"

#endif
