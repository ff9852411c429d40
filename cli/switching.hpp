#pragma once

// The live switch from the command line: opened, watched, judged, told of.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/extensions.hpp"
#include "cli/judging.hpp"
#include "cli/output.hpp"
#include "harness/live/live_scheduler.hpp"

namespace interlock::cli {

/// What has a thread of its own.
enum class SwitchThreads : std::uint8_t {
    off,    // Nothing.
    wires,  // The system calls of each port with a descriptor.
    all,    // These, and each task: code of extensions runs on several at once.
};

struct SwitchingOptions {
    std::vector<std::string>           ports;  // As harness::parse_port_spec reads them.
    Extensions                         extensions;
    Judging                            judging;
    Output                             output;
    std::chrono::milliseconds          time{0};   // 0: until it is told to stop.
    std::chrono::milliseconds          stats{0};  // Between two tables; 0: one, at the end.
    std::optional<std::uint64_t>       seed;
    std::optional<harness::LivePolicy> policy;  // Else as the churn wants it.
    double                             churn_per_s = 0;
    std::string                        script;
    bool                               judged  = true;
    SwitchThreads                      threads = SwitchThreads::off;
};

/// Runs it to its end.
Exit run_switch(const SwitchingOptions& options);

}  // namespace interlock::cli
