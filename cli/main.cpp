// The one command.

#include <csignal>
#include <cstdlib>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/version.hpp"

namespace interlock::cli {
namespace {

constexpr std::size_t help_column = 28;

constexpr auto interlock_footer = R"(
First steps
  interlock fuzz my_extension.so                 find out whether an extension keeps the rules
  interlock run corpus/scenarios/conforms        play scenarios and judge them
  interlock explain NIC-13                       what a rule says, and on which page
  interlock <command> --help                     examples of each

Exit codes: 0 conforms, 1 violates, 2 bad input, 3 undecided, 70 Interlock itself is wrong.)";

/// An internal check that fails aborts; a shell is to see the code for it.
void on_abort(int /*signal*/) {
    _exit(static_cast<int>(Exit::internal));
}

int run(int count, char** words) {
    CLI::App app(
        "Interlock: does an extension of the Hyper-V extensible switch keep the "
        "documented rules?",
        "interlock");
    Exit exit = Exit::conforms;
    app.require_subcommand(1);
    app.set_version_flag("--version", "interlock " + std::string(version()));
    app.get_formatter()->column_width(help_column);
    app.footer(interlock_footer);
    add_run(app, exit);
    add_fuzz(app, exit);
    add_campaign(app, exit);
    add_replay(app, exit);
    add_switch(app, exit);
    add_compare(app, exit);
    add_measure(app, exit);
    add_check(app, exit);
    add_certify(app, exit);
    add_export(app, exit);
    add_import(app, exit);
    add_join(app, exit);
    add_rules(app, exit);
    add_explain(app, exit);
    add_machines(app, exit);
    add_prove(app, exit);
    add_errata(app, exit);
    add_oids(app, exit);
    add_cover(app, exit);
    add_ddi(app, exit);
    add_deviations(app, exit);
    add_completion(app, exit);
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? EXIT_SUCCESS : static_cast<int>(Exit::bad_input);
    }
    return static_cast<int>(exit);
}

}  // namespace
}  // namespace interlock::cli

int main(int count, char** words) {
    std::signal(SIGABRT, interlock::cli::on_abort);
    return interlock::cli::run(count, words);
}
