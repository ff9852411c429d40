// interlock switch

#include <map>
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/duration.hpp"
#include "cli/switching.hpp"

namespace interlock::cli {
namespace {

constexpr auto switch_footer = R"(
A port is <name>=<kind>:<target>, and behind that, as you like, ",steady" (no churn), ",guest"
(the port comes and goes with the link, and is connected when the guest first speaks), ",type="
and external, synthetic, emulated or internal (synthetic; of the port `up`, external):
  tap:NAME      a TAP device, made if there is none
  veth:NAME     one end of a veth pair
  packet:NAME   any interface, such as the TAP device of a virtual machine
  pcap:FILE     plays a capture, in its own time; ",out=FILE" writes what is delivered, also alone
  none          nothing at the other end

Examples
  interlock switch --port vm1=veth:v1 --port vm2=veth:v2 -e my.so     two guests, until Ctrl-C
  interlock switch --port vm1=tap:t1 --port up=packet:eth1 --time 1h  no extension; an uplink
  interlock switch --port a=veth:v1,steady --port b=veth:v2,steady --port c=none -e my.so --churn 50
  interlock switch --port a=pcap:in.pcap,out=a.pcap --port b=pcap:,out=b.pcap --time 5s

A script says what happens when, one step of a scenario a line: "at 2.5 disconnect-nic 1/0", with
the ports numbered as given. SIGUSR1 detaches the judge, and attaches it again: what it did not see
it cannot say, so that a verdict that found nothing is then undecided. SIGINT and SIGTERM stop the
switch: everything is taken down in the documented order. Needs CAP_NET_ADMIN and CAP_NET_RAW.
docs/live.md tells more. Ends with the same codes as `interlock run`.)";

const std::map<std::string, harness::LivePolicy> policies{
    {"plain", harness::LivePolicy::plain}, {"random", harness::LivePolicy::by_chance}};

const std::map<std::string, SwitchThreads> threads{
    {"off", SwitchThreads::off}, {"wires", SwitchThreads::wires}, {"all", SwitchThreads::all}};

void add_settings(CLI::App& app, SwitchingOptions& options) {
    add_duration(app, "--time", options.time, "Stop after this; otherwise when it is told to");
    add_duration(app, "--stats", options.stats, "Tell the numbers so often; otherwise at the end");
    app.add_option("--churn", options.churn_per_s,
                   "Steps a second that create, connect, disconnect and delete ports and adapters "
                   "by chance; two more ports without a wire are there for it")
        ->check(CLI::Range(0.0, 100'000.0).description(""))
        ->type_name("RATE");
    app.add_option("--script", options.script, "What is to happen when")->type_name("FILE");
    app.add_option("--seed", options.seed, "Of the churn and of random schedules")->type_name("N");
    app.add_option("--schedule", options.policy,
                   "plain: who runs goes on; random: others may, and the switch answers as it "
                   "likes. With churn random, else plain")
        ->transform(CLI::CheckedTransformer(policies).description(""))
        ->type_name("HOW");
    app.add_option(
           "--threads", options.threads,
           "What has a thread of its own: wires: the system calls of each port; all: these, "
           "and each task, so that code of extensions runs on several at once; else off")
        ->transform(CLI::CheckedTransformer(threads).description(""))
        ->type_name("WHAT");
    app.add_option_function<std::string>(
           "--judge", [&options](const std::string& word) { options.judged = word == "on"; },
           "on or off: whether it is judged at all")
        ->check(CLI::IsMember({"on", "off"}).description(""))
        ->type_name("WHETHER");
}

}  // namespace

void add_switch(CLI::App& command, Exit& exit) {
    auto* app = command.add_subcommand(
        "switch", "Be a switch for real frames: TAP devices, interfaces, captures");
    auto options = std::make_shared<SwitchingOptions>();
    app->add_option("--port", options->ports, "A port and what it is plugged into; repeat")
        ->required()
        ->type_name("PORT")
        ->allow_extra_args(false);
    options->extensions.add_to(*app);
    add_settings(*app, *options);
    options->judging.add_to(*app);
    options->output.add_to(*app);
    options->output.add_reports_to(*app);
    app->footer(switch_footer);
    app->callback([options, &exit] { exit = run_switch(*options); });
}

}  // namespace interlock::cli
