// interlock check

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/judging.hpp"
#include "cli/output.hpp"
#include "cli/showing.hpp"
#include "harness/trace/trace_file.hpp"
#include "model/judge.hpp"
#include "reports/text.hpp"

namespace interlock::cli {
namespace {

constexpr auto footer = R"(
Examples
  interlock run a.scenario --trace a.trace && interlock check a.trace
  interlock check recorded/*.trace --json

A trace is judged as it is when it is played: same events, same verdict. Ends with the same codes
as `interlock run`.)";

struct CheckOptions {
    std::vector<std::string> traces;
    Output                   output;
    Judging                  judging;
    bool                     steps = false;
};

reports::Result judged(const std::string& file, harness::Trace trace, const Judging& judging) {
    reports::Result result;
    result.scenario          = file;
    result.extensions        = std::move(trace.head.extensions);
    const std::uint16_t ndis = judging.ndis.value_or(trace.head.ndis);
    result.verdict           = model::judge(
        trace.events, {.whole = trace.head.whole, .ndis = ndis, .reading = judging.reading});
    result.trace  = std::move(trace.events);
    result.replay = "interlock check " + quoted(file) + judging.arguments();
    return result;
}

void tell(const reports::Result& result, const CheckOptions& options) {
    const auto style    = options.output.style();
    const bool conforms = result.verdict.outcome == model::Outcome::conforms;
    if (options.output.quiet && conforms) return;
    say(reports::verdict_line(result, style));
    if (options.steps) say("\n" + reports::transcript(result, style) + "\n");
    const auto details = reports::result_text(result, style);
    if (!details.empty()) say("\n" + details + "\n");
}

Exit check(const CheckOptions& options) {
    reports::Issue issue{.command = "check", .results = {}, .campaign = {}};
    Exit           exit = Exit::conforms;
    for (const std::string& file : options.traces) {
        auto read = harness::read_trace(file);
        if (const auto* error = std::get_if<harness::InputError>(&read)) {
            exit = heavier(exit, complain(*error));
            continue;
        }
        auto result = judged(file, std::move(std::get<harness::Trace>(read)), options.judging);
        exit        = heavier(exit, exit_for(result.verdict.outcome));
        if (!options.output.json) tell(result, options);
        issue.results.push_back(std::move(result));
    }
    if (options.output.json) say_json(issue);
    if (const auto error = write_reports(options.output, issue)) return complain(*error);
    return exit;
}

}  // namespace

void add_check(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("check", "Judge recorded traces");
    auto  options = std::make_shared<CheckOptions>();
    app->add_option("trace", options->traces, "Traces, as --trace writes them")
        ->required()
        ->type_name("FILE");
    app->add_flag("--steps", options->steps, "Tell everything that happened");
    options->judging.add_to(*app);
    options->output.add_to(*app);
    options->output.add_reports_to(*app);
    app->footer(footer);
    app->callback([options, &exit] { exit = check(*options); });
}

}  // namespace interlock::cli
