#pragma once

// Numbers by chance: the same on every machine, in every version.

#include "harness/sched/split_mix.hpp"

namespace interlock::harness {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : words(seed) {}

    std::uint64_t next() {
        return words.word();
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
    SplitMix words;
};

}  // namespace interlock::harness
