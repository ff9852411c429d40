// interlock run, interlock replay

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/duration.hpp"
#include "cli/play_scenarios.hpp"

namespace interlock::cli {
namespace {

constexpr auto run_footer = R"(
Examples
  interlock run corpus/scenarios                        every scenario of a folder
  interlock run a.scenario --extension build/my.so      with an extension of yours
  interlock run a.scenario --steps                      and tell everything that happened
  interlock run a.scenario --seed 7 --twice             another schedule; is it deterministic?
  interlock run a.scenario --exhaust 1                  with every schedule of one preemption
  interlock run corpus/scenarios --expect from-folder   do the folders' promises hold?
  interlock run a.scenario --capture in.pcap --frames 00:15:5d:00:00:01=2/0 --delivered out

Ends with 0 if all conform, 1 if a rule was broken, 2 on bad input, 3 if something could not be
decided, 70 if Interlock itself is wrong.)";

constexpr auto replay_footer = R"(
Examples
  interlock replay found/NIC-13/my_sends_too_late.scenario --extension build/my.so

Ends with the same codes as `interlock run`.)";

void add_common(CLI::App& app, PlayOptions& options) {
    options.extensions.add_to(app);
    app.add_option("--seed", options.seed, "Another schedule: everything by chance, from this seed")
        ->type_name("N");
    app.add_flag("--twice", options.twice, "Play it two times and compare every event");
    app.add_flag("--attribute", options.attribute,
                 "Whose fault is it? Plays it with other extensions in the stack, too");
    app.add_option("--trace", options.trace, "Write every event, for `interlock check`")
        ->type_name("FILE");
    options.judging.add_to(app);
    options.memory.add_to(app);
    options.frames.add_to(app);
    options.output.add_to(app);
    options.output.add_reports_to(app);
}

void add_exhaust(CLI::App& app, PlayOptions& options) {
    auto* all = app.add_option("--exhaust", options.preemptions,
                               "Every schedule with at most N preemptions, until one breaks a rule "
                               "or none is left")
                    ->type_name("N")
                    ->excludes("--seed", "--twice", "--trace");
    app.add_option("--answers", options.answers,
                   "Of each of these, also with up to N answers of the switch that are not the "
                   "plainest")
        ->type_name("N")
        ->needs(all);
    app.add_flag("--race-free", options.race_free,
                 "Take it that no extension has a data race: orders that only one could tell apart "
                 "are played once")
        ->needs(all);
    add_duration(app, "--time", options.time, "No longer than this on a scenario; undecided then")
        ->needs(all);
    app.add_option("--out", options.out, "Where found/<RULE>/ is made; this folder otherwise")
        ->type_name("DIR")
        ->needs(all);
}

}  // namespace

void add_run(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("run", "Play scenarios and judge what happens");
    auto  options = std::make_shared<PlayOptions>();
    app->add_option("scenario", options->scenarios, "Scenarios, or folders of them")
        ->required()
        ->type_name("FILE|DIR");
    app->add_flag("--steps", options->steps, "Tell everything that happened");
    app->add_option("--expect", options->expect,
                    "from-folder: conforms/, violates/<RULE>/ and found/<RULE>/ say it")
        ->check(CLI::IsMember({"from-folder"}).description(""))
        ->type_name("WHAT");
    add_common(*app, *options);
    add_exhaust(*app, *options);
    app->footer(run_footer);
    app->callback([options, &exit] {
        options->steps |= options->output.verbose;
        exit = PlayScenarios(*options).all();
    });
}

void add_replay(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("replay", "Play one scenario and tell the story");
    auto  options = std::make_shared<PlayOptions>();
    app->add_option("scenario", options->scenarios, "The scenario, e.g. one that fuzz has saved")
        ->required()
        ->expected(1)
        ->type_name("FILE");
    add_common(*app, *options);
    app->footer(replay_footer);
    app->callback([options, &exit] {
        options->command = "replay";
        options->steps   = !options->output.quiet;
        exit             = PlayScenarios(*options).all();
    });
}

}  // namespace interlock::cli
