// interlock export

#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/checking.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/text_file.hpp"
#include "harness/trace/trace_file.hpp"
#include "reports/sequence.hpp"

namespace interlock::cli {
namespace {

constexpr auto export_footer = R"(
Examples
  interlock export a.trace a.packed        in a fifth of the room, without loss
  interlock export a.packed a.trace        and back: JSON lines
  interlock export a.trace a.mmd           a sequence diagram for Mermaid
  interlock export a.trace a.puml          and for PlantUML

The ending of the second file says what is written. A diagram of a long trace shows the stretch
around the first violation, as a report does. docs/traces.md has the formats.)";

struct ExportOptions {
    std::string trace, to;
    Judging     judging;
};

using Failure = std::optional<harness::InputError>;

Failure write(const std::string& file, const std::string& text) {
    if (write_text(file, text)) return {};
    return harness::InputError{file, 0, "cannot be written", "expected a file in a folder that is"};
}

using Diagram = std::string (*)(const reports::Result&);

Failure export_diagram(const ExportOptions& options, Diagram diagram) {
    Checking checking(options.judging);
    if (auto error = harness::stream_trace(options.trace, checking)) return error;
    return write(options.to, diagram(checking.take()));
}

Failure export_trace(const ExportOptions& options) {
    std::error_code none;
    if (std::filesystem::equivalent(options.trace, options.to, none))
        return harness::InputError{options.to, 0, "is the trace itself", "expected another file"};
    const std::string ending = std::filesystem::path(options.to).extension();
    if (ending == ".mmd") return export_diagram(options, reports::mermaid_text);
    if (ending == ".puml") return export_diagram(options, reports::plantuml_text);
    if (ending == ".trace" || ending == harness::packed_ending)
        return harness::convert_trace(options.trace, options.to);
    return harness::InputError{options.to, 0, "its ending says nothing",
                               "expected .trace, .packed, .mmd or .puml"};
}

}  // namespace

void add_export(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("export", "Write a recorded trace in another form");
    auto  options = std::make_shared<ExportOptions>();
    app->add_option("trace", options->trace, "A trace; - is standard input")
        ->required()
        ->type_name("FILE");
    app->add_option("to", options->to, "Where to: *.trace, *.packed, *.mmd or *.puml")
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
