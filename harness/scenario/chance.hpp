#pragma once

// Numbers by chance: the same on every machine, in every version. The generator is SplitMix64
// (Steele, Lea and Flood, 2014).

#include <cstdint>

namespace interlock::harness {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : state(seed) {}

    std::uint64_t next() {
        state += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = state;
        mixed               = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed               = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// @pre count > 0
    std::uint32_t below(std::uint64_t count) {
        return static_cast<std::uint32_t>(next() % count);
    }

    std::uint32_t between(std::uint32_t min, std::uint32_t max) {
        return min + below(std::uint64_t{max} - min + 1);
    }

    bool percent(std::uint32_t how_often) {
        return below(100) < how_often;
    }

private:
    std::uint64_t state;
};

}  // namespace interlock::harness
