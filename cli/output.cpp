#include "cli/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <CLI/CLI.hpp>

#include "reports/json.hpp"
#include "reports/text.hpp"

namespace interlock::cli {
namespace {

using harness::InputError;

struct Kind {
    std::string_view name;
    std::string_view file;  // Within a folder for all kinds.
    std::string (*write)(const reports::Issue&);
};

std::string as_text(const reports::Issue& issue) {
    return reports::issue_text(issue, {});
}

constexpr Kind kinds[] = {
    {"text", "report.txt", as_text},
    {"json", "report.json", reports::json_text},
};

std::optional<InputError> write_file(const std::filesystem::path& file, const std::string& text) {
    std::error_code ignored;  // If the folder cannot be made, the file cannot be written.
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    std::ofstream stream(file);
    stream << text << std::flush;
    if (stream) return {};
    return InputError{file, 0, std::string("cannot be written: ") + std::strerror(errno),
                      "expected a file that --report may write"};
}

std::optional<InputError> write_report(const std::string& wanted, const reports::Issue& issue) {
    const auto equals = wanted.find('=');
    if (equals == std::string::npos) {
        for (const Kind& kind : kinds) {
            if (auto error =
                    write_file(std::filesystem::path(wanted) / kind.file, kind.write(issue))) {
                return error;
            }
        }
        return {};
    }
    const auto* kind =
        std::ranges::find(kinds, std::string_view(wanted).substr(0, equals), &Kind::name);
    if (kind == std::end(kinds)) {
        return InputError{"--report " + wanted, 0, "there is no such kind of report",
                          "expected text=<file>, json=<file> or a folder for both"};
    }
    return write_file(wanted.substr(equals + 1), kind->write(issue));
}

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
    command.add_flag("--quiet,-q", quiet, "Only what is wrong");
    command.add_option("--color", color, "auto (on a terminal), always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}).description(""))
        ->type_name("WHEN");
}

void Output::add_reports_to(CLI::App& command) {
    command.add_option("--report", reports, "Write text=FILE, json=FILE, or both into a folder")
        ->type_name("KIND=FILE")
        ->allow_extra_args(false);
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
    for (const std::string& wanted : output.reports) {
        if (auto error = write_report(wanted, issue)) return error;
    }
    return {};
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
