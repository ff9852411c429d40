#include "fuzz/edge_counters.hpp"

#include <algorithm>
#include <vector>

namespace {

/// The compiler's callback has no other way to leave them.
std::vector<std::span<std::uint8_t>>& all_counters() {
    static std::vector<std::span<std::uint8_t>> counters;
    return counters;
}

}  // namespace

// Called by each extension as it is loaded. https://clang.llvm.org/docs/SanitizerCoverage.html
extern "C" void __sanitizer_cov_8bit_counters_init(std::uint8_t* begin, std::uint8_t* end) {
    if (begin != end) all_counters().emplace_back(begin, end);
}

extern "C" void __sanitizer_cov_pcs_init(const std::uintptr_t* /*begin*/,
                                         const std::uintptr_t* /*end*/) {}

namespace interlock::fuzz {

EdgeCounters edge_counters() {
    return all_counters();
}

void reset_edge_counters() {
    for (const auto counters : all_counters())
        std::ranges::fill(counters, std::uint8_t{0});
}

std::uint32_t edge_count() {
    std::size_t count = 0;
    for (const auto counters : all_counters())
        count += counters.size();
    return static_cast<std::uint32_t>(count);
}

}  // namespace interlock::fuzz
