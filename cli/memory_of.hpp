#pragma once

#include <sys/types.h>

#include <cstdint>

namespace interlock::cli {

/// Bytes of memory that a process and those that it made hold for themselves; 0 where the system
/// does not tell.
std::uint64_t memory_of(pid_t process);

}  // namespace interlock::cli
