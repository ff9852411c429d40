// interlock certify

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/certifying.hpp"
#include "cli/commands.hpp"

namespace interlock::cli {
namespace {

constexpr auto certify_footer = R"(
Examples
  interlock certify my_extension.so --out evidence
  interlock certify top.so bottom.so --out evidence --runs 200000
  cd evidence && sha256sum -c SHA256SUMS

Plays the conforming scenarios of the corpus, each by its own schedule and by some by chance, then
runs by chance, then runs in which calls fail; and the scenarios with extensions that are known to
be good. Leaves a folder: certificate.md, a table of requirements, coverage, errata, the ledger of
false alarms, reports of all kinds, and what shows each fault again. The same extension, command and
build give the same bytes. Ends with the same codes as `interlock run`; with 70 if there is a false
alarm.)";

void add_budget_to(CLI::App& app, reports::Budget& budget) {
    app.add_option("--seed", budget.seed, "Where chance begins")
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--schedules", budget.schedules, "By chance, of each scenario")
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--runs", budget.fuzz_runs, "By chance")->type_name("N")->capture_default_str();
    app.add_option("--faulty-runs", budget.faulty_runs, "In which calls of the extension fail")
        ->type_name("N")
        ->capture_default_str();
}

}  // namespace

void add_certify(CLI::App& command, Exit& exit) {
    auto* app       = command.add_subcommand("certify", "Make the evidence of whether it conforms");
    auto  options   = std::make_shared<CertifyOptions>();
    options->budget = {.seed = 1, .schedules = 4, .fuzz_runs = 20'000, .faulty_runs = 10'000};
    app->add_option("extension", options->extensions.named,
                    "Shared objects, or names of bundled extensions; top first")
        ->required()
        ->type_name("FILE");
    options->extensions.add_settings_to(*app);
    app->add_option("--out", options->out, "The folder; a new one, or that of a former pack")
        ->required()
        ->type_name("DIR");
    app->add_option("--suite", options->suite, "Other scenarios that conform")->type_name("DIR");
    add_budget_to(*app, options->budget);
    options->judging.add_to(*app);
    auto* less = app->add_flag("--quiet,-q", options->output.quiet, "Only what is wrong");
    app->add_flag("--verbose,-v", options->output.verbose, "Progress also where nobody watches")
        ->excludes(less);
    app->footer(certify_footer);
    app->callback([options, &exit] { exit = Certifying(*options).run(); });
}

}  // namespace interlock::cli
