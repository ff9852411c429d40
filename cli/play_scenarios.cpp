#include "cli/play_scenarios.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/attributing.hpp"
#include "cli/code_lines.hpp"
#include "cli/showing.hpp"
#include "harness/scenario/text.hpp"
#include "harness/trace/trace_file.hpp"
#include "reports/text.hpp"
#include "reports/under_way.hpp"
#include "reports/words.hpp"

namespace interlock::cli {
namespace {

using fuzz::Play;
using harness::InputError;
using harness::Scenario;

std::string event_at(const std::vector<model::Event>& trace, std::size_t place) {
    return place < trace.size() ? reports::in_one_phrase(trace[place]) : "(nothing more)";
}

}  // namespace

Exit PlayScenarios::all() {
    auto files = scenario_files(options.scenarios);
    if (const auto* error = std::get_if<InputError>(&files)) return complain(*error);
    auto frames = options.frames.injected();
    if (const auto* error = std::get_if<InputError>(&frames)) return complain(*error);
    injected          = std::move(std::get<std::vector<harness::InjectedFrame>>(frames));
    const auto& names = std::get<std::vector<std::string>>(files);
    if (names.size() > 1 && !options.trace.empty()) {
        return complain({"--trace " + options.trace, 0, "there is more than one scenario",
                         "expected one, for one trace"});
    }
    issue.command = options.command;
    Exit exit     = Exit::conforms;
    for (const std::string& file : names)
        exit = heavier(exit, one(file));
    return heavier(exit, summary());
}

Exit PlayScenarios::one(const std::string& file) {
    auto read = harness::read_scenario(file);
    if (const auto* error = std::get_if<InputError>(&read)) return complain(*error);
    auto& scenario = std::get<Scenario>(read);
    if (options.judging.ndis) scenario.ndis = *options.judging.ndis;
    options.memory.apply_to(scenario);
    if (options.seed) {
        scenario.schedule = harness::ScheduleKind::random;
        scenario.seed     = *options.seed;
        scenario.decisions.clear();
    }
    if (!options.expect.empty() && expectation_of(file).kind == Expectation::Kind::unknown) {
        return complain({file, 0, "its folders promise nothing",
                         "expected conforms/, violates/<RULE>/ or found/<RULE>/ above it"});
    }
    auto paths = options.extensions.paths_for(scenario, file);
    if (const auto* error = std::get_if<InputError>(&paths)) return complain(*error);
    const auto& stack = std::get<std::vector<std::string>>(paths);
    // What a scenario itself asks for is for those that can: most of them are for anybody.
    if (const auto error = options.memory.objection(stack)) return complain(*error);
    auto stage = stage_for(stack);
    if (const auto* error = std::get_if<InputError>(&stage)) return complain(*error);
    return show(file, scenario, stack, *std::get<fuzz::ContainedStage*>(stage));
}

fuzz::ContainedOptions PlayScenarios::contained(const std::vector<std::string>& paths) const {
    return {.extensions  = paths,
            .frames      = injected,
            .silence_max = options.extensions.patience,
            .reading     = options.judging.reading};
}

std::variant<fuzz::ContainedStage*, InputError> PlayScenarios::stage_for(
    const std::vector<std::string>& paths) {
    auto& stage = stages[paths];
    if (!stage) {
        auto opened = fuzz::ContainedStage::open(contained(paths));
        if (const auto* error = std::get_if<InputError>(&opened)) return *error;
        stage = std::move(std::get<std::unique_ptr<fuzz::ContainedStage>>(opened));
    }
    return stage.get();
}

Exit PlayScenarios::show(const std::string& file, const Scenario& scenario,
                         const std::vector<std::string>& paths, fuzz::ContainedStage& stage) {
    if (options.preemptions) return exhaust(file, scenario, paths, stage);
    if (line.due()) line.show("playing " + file);
    Play play = stage.play(scenario);
    line.clear();
    if (play.end == Play::End::broke) return broke(file, play);
    if (options.twice) {
        const Exit again = second_time(file, scenario, stage, play);
        if (again != Exit::conforms) return again;
    }
    if (auto error = options.frames.write(play.delivered)) return complain(*error);
    std::optional<model::Attribution> attribution;
    if (options.attribute)
        attribution = attribution_of(play, scenario, contained(paths), options.extensions);
    auto result        = result_of(file, scenario, stage, std::move(play), replay_line(file));
    result.attribution = std::move(attribution);
    const Exit traced  = write_trace(result, scenario.ndis);
    return heavier(traced, conclude(file, std::move(result)));
}

Exit PlayScenarios::conclude(const std::string& file, reports::Result result) {
    Exit exit = exit_for(result.verdict.outcome);
    if (!options.expect.empty()) {
        const bool met = unmet.is_met(file, result.verdict);
        exit           = met ? Exit::conforms : Exit::violates;
        result.promise = met ? reports::Promise::kept : reports::Promise::broken;
    }
    if (!options.output.json) tell(result);
    reports::count_under_way(issue, result.trace);
    // What conforms is told in a line; the memory is better used for what does not.
    const bool dull = result.verdict.outcome == model::Outcome::conforms;
    if (dull) result.trace.clear();
    issue.results.push_back(std::move(result));
    return exit;
}

void PlayScenarios::tell(const reports::Result& result) const {
    const auto style    = options.output.style();
    const bool conforms = result.verdict.outcome == model::Outcome::conforms;
    if (options.output.quiet && (conforms || !options.expect.empty())) return;
    say(reports::verdict_line(result, style));
    if (options.steps) say("\n" + reports::transcript(result, style) + "\n");
    if (!options.expect.empty()) return;  // What is expected needs no report; see summary().
    const auto details = reports::result_text(result, style);
    if (!details.empty()) say("\n" + details + "\n");
}

Exit PlayScenarios::second_time(const std::string& file, const Scenario& scenario,
                                fuzz::ContainedStage& stage, const Play& first) const {
    const Play second = stage.play(scenario);
    if (first.trace == second.trace) return Exit::conforms;
    const auto [one, other] = std::ranges::mismatch(first.trace, second.trace);
    const auto place        = static_cast<std::size_t>(one - first.trace.begin());
    say(file + ": the two runs differ from event #" + std::to_string(place) + " on\n" +
        "  first   " + event_at(first.trace, place) + "\n" + "  second  " +
        event_at(second.trace, place) + "\n" +
        "A run depends on its scenario and nothing else; what differs is not under control.\n");
    return Exit::internal;
}

Exit PlayScenarios::broke(const std::string& file, const Play& play) const {
    std::fflush(stdout);
    std::fprintf(stderr, "%s: %s", file.c_str(), broke_in_words(play).c_str());
    return Exit::internal;
}

Exit PlayScenarios::write_trace(const reports::Result& result, std::uint16_t ndis) const {
    if (options.trace.empty()) return Exit::conforms;
    const harness::TraceHead head{.ndis = ndis, .whole = true, .extensions = result.extensions};
    const auto error = harness::write_trace(options.trace, {head, result.trace, {}});
    return error ? complain(*error) : Exit::conforms;
}

Exit PlayScenarios::summary() {
    if (options.output.tells_a_machine())
        for (const auto& [paths, stage] : stages)
            add_code(issue.code, *stage);
    if (options.output.json) say_json(issue);
    if (!options.output.json) say(unmet.table("scenario"));
    if (const auto error = write_reports(options.output, issue)) return complain(*error);
    return Exit::conforms;
}

std::string PlayScenarios::replay_line(const std::string& file) const {
    std::string words = "interlock replay " + quoted(file) + options.extensions.arguments() +
                        options.judging.arguments() + options.memory.arguments();
    if (options.seed) words += " --seed " + std::to_string(*options.seed);
    for (const auto& owner : options.frames.owners)
        words += " --frames " + quoted(owner);
    if (!options.frames.capture.empty()) words += " --capture " + quoted(options.frames.capture);
    return words;
}

}  // namespace interlock::cli
