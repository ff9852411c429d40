// interlock fuzz

#include <map>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/duration.hpp"
#include "cli/fuzzing.hpp"

namespace interlock::cli {
namespace {

constexpr auto fuzz_footer = R"(
Examples
  interlock fuzz my_extension.so                        for ten seconds
  interlock fuzz my_extension.so --time 5m --keep-going and collect everything that turns up
  interlock fuzz top.so bottom.so --runs 10000 --seed 1 a stack; the same runs each time
  interlock fuzz forwarder                              a bundled one
  interlock fuzz my_extension.so --faults all           memory runs out, calls fail
  interlock fuzz my_extension.so --begin-with scenarios change what its device needs to be told

It stops at the first rule that is broken, makes the scenario that shows it as small as it can, and
saves it to <out>/found/<RULE>/. Ends with 0 if nothing was found, 1 if a rule was broken, 2 if the
extension does not even start, 3 if something could not be decided.)";

const std::map<std::string, fuzz::FaultMode> fault_modes{{"none", fuzz::FaultMode::none},
                                                         {"sweep", fuzz::FaultMode::sweep},
                                                         {"random", fuzz::FaultMode::random},
                                                         {"all", fuzz::FaultMode::all}};

}  // namespace

void add_fuzzing_to(CLI::App& command, FuzzingOptions& options) {
    command
        .add_option("extension", options.extensions.named,
                    "Shared objects, or names of bundled extensions; top first")
        ->required()
        ->type_name("FILE");
    options.extensions.add_settings_to(command);
    command
        .add_option(
            "--ioctl-code", options.ioctl_codes,
            "A control code that a device of theirs knows, beside those found in their code")
        ->type_name("CODE")
        ->allow_extra_args(false);
    command
        .add_option("--begin-with", options.begin_with,
                    "A scenario, or a folder of them, to play first and to change; repeat")
        ->type_name("FILE|DIR")
        ->allow_extra_args(false);
    command
        .add_option("--faults", options.faults,
                    "Calls of the extension that are made fail: none; sweep, each distinct call "
                    "stack once; random; all, both in turn")
        ->transform(CLI::CheckedTransformer(fault_modes).description(""))
        ->type_name("HOW");
    options.judging.add_to(command);
    options.memory.add_to(command);
    options.output.add_to(command);
}

void add_fuzz(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("fuzz", "Look for scenarios in which a rule is broken");
    auto  options = std::make_shared<FuzzingOptions>();
    add_fuzzing_to(*app, *options);
    auto* time = add_duration(*app, "--time", options->time,
                              "How long; 10s if neither this nor --runs is given");
    app->add_option("--runs", options->runs, "How many runs")->type_name("N")->excludes(time);
    app->add_option("--seed", options->seed, "Where chance begins; another each time otherwise")
        ->type_name("N");
    app->add_option("--out", options->out, "Where found/<RULE>/ is made; this folder otherwise")
        ->type_name("DIR");
    app->add_flag_callback(
        "--twice", [options] { options->plays = fuzz::Plays::twice; },
        "Play each scenario twice; one that does not do the same is found, too");
    app->add_flag("--keep-going", options->keep_going, "Do not stop at what is found");
    options->output.add_reports_to(*app);
    app->footer(fuzz_footer);
    app->callback([options, &exit] { exit = Fuzzing(*options).run(); });
}

}  // namespace interlock::cli
