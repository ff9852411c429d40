#pragma once

// In how many runs each block of an extension's code was run. The compiler counts only as many
// blocks as it takes to tell the others from: https://clang.llvm.org/docs/SanitizerCoverage.html

#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/edge_counters.hpp"

namespace interlock::cli {

struct CodeBlock {
    std::uint64_t begin = 0;
    std::uint64_t runs  = 0;  // At least
};

/// All blocks, ascending. One that is not counted was run whenever one was that it dominates or
/// postdominates: without passing it nobody gets there, or from there out. Without a flow: those
/// alone that are counted.
/// @param runs  of each edge of the module
std::vector<CodeBlock> code_blocks(const fuzz::ModuleCode&        code,
                                   std::span<const std::uint64_t> runs);

}  // namespace interlock::cli
