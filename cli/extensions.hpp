#pragma once

// Which shared objects are meant: those that are named, or the bundled ones of a scenario.

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "harness/scenario/error.hpp"
#include "harness/scenario/scenario.hpp"

namespace CLI {
class App;
}

namespace interlock::cli {

struct Extensions {
    std::vector<std::string>  named;   // Paths, or names of bundled ones; top of the stack first.
    std::string               folder;  // Of the bundled ones; empty: as built or as installed.
    std::chrono::milliseconds patience{10'000};  // No sign of life for so long: it hangs.

    /// Gives a subcommand --extension, --extensions-dir and --patience.
    void add_to(CLI::App& command);
    /// The last two of them.
    void add_settings_to(CLI::App& command);

    /// The paths to load for a scenario.
    std::variant<std::vector<std::string>, harness::InputError> paths_for(
        const harness::Scenario& scenario, const std::string& scenario_file) const;

    /// The paths of those that were named.
    std::variant<std::vector<std::string>, harness::InputError> paths_named() const;

    /// The path of one that was named.
    std::variant<std::string, harness::InputError> path_of(const std::string& name,
                                                           const std::string& asked_by) const;

    /// " --extension x.so ...", as it stands in a command; empty if none was named.
    std::string arguments() const;

private:
    std::string bundled_folder() const;
};

}  // namespace interlock::cli
