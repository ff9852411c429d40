#include "cli/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include <CLI/CLI.hpp>

#include "reports/json.hpp"
#include "reports/writers.hpp"

namespace interlock::cli {
namespace {

using harness::InputError;

}  // namespace

Exit heavier(Exit one, Exit other) {
    const auto weight = [](Exit exit) {
        switch (exit) {
            case Exit::conforms:
                return 0;
            case Exit::undecided:
                return 1;
            case Exit::violates:
                return 2;
            case Exit::bad_input:
                return 3;
            case Exit::internal:
                return 4;
        }
        return 4;
    };
    return weight(one) < weight(other) ? other : one;
}

void Output::add_to(CLI::App& command) {
    command.add_flag("--json", json, "For a machine: JSON instead of text");
    auto* less = command.add_flag("--quiet,-q", quiet, "Only what is wrong");
    command
        .add_flag("--verbose,-v", verbose, "All that is known, and progress where nobody watches")
        ->excludes(less);
    command.add_option("--color", color, "auto (on a terminal), always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}).description(""))
        ->type_name("WHEN");
}

void Output::add_reports_to(CLI::App& command) {
    command.add_option("--report", reports, "Write " + reports::kinds_in_words() +
                                               ", or all into a folder; may be repeated")
        ->type_name("KIND=FILE")
        ->allow_extra_args(false);
}

Telling Output::telling() const {
    if (verbose) return Telling::verbose;
    return quiet ? Telling::quiet : Telling::plain;
}

reports::TextStyle Output::style() const {
    reports::TextStyle style;
    const bool         terminal = isatty(STDOUT_FILENO) == 1;
    winsize            size     = {};
    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        style.width = std::clamp<std::size_t>(size.ws_col, 60, 120);
    }
    const bool coloured = color == "always" || (color == "auto" && terminal);
    style.colour        = coloured ? reports::Colour::always : reports::Colour::never;
    return style;
}

void say(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

Exit complain(const InputError& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", to_string(error).c_str());
    return Exit::bad_input;
}

std::optional<InputError> write_reports(const Output& output, const reports::Issue& issue) {
    const auto problem = reports::write_reports(issue, output.reports);
    if (!problem) return {};
    return InputError{problem->what, 0, problem->wrong, problem->expected};
}

Exit exit_for(model::Outcome outcome) {
    switch (outcome) {
        case model::Outcome::conforms:
            return Exit::conforms;
        case model::Outcome::undecided:
            return Exit::undecided;
        case model::Outcome::violates:
            return Exit::violates;
    }
    return Exit::internal;
}

void say_json(const reports::Issue& issue) {
    say(reports::json_text(issue));
}

}  // namespace interlock::cli
