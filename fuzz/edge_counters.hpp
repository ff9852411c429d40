#pragma once

// How often each edge of an extension's code was run, as clang counts it.

#include <cstdint>
#include <span>

namespace interlock::fuzz {

/// One stretch for each module; a byte for each edge, which wraps.
using EdgeCounters = std::span<const std::span<std::uint8_t>>;

/// The counters of all extensions that were loaded into this process, if they were built with
/// -fsanitize-coverage=inline-8bit-counters.
EdgeCounters edge_counters();

/// Sets all of them to zero.
void reset_edge_counters();

/// How many edges there are.
std::uint32_t edge_count();

}  // namespace interlock::fuzz
