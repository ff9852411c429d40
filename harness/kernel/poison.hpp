#pragma once

// Tells the address sanitizer, where there is one, which memory nobody may touch.

#include <cstddef>

#include "harness/kernel/sanitizers.hpp"

namespace interlock::harness {

/// Whether there is one.
inline bool poisons_memory() {
    return __asan_poison_memory_region != nullptr;
}

inline void poison_memory(const void* at, std::size_t bytes) {
    if (__asan_poison_memory_region) __asan_poison_memory_region(at, bytes);
}

inline void unpoison_memory(const void* at, std::size_t bytes) {
    if (__asan_unpoison_memory_region) __asan_unpoison_memory_region(at, bytes);
}

}  // namespace interlock::harness
