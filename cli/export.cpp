// interlock export

#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/checking.hpp"
#include "cli/commands.hpp"
#include "cli/export_scenario.hpp"
#include "cli/output.hpp"
#include "cli/text_file.hpp"
#include "harness/scenario/text.hpp"
#include "harness/trace/trace_file.hpp"
#include "reports/export_forms.hpp"

namespace interlock::cli {
namespace {

constexpr auto export_footer = R"(
Examples
  interlock export a.trace a.packed        in a fifth of the room, without loss
  interlock export a.packed a.trace        and back: JSON lines
  interlock export a.trace a.mmd           a sequence diagram for Mermaid
  interlock export a.trace a.puml          and for PlantUML
  interlock export a.trace a.pcapng        packets, with what happened to each
  interlock export a.trace a.itf.json      states, for model-checking tools
  interlock export a.trace a.cpp           a C++ test that judges it again
  interlock export a.trace a.ps1           a script for a Hyper-V host to live through it
  interlock export a.scenario a.cpp        a C++ test that plays it on an extension
  interlock export a.scenario a.bytes      what a fuzz target takes; and back: a.bytes a.scenario

The ending of the second file says what is written. Of a long trace all but the first two have the
stretch around the first violation, as a report does. docs/traces.md has the formats.)";

struct ExportOptions {
    std::string trace, to;
    Judging     judging;
};

using Failure = std::optional<harness::InputError>;

Failure write(const std::string& file, const std::string& text) {
    if (write_text(file, text)) return {};
    return harness::InputError{file, 0, "cannot be written", "expected a file in a folder that is"};
}

Failure export_as(const ExportOptions& options, const reports::ExportForm& form) {
    Checking checking(options.judging);
    if (auto error = harness::stream_trace(options.trace, checking)) return error;
    if (form.needs_all && !checking.has_all())
        return harness::InputError{options.trace, 0, "is not here as a whole",
                                   "expected a trace without holes, of at most a million events"};
    const model::TraceFacts facts = checking.facts();
    return write(options.to, form.text(checking.take(), facts));
}

Failure export_scenario(const ExportOptions& options) {
    const auto text = scenario_as(options.to, options.trace);
    if (const auto* error = std::get_if<harness::InputError>(&text)) return *error;
    return write(options.to, std::get<std::string>(text));
}

std::string endings() {
    std::string text = ".trace, " + std::string(harness::packed_ending);
    for (const reports::ExportForm& form : reports::export_forms())
        text += ", " + std::string(form.ending);
    return text;
}

Failure export_trace(const ExportOptions& options) {
    std::error_code none;
    if (std::filesystem::equivalent(options.trace, options.to, none))
        return harness::InputError{options.to, 0, "is what is exported", "expected another file"};
    if (harness::is_scenario(options.trace)) return export_scenario(options);
    const std::string ending = std::filesystem::path(options.to).extension();
    if (const auto* form = reports::export_form_of(options.to)) return export_as(options, *form);
    if (ending == ".trace" || ending == harness::packed_ending)
        return harness::convert_trace(options.trace, options.to);
    return harness::InputError{options.to, 0, "its ending says nothing",
                               "expected one of " + endings()};
}

}  // namespace

void add_export(CLI::App& command, Exit& exit) {
    auto* app =
        command.add_subcommand("export", "Write a recorded trace or a scenario in another form");
    auto options = std::make_shared<ExportOptions>();
    app->add_option("trace", options->trace, "A trace, - is standard input; or a scenario")
        ->required()
        ->type_name("FILE");
    app->add_option("to", options->to, "Where to: what its ending says")
        ->required()
        ->type_name("FILE");
    options->judging.add_to(*app);
    app->footer(export_footer);
    app->callback([options, &exit] {
        const auto error = export_trace(*options);
        exit             = error ? complain(*error) : Exit::conforms;
    });
}

}  // namespace interlock::cli
