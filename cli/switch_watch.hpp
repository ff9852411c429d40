#pragma once

// Looks after a live switch that runs in a process of its own: hands on what it is told by signals,
// and tells of an extension that crashes or never comes back as `run` does.

#include <functional>

#include "cli/switch_board.hpp"
#include "cli/switching.hpp"
#include "harness/trace/trace_buffer.hpp"
#include "reports/result.hpp"

namespace interlock::cli {

/// What the process with the switch shares with the one that watches.
struct SwitchCommon {
    SwitchBoard&          board;
    harness::TraceBuffer& trace;  // Events that the judge has not seen yet.
};

/// Runs `body` in a process of its own, to its end. All that it has open is gone with it.
Exit watch_switch(const SwitchingOptions&                         options,
                  const std::function<Exit(const SwitchCommon&)>& body);

/// Says what became of it, and writes reports.
/// @param numbers  as `numbers_of` tells them.
Exit tell_switch(const SwitchingOptions& options, reports::Result result,
                 const std::string& numbers);

}  // namespace interlock::cli
