// interlock compare

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/comparing.hpp"

namespace interlock::cli {
namespace {

constexpr auto compare_footer = R"(
Switches
  own        ours, live, with the extensions of -e; judged
  simulated  ours in the simulator, with those of -e; judged, and from one seed always the same
  bridge     Linux's bridge
  ovs        Open vSwitch, with its datapath in user mode (Debian's openvswitch-switch)

Each is started by this command in a network namespace of its own, and ends with it; needs
CAP_SYS_ADMIN, but for ours. A course plugs adapters into four ports, sends frames from one to
another, and unplugs them, by chance; the same seed makes the same courses. docs/switches.md says
what is promised of all switches. With --out a finding leaves the shortest course that shows it and
a capture with comments.

Examples
  interlock compare own bridge ovs --seed 1          side by side
  interlock compare own -e my.so --courses 100       our own with an extension
  interlock compare simulated -e my.so --seed 7      the same, and the same again tomorrow
  interlock compare ovs --course found.course        what was found, again

Ends with 0 if every switch keeps its promises and ours the rules, 1 if one does not, 2 if one
cannot be started.)";

}  // namespace

void add_compare(CLI::App& command, Exit& exit) {
    auto* app =
        command.add_subcommand("compare", "Hold real switches to what all switches promise");
    auto options = std::make_shared<ComparingOptions>();
    app->add_option("switch", options->switches, "Which; several side by side")
        ->required()
        ->check(CLI::IsMember({"own", "simulated", "bridge", "ovs"}).description(""))
        ->type_name("SWITCH");
    options->extensions.add_to(*app);
    app->add_option("--seed", options->seed, "Where chance begins; another each time otherwise")
        ->type_name("N");
    app->add_option("--courses", options->courses, "How many; 10 unless it says otherwise")
        ->type_name("N");
    app->add_option("--steps", options->steps, "Of each; 60 unless it says otherwise")
        ->type_name("N");
    app->add_option("--course", options->course, "This one, instead of any by chance")
        ->type_name("FILE");
    app->add_option("--out", options->out, "Where what is found is left; a folder")
        ->type_name("DIR");
    options->output.add_to(*app);
    app->footer(compare_footer);
    app->callback([options, &exit] { exit = run_comparison(*options); });
}

}  // namespace interlock::cli
