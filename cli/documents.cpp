// interlock errata, interlock oids

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "reports/documents.hpp"

namespace interlock::cli {
namespace {

struct DocumentOptions {
    bool   markdown = false;
    Output output;
};

/// A subcommand that tells one document, as text or as it is committed.
void add_document(CLI::App& command, Exit& exit, const std::string& name, const std::string& about,
                  std::string (*document)(), std::string (*text)(const reports::TextStyle&)) {
    auto* app     = command.add_subcommand(name, about);
    auto  options = std::make_shared<DocumentOptions>();
    app->add_flag("--markdown", options->markdown, "As docs/" + name + ".md has it");
    options->output.add_to(*app);
    app->callback([options, &exit, document, text] {
        say(options->markdown ? document() : text(options->output.style()));
        exit = Exit::conforms;
    });
}

}  // namespace

void add_errata(CLI::App& command, Exit& exit) {
    add_document(command, exit, "errata", "List where pages contradict, and the three readings",
                 reports::errata_document, reports::errata_text);
}

void add_oids(CLI::App& command, Exit& exit) {
    add_document(command, exit, "oids", "List the OIDs of the switch", reports::oids_document,
                 reports::oids_text);
}

}  // namespace interlock::cli
