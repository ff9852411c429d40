// interlock check

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/checking.hpp"
#include "cli/commands.hpp"
#include "cli/judging.hpp"
#include "cli/output.hpp"
#include "cli/showing.hpp"
#include "cli/unmet.hpp"
#include "harness/trace/trace_file.hpp"
#include "reports/text.hpp"
#include "reports/under_way.hpp"

namespace interlock::cli {
namespace {

constexpr auto check_footer = R"(
Examples
  interlock run a.scenario --trace a.trace && interlock check a.trace
  interlock run a.scenario --trace a.packed && interlock check a.packed
  zstdcat recorded.packed.zst | interlock check -
  interlock check recorded --json
  interlock check corpus/stories --expect from-folder --quiet

Of a folder all *.trace, *.packed and *.story in it; - is standard input. docs/traces.md has the
formats. A story is a trace that a person can write: one event a line, as corpus/README.md says. A
trace is judged as it comes, and as it is when it is played: same events, same verdict. Ends with
the same codes as `interlock run`.)";

struct CheckOptions {
    std::vector<std::string> traces;
    Output                   output;
    Judging                  judging;
    bool                     steps = false;
    std::string              expect;  // "from-folder", or empty.
};

using Checked = std::variant<reports::Result, harness::InputError>;

Checked checked(const std::string& file, const Judging& judging) {
    Checking checking(judging);
    if (auto error = harness::stream_trace(file, checking)) return std::move(*error);
    reports::Result result = checking.take();
    result.scenario        = file;
    result.replay          = "interlock check " + quoted(file) + judging.arguments();
    return result;
}

void tell(const reports::Result& result, const CheckOptions& options) {
    const auto style    = options.output.style();
    const bool conforms = result.verdict.outcome == model::Outcome::conforms;
    if (options.output.quiet && (conforms || !options.expect.empty())) return;
    say(reports::verdict_line(result, style));
    if (options.steps) say("\n" + reports::transcript(result, style) + "\n");
    if (!options.expect.empty()) return;  // What is expected needs no report.
    const auto details = reports::result_text(result, style);
    if (!details.empty()) say("\n" + details + "\n");
}

Exit exit_of(const std::string& file, const model::Verdict& verdict, const CheckOptions& options,
             Unmet& unmet) {
    if (options.expect.empty()) return exit_for(verdict.outcome);
    return unmet.is_met(file, verdict) ? Exit::conforms : Exit::violates;
}

Exit check(const CheckOptions& options) {
    reports::Issue issue{.command = "check", .results = {}, .campaign = {}};
    Exit           exit = Exit::conforms;
    Unmet          unmet;
    ProgressLine   line(options.output.telling());
    const auto     files = trace_files(options.traces);
    if (const auto* error = std::get_if<harness::InputError>(&files)) return complain(*error);
    for (const std::string& file : std::get<std::vector<std::string>>(files)) {
        if (line.due()) line.show("judging " + file);
        auto read = checked(file, options.judging);
        line.clear();
        if (const auto* error = std::get_if<harness::InputError>(&read)) {
            exit = heavier(exit, complain(*error));
            continue;
        }
        auto&      result = std::get<reports::Result>(read);
        const Exit one    = exit_of(file, result.verdict, options, unmet);
        exit           = heavier(exit, one);
        if (!options.expect.empty()) {
            result.promise =
                one == Exit::conforms ? reports::Promise::kept : reports::Promise::broken;
        }
        if (!options.output.json) tell(result, options);
        reports::count_under_way(issue, result.trace);
        issue.results.push_back(std::move(result));
    }
    say(options.output.json ? "" : unmet.table("trace"));
    if (options.output.json) say_json(issue);
    if (const auto error = write_reports(options.output, issue)) return complain(*error);
    return exit;
}

}  // namespace

void add_check(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("check", "Judge recorded traces, and stories");
    auto  options = std::make_shared<CheckOptions>();
    app->add_option("trace", options->traces, "Traces, as --trace writes them, and stories")
        ->required()
        ->type_name("FILE|DIR");
    app->add_option("--expect", options->expect, "Judge verdicts against the folders' promise")
        ->check(CLI::IsMember({"from-folder"}));
    app->add_flag("--steps", options->steps, "Tell everything that happened");
    options->judging.add_to(*app);
    options->output.add_to(*app);
    options->output.add_reports_to(*app);
    app->footer(check_footer);
    app->callback([options, &exit] {
        options->steps |= options->output.verbose;
        exit = check(*options);
    });
}

}  // namespace interlock::cli
