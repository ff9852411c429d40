#pragma once

// What a run is held to: which reading of the pages, and which version of NDIS.

#include <cstdint>
#include <optional>
#include <string>

#include "model/reading.hpp"

namespace CLI {
class App;
}

namespace interlock::cli {

struct Judging {
    model::Reading               reading = model::Reading::reconciled;
    std::optional<std::uint16_t> ndis;  // 630 or 640; else as the scenario or the trace says.

    /// Gives a subcommand --reading and --ndis.
    void add_to(CLI::App& command);

    /// " --reading strict --ndis 6.30", as it stands in a command; empty if nothing was asked for.
    std::string arguments() const;
};

}  // namespace interlock::cli
