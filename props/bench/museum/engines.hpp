#pragma once

// The engines that are compared: what each plays, and when it has detected a flaw.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "props/bench/museum/exhibit.hpp"

namespace interlock::props::museum {

/// What one engine took with one seed.
struct Trial {
    bool          detected   = false;
    std::uint64_t executions = 0;  // Up to the first detection, or all.
    double        seconds    = 0;  // Without opening the stage, where the engine is ours.
};

/// @pre the extension loads
using Engine = Trial (*)(const Exhibit& exhibit, std::uint64_t seed, std::uint64_t executions_max);

struct EngineRow {
    std::string_view name;  // "pct"
    std::string_view says;  // What it is, in a sentence
    Engine           engine;
};

/// All but those that are programs of their own: outside.hpp.
const std::vector<EngineRow>& own_engines();

/// How often, in this many random plays, the call was reached in which the flaw sits, the play went
/// otherwise than with the good twin, and a rule was broken; and how often by the good twin.
struct Canaries {
    std::uint64_t plays = 0, reached = 0, triggered = 0, detected = 0, by_the_twin = 0;
};
Canaries canaries(const Exhibit& exhibit, std::uint64_t plays);

}  // namespace interlock::props::museum
