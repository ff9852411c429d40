#pragma once

// Small changes to scenarios, for fuzzers that keep what they found and go on from there.

#include <cstdint>

#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

/// Makes one to four small changes: a step inserted, left out, repeated, moved or given another
/// field, a stretch of steps cut, or another schedule. Never forces a step. Same seed, same
/// changes. A canonical scenario stays one.
void mutate(Scenario& scenario, std::uint64_t seed);

/// The beginning of one scenario with the end of another; settings are of `first`.
Scenario cross(const Scenario& first, const Scenario& second, std::uint64_t seed);

}  // namespace interlock::harness
