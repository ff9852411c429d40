// interlock cover

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/extensions.hpp"
#include "cli/output.hpp"
#include "cli/text_file.hpp"
#include "fuzz/cover.hpp"
#include "fuzz/story_corpus.hpp"
#include "fuzz/story_search.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"
#include "reports/cover.hpp"
#include "reports/rule_page.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

using fuzz::CoveredCell;

constexpr auto cover_footer = R"(
Examples
  interlock cover                               what shows each cell, and what only a story can
  interlock cover --out corpus/cover --stories corpus/stories
                                                and write the shortest ones
  interlock cover --extension faulty_parked_oid --chances 0

Looks for the shortest scenario that takes each row of the model's machines on the running switch,
and each state and event that has no row, where a rule is broken; and for each the shortest story,
which takes nothing but the calls that are to come. What no story takes is shown to be taken by
nothing: in all states that the machine's own events lead to, each event was tried.
Ends with 3 if some cell is shown by nothing.)";

struct CoverOptions {
    Extensions        extensions;
    std::string       out;
    std::string       stories;
    fuzz::CoverBounds bounds;
    Output            output;
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

/// Below the folder of scenarios.
fs::path file_of(const CoveredCell& cell) {
    std::string name = name_of(cell);
    std::ranges::replace(name, ':', '_');
    const fs::path folder =
        cell.broken == model::no_rule
            ? fs::path("conforms")
            : fs::path("violates") / std::string(model::rules()[cell.broken].id);
    return folder / (name + ".scenario");
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

std::optional<harness::InputError> write(const fs::path& file, const std::string& text) {
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);
    if (write_text(file, text)) return {};
    return harness::InputError{file.string(), 0, "it cannot be written", "expected a folder"};
}

std::optional<harness::InputError> write_all(const fuzz::Cover&       scenarios,
                                             const fuzz::StorySearch& stories,
                                             const CoverOptions&      options) {
    for (const CoveredCell& cell : scenarios.cells())
        if (!options.out.empty() && cell.scenario)
            if (const auto error = write(options.out / file_of(cell), text_of(cell))) return error;
    for (const fuzz::ToldCell& cell : stories.cells())
        if (!options.stories.empty() && !cell.story.empty())
            if (const auto error =
                    write(options.stories / fs::path(fuzz::file_of(cell)), fuzz::text_of(cell)))
                return error;
    return {};
}

std::string proof_of(const fuzz::StorySearch& stories, const fuzz::ToldCell& cell) {
    for (const fuzz::Visited& visit : stories.visits())
        if (visit.cast == fuzz::StorySearch::cast_of(*cell.machine) &&
            visit.extent == fuzz::Extent::own_events)
            return "of " + std::to_string(visit.tried) + " events in all " +
                   std::to_string(visit.states) + " states of " +
                   std::string(fuzz::name(visit.cast)) + " none takes it";
    return {};
}

/// Both searches list the cells in the same order.
std::vector<reports::CoverLine> lines_of(const fuzz::Cover&       scenarios,
                                         const fuzz::StorySearch& stories) {
    std::vector<reports::CoverLine> lines;
    for (std::size_t place = 0; place < scenarios.cells().size(); ++place) {
        const CoveredCell&    driven = scenarios.cells()[place];
        const fuzz::ToldCell& told   = stories.cells()[place];
        reports::CoverLine    line{
            driven.machine, driven.state, driven.event, driven.filled, driven.rule, {}, {}, {}, {}};
        if (driven.scenario) line.scenario = file_of(driven).string();
        if (!driven.scenario) line.undriven = fuzz::why_not_driven(driven);
        if (!told.story.empty()) line.story = fuzz::file_of(told);
        if (told.never) line.never = proof_of(stories, told);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::optional<Exit> play(fuzz::Cover& found, const CoverOptions& options, ProgressLine& line) {
    const auto& names = options.extensions.named.empty() ? stacks() : options.extensions.named;
    for (const std::string& name : names) {
        auto path = options.extensions.path_of(name, "cover");
        if (const auto* error = std::get_if<harness::InputError>(&path)) return complain(*error);
        auto stage = fuzz::ContainedStage::open({.extensions  = {std::get<std::string>(path)},
                                                 .frames      = {},
                                                 .silence_max = options.extensions.patience});
        if (const auto* error = std::get_if<harness::InputError>(&stage)) return complain(*error);
        line.begin("looking for scenarios with " + name);
        found.search(*std::get<std::unique_ptr<fuzz::ContainedStage>>(stage),
                     {fs::path(name).stem().string()}, options.bounds);
    }
    return {};
}

std::uint64_t events_tried(const fuzz::StorySearch& stories) {
    std::uint64_t tried = 0;
    for (const fuzz::Visited& visit : stories.visits())
        tried += visit.tried;
    return tried;
}

Exit cover(const CoverOptions& options) {
    const auto  begun = std::chrono::steady_clock::now();
    fuzz::Cover scenarios;
    ProgressLine line(options.output.telling());
    if (const auto failed = play(scenarios, options, line)) return *failed;
    fuzz::StorySearch stories;
    line.begin("looking for stories");
    stories.search();
    line.clear();
    if (const auto error = write_all(scenarios, stories, options)) return complain(*error);

    const auto           lines = lines_of(scenarios, stories);
    const auto           time  = std::chrono::steady_clock::now() - begun;
    const reports::Cover all{.lines     = lines,
                             .scenarios = scenarios.plays(),
                             .events    = events_tried(stories),
                             .seconds   = std::chrono::duration<double>(time).count()};
    const auto           style = options.output.style();
    if (options.output.json) {
        say(reports::json_text(all));
    } else {
        if (!options.output.quiet) say(reports::cover_list(all, style));
        say(reports::cover_table(all, style));
    }
    return all.all_shown() ? Exit::conforms : Exit::undecided;
}

}  // namespace

void add_cover(CLI::App& command, Exit& exit) {
    auto* app = command.add_subcommand("cover", "Show each transition by a scenario or a story");
    auto  options = std::make_shared<CoverOptions>();
    options->extensions.add_to(*app);
    app->add_option("--out", options->out, "Write the scenarios there")->type_name("DIR");
    app->add_option("--stories", options->stories, "Write the stories there")->type_name("DIR");
    app->add_option("--chances", options->bounds.chances, "Random schedules of each scenario")
        ->type_name("N");
    options->output.add_to(*app);
    app->footer(cover_footer);
    app->callback([options, &exit] { exit = cover(*options); });
}

}  // namespace interlock::cli
