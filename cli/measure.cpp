// interlock measure

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/duration.hpp"
#include "cli/measuring.hpp"

namespace interlock::cli {
namespace {

constexpr auto measure_footer = R"(
Switches
  own      ours, live, with the extensions of -e
  judged   the same, with the judge at it
  bridge   Linux's bridge
  ovs      Open vSwitch, with its datapath in user mode (Debian's openvswitch-switch)

All have ends of veth pairs as their ports. Frames of 64 bytes go between two of them in both
directions, first alone, then while two others come and go. Each load is offered to each switch once
a round, and what is told is the median of the rounds: of ratios, too, which are taken within one.
Needs CAP_SYS_ADMIN. docs/switches.md has what was measured.

Examples
  interlock measure own judged bridge ovs -e my.so
  interlock measure own bridge --loads 1000,10000 --lives 10 --rounds 9

Ends with 0; with 1 if a judged switch does not conform, with 2 if one cannot be started.)";

}  // namespace

void add_measure(CLI::App& command, Exit& exit) {
    auto* app = command.add_subcommand(
        "measure", "Measure real switches: what they forward while ports come and go");
    auto options = std::make_shared<MeasuringOptions>();
    app->add_option("switch", options->switches, "Which; several side by side")
        ->required()
        ->check(CLI::IsMember({"own", "judged", "bridge", "ovs"}).description(""))
        ->type_name("SWITCH");
    options->extensions.add_to(*app);
    app->add_option("--loads", options->loads,
                    "Frames a second that are offered; 10000,50000,100000,200000 unless it says "
                    "otherwise")
        ->delimiter(',')
        ->check(CLI::Range(1.0, 100e6).description(""))
        ->type_name("RATES");
    app->add_option("--lives", options->lives_per_s,
                    "Ports a second that are made and deleted again; 5 unless it says otherwise")
        ->check(CLI::Range(0.1, 1000.0).description(""))
        ->type_name("RATE");
    app->add_option("--rounds", options->rounds, "How many; 5 unless it says otherwise")
        ->check(CLI::Range(1, 1000).description(""))
        ->type_name("N");
    add_duration(*app, "--time", options->time, "Of each load; 500ms unless it says otherwise");
    app->footer(measure_footer);
    app->callback([options, &exit] { exit = run_measurement(*options); });
}

}  // namespace interlock::cli
