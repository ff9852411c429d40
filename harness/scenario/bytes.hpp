#pragma once

// A scenario as bytes, for fuzzers: any bytes are some scenario, and every scenario has bytes.

#include <cstdint>
#include <span>
#include <vector>

#include "harness/scenario/known_devices.hpp"
#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

inline constexpr std::size_t  bytes_per_step = 16;
inline constexpr std::uint8_t bytes_mark     = 0xB1;  // First byte of what `encode` writes.

/// Total: no input is refused, whatever its first byte. decode(encode(s)) == canonical(s); see
/// grammar.hpp. A header of 16 bytes, then 16 bytes a step, and behind one that has data 16 more
/// for each 14 of these; a flipped bit changes one field of one step, and small ports are more
/// common than large ones.
Scenario decode(std::span<const std::uint8_t> bytes);

std::vector<std::uint8_t> encode(const Scenario& scenario);

/// How many of these bytes are of that step.
std::size_t bytes_of(const Step& step);

/// A scenario by chance: mostly legal, never forced, over every verb, within `steps_max` of its
/// own choosing; over those for devices only where some are known. Same seed, same scenario.
Scenario random_scenario(std::uint64_t seed, const KnownDevices& known = {});

}  // namespace interlock::harness
