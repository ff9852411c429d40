// interlock join

#include <fstream>
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "harness/trace/joining.hpp"
#include "harness/trace/trace_file.hpp"

namespace interlock::cli {
namespace {

constexpr auto join_footer = R"(
Examples
  interlock join above.recording below.recording a.trace && interlock check a.trace
  interlock join above.recording below.recording a.packed --suspect fastfilter

Of two recordings of one host, made above and below a suspect at the same time, one trace of three
extensions: the recorder above, the suspect, the recorder below. docs/recorder.md says how they are
made, and what they cannot see.)";

struct JoinOptions {
    std::string above, below, to;
    std::string suspect = "suspect";
};

std::optional<harness::InputError> join(const JoinOptions& options) {
    std::ifstream above(options.above, std::ios::binary), below(options.below, std::ios::binary);
    return harness::write_trace_of(options.to, [&](harness::TraceSink& sink) {
        return harness::join_recordings({above, options.above}, {below, options.below},
                                        options.suspect, sink);
    });
}

}  // namespace

void add_join(CLI::App& command, Exit& exit) {
    auto*      app     = command.add_subcommand("join", "Make one trace of what two recorders saw");
    auto       options = std::make_shared<JoinOptions>();
    const auto file    = [&](const char* name, std::string& into, const char* what) {
        return app->add_option(name, into, what)->required()->type_name("FILE");
    };
    file("above", options->above, "The recording made above the suspect")->check(CLI::ExistingFile);
    file("below", options->below, "The recording made below it")->check(CLI::ExistingFile);
    file("to", options->to, "Where to: *.packed, or JSON lines");
    app->add_option("--suspect", options->suspect, "What the suspect is called in reports")
        ->type_name("NAME")
        ->capture_default_str();
    app->footer(join_footer);
    app->callback([options, &exit] {
        const auto error = join(*options);
        exit             = error ? complain(*error) : Exit::conforms;
    });
}

}  // namespace interlock::cli
