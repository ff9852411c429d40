#pragma once

// How often each edge of an extension's code was run, as clang counts it.

#include <cstdint>
#include <span>
#include <vector>

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

/// Adds one for each edge that was run since they were reset. Async-signal-safe.
/// @param runs  of the edges in their order; those beyond its end are not told of.
void add_edge_runs(std::span<std::uint64_t> runs);

/// What clang says of a module's code, in offsets from where the module is loaded.
struct ModuleCode {
    std::vector<std::uint64_t> edges;  // Where the block begins that an edge's counter counts.

    /// Of each block of the code, whether counted or not: its begin, those that come after it, 0.
    /// Empty if it was built without -fsanitize-coverage=control-flow.
    std::vector<std::uint64_t> flow;
};

/// Of the modules whose edges are counted, in their order.
std::vector<ModuleCode> module_codes();

}  // namespace interlock::fuzz
