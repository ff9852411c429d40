#pragma once

#include <cstdint>

namespace interlock::harness {

// SplitMix64 (Steele, Lea, Flood 2014): one word of state, every seed is as good as another.
class SplitMix {
public:
    explicit SplitMix(std::uint64_t seed) : state(seed) {}

    std::uint64_t word() {
        state += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = state;
        mixed               = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed               = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// @pre count > 0
    std::uint32_t below(std::uint32_t count) {
        return static_cast<std::uint32_t>(((word() >> 32) * count) >> 32);
    }

private:
    std::uint64_t state;
};

}  // namespace interlock::harness
