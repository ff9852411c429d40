#pragma once

// What is looked at in the memory of extensions, whatever the scenario says.

#include <optional>
#include <span>
#include <string>

#include "harness/scenario/error.hpp"
#include "harness/scenario/scenario.hpp"

namespace CLI {
class App;
}

namespace interlock::cli {

struct Memory {
    std::string how;  // "preempt", "races", "both"; empty: as the scenario says.

    bool preempts() const {
        return how == "preempt" || how == "both";
    }
    bool detects() const {
        return how == "races" || how == "both";
    }

    /// Gives a subcommand --memory.
    void add_to(CLI::App& command);

    void apply_to(harness::Scenario& scenario) const;

    /// @return what is wrong, if something was asked for and none of these modules tells of its
    ///         accesses to memory.
    std::optional<harness::InputError> objection(std::span<const std::string> modules) const;

    /// " --memory both", as it stands in a command; empty if nothing was asked for.
    std::string arguments() const;
};

}  // namespace interlock::cli
