#pragma once

// A scenario as bytes, for fuzzers: any bytes are some scenario, and every scenario has bytes.

#include <cstdint>
#include <span>
#include <vector>

#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

inline constexpr std::size_t bytes_per_step = 16;

/// Total: no input is refused. decode(encode(s)) == s.
Scenario decode(std::span<const std::uint8_t> bytes);

std::vector<std::uint8_t> encode(const Scenario& scenario);

/// A scenario by chance: mostly legal, over every verb, within `steps_max` of its own choosing.
/// Same seed, same scenario.
Scenario random_scenario(std::uint64_t seed);

}  // namespace interlock::harness
