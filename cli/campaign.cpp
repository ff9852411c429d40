// interlock campaign

#include <memory>
#include <thread>

#include <CLI/CLI.hpp>

#include "cli/campaigning.hpp"
#include "cli/commands.hpp"
#include "cli/duration.hpp"

namespace interlock::cli {
namespace {

constexpr auto campaign_footer = R"(
Examples
  interlock campaign my_extension.so --time 8h --out weekend          on every core, overnight
  interlock campaign my_extension.so --time 8h --out weekend          the same again: it goes on
  interlock campaign top.so bottom.so --jobs 4 --time 1h --out stack  a stack, on four cores
  interlock campaign x.so --node 3 --seed 7 --time 8h --out shared    one of several machines
  interlock campaign x.so --out shared --merge shared/node-*          makes one of theirs

DIR/corpus holds the scenarios that showed something new, DIR/found/<RULE>/ what broke a rule,
DIR/status.html and DIR/status.json say where it stands. It may be killed at any moment. The same
command then goes on for the rest of its time; after a campaign that is over, as long again.

Ends with 0 if nothing was found, 1 if a rule was broken, 2 if the extension does not start, 3 if
something could not be decided or came up less often than --floor asks.)";

void add_bounds_to(CLI::App& app, CampaignOptions& options) {
    app.add_option("--corpus-max", options.corpus_max_mib,
                   "The corpus grows no further from here; 256")
        ->type_name("MIB");
    app.add_option("--memory-max", options.memory_max_mib,
                   "A job that holds more is started anew; 2048")
        ->type_name("MIB");
    app.add_option("--starts-min", options.starts_min_percent,
                   "Of 100 runs, in how many the extension attaches and restarts at least; 1")
        ->type_name("N")
        ->check(CLI::Range(0, 100).description(""));
    app.add_option_function<std::vector<std::string>>(
           "--floor",
           [&options](const std::vector<std::string>& texts) {
               for (const std::string& text : texts)
                   options.floors.push_back(parse_floor(text).value());
           },
           "How often a state or a rule comes up at least; 'states' and 'rules' mean all; repeat")
        ->check(CLI::Validator(
            [](const std::string& text) {
                return parse_floor(text)
                           ? std::string()
                           : text + ": expected e.g. nic:connected=10, NIC-17=1 or states=1";
            },
            ""))
        ->type_name("NAME=N")
        ->allow_extra_args(false);
}

void add_nodes_to(CLI::App& app, CampaignOptions& options) {
    auto* node = app.add_option("--node", options.node,
                                "One of several that share DIR: works in DIR/node-N, by seeds of "
                                "its own, and learns from the others")
                     ->type_name("N");
    app.add_option("--merge", options.merged,
                   "Campaigns' folders: their corpora, finds and counts become one. Fuzzes no more")
        ->type_name("DIR")
        ->excludes(node, app.get_option("--time"), app.get_option("--runs"));
}

}  // namespace

void add_campaign(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("campaign", "Fuzz with many jobs, for hours or weeks");
    auto  options = std::make_shared<CampaignOptions>();
    FuzzingOptions& fuzzing = options->fuzzing;
    options->jobs           = std::max(1U, std::thread::hardware_concurrency());
    add_fuzzing_to(*app, fuzzing);
    app->add_option("--out", fuzzing.out, "The campaign's folder")->type_name("DIR")->required();
    app->add_option("--jobs", options->jobs, "How many processes; one for each core otherwise")
        ->type_name("N")
        ->check(CLI::Range(1, 1024).description(""));
    auto* time = add_duration(*app, "--time", fuzzing.time,
                              "How long; 10s if neither this nor --runs is given");
    app->add_option("--runs", fuzzing.runs, "How many runs, of all jobs together")
        ->type_name("N")
        ->excludes(time);
    app->add_option("--seed", fuzzing.seed, "Where chance begins; another each time otherwise")
        ->type_name("N");
    add_bounds_to(*app, *options);
    add_nodes_to(*app, *options);
    fuzzing.output.add_reports_to(*app);
    app->footer(campaign_footer);
    app->callback([options, &exit] { exit = Campaign(*options).run(); });
}

}  // namespace interlock::cli
