// interlock cover

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/extensions.hpp"
#include "cli/output.hpp"
#include "fuzz/cover.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"
#include "reports/rule_page.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

using fuzz::CoveredCell;

constexpr auto footer = R"(
Examples
  interlock cover                               what scenarios can drive, and what they cannot
  interlock cover --out corpus/cover            and write the shortest one for each
  interlock cover --extension faulty_parked_oid --chances 0

Looks for the shortest scenario that takes each row of the model's machines, and for each state
and event that has no row, where a rule is broken. Cells for which none is found are listed.)";

struct CoverOptions {
    Extensions        extensions;
    std::string       out;
    fuzz::CoverBounds bounds;
    bool              quiet = false;
};

/// What drives all that the switch decides, and then the flaws that drive what an extension does.
const std::vector<std::string>& stacks() {
    static const std::vector<std::string> names{
        "pass_through",
        "vlan_acl",
        "forwarder",
        "broadcast_pacer",
        "cloner",
        "faulty_connect_refused",
        "faulty_parked_oid",
        "faulty_double_completion",
        "faulty_create_swallowed",
        "faulty_completed_and_sent",
        "faulty_lost_multi_buffer",
    };
    return names;
}

std::string name_of(const CoveredCell& cell) {
    return reports::cell_name(*cell.machine, cell.state, cell.event);
}

std::string file_name(const CoveredCell& cell) {
    std::string name = name_of(cell);
    std::ranges::replace(name, ':', '_');
    return name + ".scenario";
}

std::string text_of(const CoveredCell& cell) {
    std::string text = harness::to_text(*cell.scenario);
    const auto  rule = model::rule_of(cell.rule);
    const auto shows = "# " + std::string(cell.filled ? "Takes " : "Has no row: ") + name_of(cell) +
                       ", " + (cell.filled ? "granted by " : "against ") + std::string(cell.rule) +
                       "\n";
    const auto page = "# Page: " + std::string(model::rules()[rule].page) + "\n";
    return text.insert(text.find('\n') + 1, shows + page);
}

std::optional<harness::InputError> write(const CoveredCell& cell, const std::string& out) {
    fs::path folder = fs::path(out) / "conforms";
    if (cell.broken != model::no_rule)
        folder = fs::path(out) / "violates" / std::string(model::rules()[cell.broken].id);
    std::error_code failed;
    fs::create_directories(folder, failed);
    const auto    file = folder / file_name(cell);
    std::ofstream stream(file);
    stream << text_of(cell);
    if (stream.flush()) return {};
    return harness::InputError{file.string(), 0, "it cannot be written", "expected a folder"};
}

std::string sum_of(const fuzz::Cover& cover, bool filled) {
    std::ostringstream text;
    for (const model::Machine* machine : model::machines()) {
        const auto here = [&](const CoveredCell& cell) {
            return cell.machine == machine && cell.filled == filled;
        };
        const auto all    = std::ranges::count_if(cover.cells(), here);
        const auto driven = std::ranges::count_if(
            cover.cells(), [&](const CoveredCell& cell) { return here(cell) && cell.scenario; });
        text << "  " << reports::as_word(machine->name) << " " << driven << " of " << all;
    }
    return text.str() + "\n";
}

void tell(const fuzz::Cover& cover, const CoverOptions& options) {
    if (!options.quiet) {
        for (const CoveredCell& cell : cover.cells()) {
            if (cell.scenario) continue;
            say("not driven  " + name_of(cell) + ", " + (cell.filled ? "granted by " : "against ") +
                std::string(cell.rule) + ": " + std::string(fuzz::why_not_driven(cell)) + "\n");
        }
    }
    say("rows       " + sum_of(cover, true) + "illegal    " + sum_of(cover, false) +
        std::to_string(cover.plays()) + " scenarios were played\n");
}

Exit cover(const CoverOptions& options) {
    fuzz::Cover found;
    const auto& names = options.extensions.named.empty() ? stacks() : options.extensions.named;
    for (const std::string& name : names) {
        auto path = options.extensions.path_of(name, "cover");
        if (const auto* error = std::get_if<harness::InputError>(&path)) return complain(*error);
        auto stage = fuzz::ContainedStage::open({.extensions  = {std::get<std::string>(path)},
                                                 .frames      = {},
                                                 .silence_max = options.extensions.patience});
        if (const auto* error = std::get_if<harness::InputError>(&stage)) return complain(*error);
        found.search(*std::get<std::unique_ptr<fuzz::ContainedStage>>(stage),
                     {fs::path(name).stem().string()}, options.bounds);
    }
    if (!options.out.empty()) {
        for (const CoveredCell& cell : found.cells()) {
            if (!cell.scenario) continue;
            if (const auto error = write(cell, options.out)) return complain(*error);
        }
    }
    tell(found, options);
    return Exit::conforms;
}

}  // namespace

void add_cover(CLI::App& command, Exit& exit) {
    auto* app = command.add_subcommand("cover", "Find the shortest scenario for each transition");
    auto  options = std::make_shared<CoverOptions>();
    options->extensions.add_to(*app);
    app->add_option("--out", options->out, "Write them there")->type_name("DIR");
    app->add_option("--chances", options->bounds.chances, "Random schedules of each scenario")
        ->type_name("N");
    app->add_flag("--quiet,-q", options->quiet, "Only the sums, not what is not driven");
    app->footer(footer);
    app->callback([options, &exit] { exit = cover(*options); });
}

}  // namespace interlock::cli
