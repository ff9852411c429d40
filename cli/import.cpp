// interlock import

#include <fstream>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/text_file.hpp"
#include "harness/trace/import.hpp"
#include "harness/trace/trace_file.hpp"

namespace interlock::cli {
namespace {

constexpr auto import_footer = R"(
Examples
  interlock import corpus/import/recorder_etw.table events.csv a.trace
  interlock import my.table events.json a.packed && interlock check a.packed
  zcat events.csv.gz | interlock import my.table - a.packed

The rows are CSV with the columns' names first, or JSON with a flat object a line. The table says
which row is which call, and which column is which field: corpus/import/README.md.)";

struct ImportOptions {
    std::string table, rows, to;
};

using Failure = std::optional<harness::InputError>;

Failure import_all(const ImportOptions& options) {
    const auto table = harness::parse_import_table(read_text(options.table), options.table);
    if (const auto* bad = std::get_if<harness::InputError>(&table)) return *bad;
    std::ifstream file(options.rows, std::ios::binary);
    std::istream& rows = options.rows == "-" ? std::cin : file;
    return harness::write_trace_of(options.to, [&](harness::TraceSink& sink) {
        return harness::import_rows(rows, options.rows, std::get<harness::ImportTable>(table),
                                    sink);
    });
}

}  // namespace

void add_import(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("import", "Make a trace of what another tool exported");
    auto  options = std::make_shared<ImportOptions>();
    const auto file = [&](const char* name, std::string& into, const char* what) {
        return app->add_option(name, into, what)->required()->type_name("FILE");
    };
    file("table", options->table, "What the rows mean")->check(CLI::ExistingFile);
    file("rows", options->rows, "CSV or JSON lines; - is standard input")
        ->check(CLI::ExistingFile | CLI::IsMember({"-"}));
    file("to", options->to, "Where to: *.packed, or JSON lines");
    app->footer(import_footer);
    app->callback([options, &exit] {
        const auto error = import_all(*options);
        exit             = error ? complain(*error) : Exit::conforms;
    });
}

}  // namespace interlock::cli
