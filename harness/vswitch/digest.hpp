#pragma once

// A short number for many bytes, by which the judge sees whether they were changed.

#include <cstddef>
#include <cstdint>

namespace interlock::harness {

/// A longer one, that does not leave the switch. @param seed  the sum of what comes before them.
std::uint64_t sum_of(const void* data, std::size_t bytes, std::uint64_t seed = 0);

/// Of `bytes` bytes, mixed with `seed`. Equal bytes give equal numbers, in every run and build;
/// never 0, which says that none was taken.
std::uint32_t digest_of(const void* data, std::size_t bytes, std::uint32_t seed = 0);

}  // namespace interlock::harness
