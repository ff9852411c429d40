#pragma once

// Small changes to scenarios, for fuzzers that keep what they found and go on from there.

#include <cstdint>

#include "harness/scenario/known_devices.hpp"
#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

/// Makes one to four small changes: a step inserted, left out, repeated, moved or given another
/// field, a stretch of steps cut, or another schedule. Never forces a step. Same seed, same
/// changes. A canonical scenario stays one. Codes of the scenario's own IOCTLs are known, too.
void mutate(Scenario& scenario, std::uint64_t seed, const KnownDevices& known = {});

/// The beginning of one scenario with the end of another; settings are of `first`.
Scenario cross(const Scenario& first, const Scenario& second, std::uint64_t seed);

}  // namespace interlock::harness
