#pragma once

// Every schedule of a scenario within a bound: either all keep the rules, or one is found that does
// not.

#include <functional>

#include "fuzz/contained_stage.hpp"
#include "fuzz/minimise.hpp"

namespace interlock::fuzz {

struct Exhausted {
    enum class End : std::uint8_t {
        none_left,  // All were played.
        stopped,    // The listener wanted no more.
        found,      // A rule was broken, or a play did not come to its end.
        diverged,   // Two runs of one schedule differ: something beside it decides.
    };

    End           end       = End::stopped;
    std::uint64_t schedules = 0;  // Played to their end,
    std::uint64_t undecided = 0;  // of these without a verdict,
    std::uint64_t pruned    = 0;  // and given up where others had been.

    // Of what was found: as small as it got, and its play.
    harness::Scenario scenario;
    Play              play;
};

/// @param go_on      asked now and then.
/// @param tries_max  plays that making what is found smaller may cost.
Exhausted exhaust(ContainedStage& stage, const harness::Scenario& scenario,
                  const SearchLimits&                               limits,
                  const std::function<bool(const ScheduleSearch&)>& go_on,
                  std::uint32_t                                     tries_max = 10'000);

}  // namespace interlock::fuzz
