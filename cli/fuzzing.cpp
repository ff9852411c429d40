#include "cli/fuzzing.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>

#include "cli/attributing.hpp"
#include "cli/code_lines.hpp"
#include "cli/found.hpp"
#include "cli/showing.hpp"
#include "cli/sources.hpp"
#include "harness/io/known_devices.hpp"
#include "harness/scenario/text.hpp"
#include "model/constants.hpp"
#include "model/judge.hpp"
#include "reports/names.hpp"
#include "reports/rule_page.hpp"
#include "reports/text.hpp"
#include "reports/trend.hpp"
#include "reports/words.hpp"

namespace interlock::cli {
namespace {

using fuzz::Play;
using harness::InputError;

/// Those of all files and folders that were named, without the extensions that they name.
std::variant<std::vector<harness::Scenario>, InputError> read_scenarios(
    std::span<const std::string> named) {
    const auto files = scenario_files(named);
    if (const auto* error = std::get_if<InputError>(&files)) return *error;
    std::vector<harness::Scenario> scenarios;
    for (const std::string& file : std::get<std::vector<std::string>>(files)) {
        auto read = harness::read_scenario(file);
        if (const auto* error = std::get_if<InputError>(&read)) return *error;
        scenarios.push_back(std::get<harness::Scenario>(std::move(read)));
        scenarios.back().extensions.clear();
    }
    return scenarios;
}

}  // namespace

std::uint64_t any_seed() {
    std::random_device device;
    return device();  // 32 bits are enough to be different, and short enough to be typed.
}

/// What an extension said to its attach or restart, if it refused.
std::string refusal(const Play& play) {
    for (const model::Event& event : play.trace) {
        const bool asked =
            event.call == model::Call::FilterAttach || event.call == model::Call::FilterRestart;
        if (!asked || event.phase != model::Phase::leave) continue;
        if (event.status == model::status::success || event.status == model::status::pending) {
            continue;
        }
        return ": " + std::string(model::name(event.call)) + " returned " +
               reports::status_name(event.status);
    }
    return {};
}

std::variant<Prepared, InputError> prepare(const FuzzingOptions& options) {
    Prepared prepared;
    prepared.contained.silence_max = options.extensions.patience;
    prepared.contained.reading     = options.judging.reading;
    for (const std::string& name : options.extensions.named) {
        auto path = options.extensions.path_of(name, name);
        if (const auto* error = std::get_if<InputError>(&path)) return *error;
        prepared.contained.extensions.push_back(std::get<std::string>(path));
    }
    if (auto error = options.memory.objection(prepared.contained.extensions)) return *error;
    auto scenarios = read_scenarios(options.begin_with);
    if (const auto* error = std::get_if<InputError>(&scenarios)) return *error;
    fuzz::LoopOptions& loop = prepared.loop;
    loop.begin_with         = std::get<std::vector<harness::Scenario>>(std::move(scenarios));
    // Fewer runs are plain where a user has said what is worth changing.
    if (!loop.begin_with.empty()) loop.plain_every = 8;
    loop.devices = harness::known_devices(prepared.contained.extensions);
    loop.devices.codes.insert(loop.devices.codes.end(), options.ioctl_codes.begin(),
                              options.ioctl_codes.end());
    loop.ndis               = options.judging.ndis;
    loop.faults             = options.faults;
    loop.plays              = options.plays;
    loop.preempts_at_memory = options.memory.preempts();
    loop.detects_races      = options.memory.detects();
    return prepared;
}

void name_bundled(harness::Scenario& scenario, const Extensions& extensions,
                  std::span<const std::string> names) {
    const bool all = std::ranges::all_of(names, [&](const std::string& name) {
        return std::holds_alternative<std::string>(extensions.path_of(name, name));
    });
    if (all) scenario.extensions = {names.begin(), names.end()};
}

std::string replay_line(const FuzzingOptions& options, const std::string& file) {
    std::string replay = "interlock replay " + quoted(file);
    for (const auto& name : options.extensions.named)
        replay += " --extension " + quoted(name);
    return replay + options.judging.arguments();
}

void tell_coverage(reports::Campaign& campaign, const fuzz::Covered& covered) {
    campaign.transitions     = covered.transitions;
    campaign.transitions_all = covered.transitions_all;
    campaign.rules           = covered.rules;
    campaign.rules_all       = covered.rules_all;
    campaign.edges           = covered.edges;
    for (const std::size_t cell : covered.transitions_missed)
        campaign.transitions_missed.push_back(reports::cell_name(cell));
    for (const std::size_t rule : covered.rules_missed)
        campaign.rules_missed.emplace_back(model::rules()[rule].id);
}

void tell_entries(reports::Campaign& campaign, std::span<const std::uint64_t> entries) {
    const std::size_t count = campaign.transitions_all + model::rules().size();
    const auto        known = entries.first(std::min(count, entries.size()));
    campaign.entries.assign(known.begin(), known.end());
}

std::vector<reports::Engine> engines_of(const fuzz::EngineTallies& tallies) {
    std::vector<reports::Engine> engines;
    for (std::size_t engine = 0; engine < tallies.size(); ++engine) {
        const auto& [runs, violating, undecided, interesting] = tallies[engine];
        if (runs == 0) continue;
        const auto named = static_cast<fuzz::Engine>(engine);
        engines.push_back({.origin      = std::string(fuzz::origin_of(named)),
                           .scheduler   = std::string(fuzz::scheduler_of(named)),
                           .runs        = runs,
                           .violating   = violating,
                           .undecided   = undecided,
                           .interesting = interesting});
    }
    std::ranges::stable_sort(engines, std::greater{}, &reports::Engine::runs);
    return engines;
}

void tell_finds(std::span<reports::Engine> engines, std::span<const EngineFind> finds) {
    for (const EngineFind& find : finds) {
        for (reports::Engine& engine : engines)
            if (engine.origin == find.origin && engine.scheduler == find.scheduler)
                engine.found.push_back({find.rule, find.run});
    }
}

std::string listed(std::span<const std::string> named) {
    std::string names;
    for (const std::string& name : named)
        names += (names.empty() ? "" : ", ") + name;
    return names;
}

Fuzzing::Fuzzing(FuzzingOptions given)
    : options(std::move(given)),
      seed(options.seed ? *options.seed : any_seed()),
      line(options.output.telling()) {}

Exit Fuzzing::run() {
    auto prepared = prepare(options);
    if (const auto* error = std::get_if<InputError>(&prepared)) return complain(*error);
    auto& [to_contain, loop] = std::get<Prepared>(prepared);
    contained                = std::move(to_contain);
    announce();
    auto opened = fuzz::ContainedStage::open(contained);
    if (const auto* error = std::get_if<InputError>(&opened)) return complain(*error);
    stage = std::move(std::get<std::unique_ptr<fuzz::ContainedStage>>(opened));

    loop.seed = seed;
    if (options.runs) loop.runs_max = *options.runs;
    fuzz::Listener listener{
        .progress = [this](const fuzz::Progress& progress) { return go_on(progress); },
        .finding  = [this](const fuzz::Finding& finding) { return found(finding); }};
    listener.differs = [this](const fuzz::Run& run, const fuzz::Difference& difference) {
        return differed(run, difference);
    };
    begun = Clock::now();
    return conclude(fuzz::run_loop(*stage, loop, listener));
}

void Fuzzing::announce() const {
    const auto text = "seed " + std::to_string(seed) + "\n";
    if (options.output.json) {
        std::fputs(text.c_str(), stderr);
    } else {
        say(text);
    }
}

bool Fuzzing::go_on(const fuzz::Progress& progress) {
    if (line.due()) line.show(status(progress));
    if (progress.runs >= sample_due) sample(progress);
    if (interrupt.noticed()) return false;
    if (options.runs) return true;
    return Clock::now() - begun < options.time;
}

bool Fuzzing::found(fuzz::Finding finding) {
    line.clear();
    name_bundled(finding.scenario, options.extensions, stage->names());
    const std::string comment = "Found by interlock fuzz, seed " + std::to_string(seed) + ", run " +
                                std::to_string(finding.run) + ".";
    auto        saved = save(finding, stage->names(), options.out, comment);
    std::string file;
    if (const auto* error = std::get_if<InputError>(&saved)) {
        exit = heavier(exit, complain(*error));
    } else {
        file = std::get<std::string>(saved);
        complain_of_replay(finding, file);
    }
    if (finding.play.end == Play::End::broke) {
        std::fprintf(stderr, "%s", broke_in_words(finding.play).c_str());
        exit = Exit::internal;
    }
    auto result =
        result_of(file, finding.scenario, *stage, finding.play, replay_line(options, file));
    result.attribution =
        attribution_of(finding.play, finding.scenario, contained, options.extensions);
    exit = heavier(exit, exit_for(result.verdict.outcome));
    finds.push_back({std::string(fuzz::origin_of(finding.engine)),
                     std::string(fuzz::scheduler_of(finding.engine)), folder_for(finding),
                     finding.run});
    if (!options.output.json) {
        const auto style = options.output.style();
        say("\n" + reports::verdict_line(result, style) + "\n" +
            reports::result_text(result, style) + "\n");
    }
    issue.results.push_back(std::move(result));
    return options.keep_going;
}

/// Undecided: of a run that is another each time no verdict can be trusted. It is not made small,
/// for what is smaller may part elsewhere, or not this time.
bool Fuzzing::differed(const fuzz::Run& run, const fuzz::Difference& difference) {
    line.clear();
    harness::Scenario scenario = run.scenario;
    name_bundled(scenario, options.extensions, stage->names());
    const auto saved = save_as("twice", "not_the_same_twice", scenario, options.out,
                               "Found by interlock fuzz --twice, seed " + std::to_string(seed) +
                                   ", run " + std::to_string(run.number) + ".");
    if (const auto* error = std::get_if<InputError>(&saved)) {
        exit = heavier(exit, complain(*error));
        return options.keep_going;
    }
    exit = heavier(exit, Exit::undecided);
    std::fprintf(stderr,
                 "%s: played twice, it is not the same from event #%u on: something decides that "
                 "no seed does\n  first   %s\n  second  %s\n",
                 std::get<std::string>(saved).c_str(), difference.at,
                 reports::in_one_phrase(difference.first).c_str(),
                 reports::in_one_phrase(difference.second).c_str());
    return options.keep_going;
}

/// What was saved is read and played once more: it must do the same, event by event.
void Fuzzing::complain_of_replay(const fuzz::Finding& finding, const std::string& file) {
    auto read = harness::read_scenario(file);
    if (const auto* error = std::get_if<InputError>(&read)) {
        exit = heavier(exit, complain(*error));
        return;
    }
    if (stage->play(std::get<harness::Scenario>(read)).trace == finding.play.trace) return;
    std::fprintf(stderr, "%s: does not replay what was found\n", file.c_str());
    exit = heavier(exit, Exit::internal);
}

/// By runs, so that the same seed gives the same; ever fewer of them, as less and less is new.
void Fuzzing::sample(const fuzz::Progress& progress) {
    const fuzz::Covered covered = fuzz::covered(stage->seen());
    sample_due                  = progress.runs + progress.runs / 50 + 1;
    reports::add_sample(trend, {.runs        = progress.runs,
                                .seconds     = seconds(),
                                .transitions = covered.transitions,
                                .rules       = covered.rules,
                                .edges       = covered.edges,
                                .found       = progress.findings});
}

std::string Fuzzing::status(const fuzz::Progress& progress) const {
    const fuzz::Covered covered = fuzz::covered(stage->seen());
    const double        elapsed = seconds();
    const auto          rate    = elapsed > 0 ? static_cast<double>(progress.runs) / elapsed : 0.0;
    char                text[200];
    std::snprintf(text, sizeof text,
                  "%llu runs  %.0f/s  transitions %u/%u  rules %u/%u  edges %u/%u  "
                  "violating %llu  %.0f s",
                  static_cast<unsigned long long>(progress.runs), rate, covered.transitions,
                  covered.transitions_all, covered.rules, covered.rules_all, covered.edges,
                  stage->edges_all(), static_cast<unsigned long long>(progress.violating_runs),
                  elapsed);
    return text;
}

Exit Fuzzing::conclude(const fuzz::Progress& progress) {
    line.clear();
    sample(progress);
    const bool nothing = issue.results.empty() && exit == Exit::conforms;
    if (progress.restarted_runs == 0 && nothing) return never_started(progress);
    issue.command  = "fuzz";
    issue.campaign = summary(progress);
    issue.under_way = fuzz::under_way_in(stage->entries().subspan(fuzz::first_under_way_entry));
    if (options.output.tells_a_machine()) add_code(issue.code, *stage);
    if (options.output.json) {
        say_json(issue);
    } else {
        if (issue.results.empty()) say("no rule was broken\n");
        say(reports::campaign_text(*issue.campaign, options.output.style()));
    }
    if (const auto error = write_reports(options.output, issue)) return complain(*error);
    return exit;
}

reports::Campaign Fuzzing::summary(const fuzz::Progress& progress) const {
    reports::Campaign campaign;
    campaign.extensions     = {stage->names().begin(), stage->names().end()};
    campaign.seed           = seed;
    campaign.runs           = progress.runs;
    campaign.seconds        = seconds();
    campaign.edges_all      = stage->edges_all();
    campaign.violating_runs = progress.violating_runs;
    campaign.undecided_runs = progress.undecided_runs;
    campaign.faulty_runs    = progress.faulty_runs;
    campaign.stacks_struck  = stage->stacks_struck();
    campaign.trend          = trend;
    tell_coverage(campaign, fuzz::covered(stage->seen()));
    tell_entries(campaign, stage->entries());
    campaign.engines = engines_of(progress.engines);
    tell_finds(campaign.engines, finds);
    return campaign;
}

Exit Fuzzing::never_started(const fuzz::Progress& progress) {
    const auto why = refusal(stage->play({}));
    return complain(
        {listed(options.extensions.named), 0,
         "in none of " + std::to_string(progress.runs) + " runs did it attach and restart" + why,
         "expected an extension that does, for only then there is something to judge"});
}

double Fuzzing::seconds() const {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

}  // namespace interlock::cli
