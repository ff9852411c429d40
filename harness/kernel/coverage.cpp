#include "harness/kernel/coverage.hpp"

#include <algorithm>

// An instrumented module tells a fuzzer of its counters. Weak, because libFuzzer has functions of
// these names; where there is no fuzzer, Image finds the counters by their section.
extern "C" {
[[gnu::weak]] void __sanitizer_cov_8bit_counters_init(char*, char*) {}
[[gnu::weak]] void __sanitizer_cov_pcs_init(const std::uintptr_t*, const std::uintptr_t*) {}
[[gnu::weak]] void __sanitizer_cov_cfs_init(const std::uintptr_t*, const std::uintptr_t*) {}
}

namespace interlock::harness {

void Coverage::watch(std::span<std::uint8_t> more) {
    counters.push_back(more);
    seen.resize(seen.size() + more.size());
}

void Coverage::collect() {
    std::size_t edge = 0;
    for (const std::span<std::uint8_t> module : counters) {
        for (const std::uint8_t count : module) {
            if (count != 0 && !seen[edge]) {
                seen[edge] = true;
                ++hit;
            }
            ++edge;
        }
    }
}

void Coverage::clear() {
    for (const auto module : counters)
        std::ranges::fill(module, std::uint8_t{0});
    seen.assign(seen.size(), false);
    hit = 0;
}

}  // namespace interlock::harness
