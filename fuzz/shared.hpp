#pragma once

// A value in memory that stays common to a process and those that it forks.

#include <sys/mman.h>

#include <new>

#include "harness/check.hpp"

namespace interlock::fuzz {

/// Owns one T. Pages of it that nobody touches cost nothing, if T's constructor leaves them alone.
template <class T>
class Shared {
public:
    Shared() {
        void* const mapped = mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE,
                                  MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        harness::check(mapped != MAP_FAILED, "no memory to share");
        value = new (mapped) T;
    }
    ~Shared() {
        munmap(value, sizeof(T));
    }
    Shared(const Shared&)            = delete;
    Shared& operator=(const Shared&) = delete;

    T& operator*() const {
        return *value;
    }
    T* operator->() const {
        return value;
    }

private:
    T* value;
};

}  // namespace interlock::fuzz
