#pragma once

// Several switches, the same offered loads, and how much each of them forwards.

#include <chrono>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/extensions.hpp"

namespace interlock::cli {

struct MeasuringOptions {
    std::vector<std::string>  switches;    // "own", "judged", "bridge", "ovs"
    Extensions                extensions;  // Of our own.
    std::vector<double>       loads       = {10'000, 50'000, 100'000, 200'000};  // Frames a second.
    double                    lives_per_s = 5;
    std::size_t               rounds      = 5;
    std::chrono::milliseconds time{500};  // Of one trial.
};

/// Offers every load to every switch, without other ports and with some that come and go, round
/// after round, and tells the medians.
Exit run_measurement(const MeasuringOptions& options);

}  // namespace interlock::cli
