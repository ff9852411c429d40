#pragma once

// How every subcommand talks: to a person or to a machine, in colour or not, into which files.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit.hpp"
#include "cli/progress_line.hpp"
#include "harness/scenario/error.hpp"
#include "reports/layout.hpp"
#include "reports/result.hpp"

namespace CLI {
class App;
}

namespace interlock::cli {

struct Output {
    bool                     json    = false;
    bool                     quiet   = false;
    bool                     verbose = false;
    std::string              color   = "auto";
    std::vector<std::string> reports;  // As reports/writers.hpp says

    /// Gives a subcommand --json, --quiet, --verbose and --color.
    void add_to(CLI::App& command);
    /// Gives it --report.
    void add_reports_to(CLI::App& command);

    Telling telling() const;

    /// Whether more is told than a person reads on a terminal.
    bool tells_a_machine() const {
        return json || !reports.empty();
    }

    /// As wide as the terminal, within reason.
    reports::TextStyle style() const;
};

/// Writes to the standard output, at once.
void say(std::string_view text);

/// Writes the error to the standard error. @return Exit::bad_input
Exit complain(const harness::InputError& error);

/// Writes what --report asks for.
/// @return what is wrong with a file or a kind, if anything.
std::optional<harness::InputError> write_reports(const Output& output, const reports::Issue& issue);

/// The exit code that a verdict leads to.
Exit exit_for(model::Outcome outcome);

/// As JSON, indented, with a newline.
void say_json(const reports::Issue& issue);

}  // namespace interlock::cli
