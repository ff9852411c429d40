#include "cli/trial.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/attributing.hpp"
#include "cli/code_lines.hpp"
#include "cli/found.hpp"
#include "cli/showing.hpp"
#include "reports/engines.hpp"
#include "reports/fingerprint.hpp"
#include "reports/trend.hpp"

namespace interlock::cli {
namespace {

using harness::InputError;

/// A fault that calls which fail bring about may be one that is known.
std::string known_by(const reports::Result& result) {
    const auto* first = reports::first_violation(result.verdict);
    if (first != nullptr) return reports::fingerprint(result, *first);
    return result.verdict.undecided.empty() ? result.where
                                            : std::string(result.verdict.undecided.front().why);
}

}  // namespace

Trial::Trial(TrialPlan given, Tell listener) : plan(std::move(given)), tell(std::move(listener)) {}

std::optional<InputError> Trial::run() {
    auto ready = prepare(plan.fuzzing);
    if (const auto* error = std::get_if<InputError>(&ready)) return *error;
    prepared                = std::get<Prepared>(std::move(ready));
    prepared.contained.seen = std::make_shared<fuzz::Shared<fuzz::Seen>>();
    prepared.loop.seed      = plan.seed;
    auto plain              = prepared.loop;
    plain.begin_with        = plan.suite;
    plain.runs_max          = plan.suite.size() + plan.fuzz_runs;
    if (const auto error = play(plain)) return error;
    if (plan.faulty_runs > 0) {
        auto faulty     = prepared.loop;
        faulty.faults   = fuzz::FaultMode::all;
        faulty.runs_max = plan.faulty_runs;
        if (const auto error = play(faulty)) return error;
    }
    all.command  = "certify";
    all.campaign = campaign;
    return {};
}

std::optional<InputError> Trial::play(fuzz::LoopOptions loop) {
    auto opened = fuzz::ContainedStage::open(prepared.contained);
    if (const auto* error = std::get_if<InputError>(&opened)) return *error;
    auto&                     stage = *std::get<std::unique_ptr<fuzz::ContainedStage>>(opened);
    std::optional<InputError> failed;
    const fuzz::Listener      listener{.progress =
                                      [&](const fuzz::Progress& progress) {
                                          tell(campaign.runs + progress.runs);
                                          if (progress.runs >= sample_due) sample(stage, progress);
                                          return true;
                                      },
                                       .finding =
                                      [&](const fuzz::Finding& finding) {
                                          failed = add(stage, finding);
                                          return !failed;
                                      }};
    sample_due = 0;
    add_up(stage, fuzz::run_loop(stage, loop, listener));
    return failed;
}

void Trial::add_up(const fuzz::ContainedStage& stage, const fuzz::Progress& progress) {
    sample(stage, progress);
    campaign.extensions = {stage.names().begin(), stage.names().end()};
    campaign.seed       = plan.seed;
    campaign.runs += progress.runs;
    campaign.violating_runs += progress.violating_runs;
    campaign.undecided_runs += progress.undecided_runs;
    campaign.faulty_runs += progress.faulty_runs;
    campaign.stacks_struck += stage.stacks_struck();
    campaign.edges_all = std::max(campaign.edges_all, stage.edges_all());
    campaign.transitions_missed.clear();
    campaign.rules_missed.clear();
    tell_coverage(campaign, fuzz::covered(stage.seen()));
    const auto before = campaign.entries;
    tell_entries(campaign, stage.entries());
    for (std::size_t place = 0; place < before.size(); ++place)
        campaign.entries[place] += before[place];
    restarted_runs += progress.restarted_runs;
    add_under_way(fuzz::under_way_in(stage.entries().subspan(fuzz::first_under_way_entry)));
    auto engines = engines_of(progress.engines);
    reports::add_engines(engines, campaign.engines);
    campaign.engines = std::move(engines);
    add_code(all.code, stage);
}

void Trial::add_under_way(const std::vector<model::UnderWay>& more) {
    all.under_way.resize(more.size());
    for (std::size_t cell = 0; cell < more.size(); ++cell)
        for (std::size_t count = 0; count < more[cell].size(); ++count)
            all.under_way[cell][count] += more[cell][count];
}

void Trial::sample(const fuzz::ContainedStage& stage, const fuzz::Progress& progress) {
    const auto covered = fuzz::covered(stage.seen());
    sample_due         = progress.runs + progress.runs / 50 + 1;
    reports::add_sample(campaign.trend, {.runs        = campaign.runs + progress.runs,
                                         .seconds     = 0,
                                         .transitions = covered.transitions,
                                         .rules       = covered.rules,
                                         .edges       = covered.edges,
                                         .found       = all.results.size()});
}

std::optional<InputError> Trial::add(const fuzz::ContainedStage& stage, fuzz::Finding finding) {
    name_bundled(finding.scenario, plan.fuzzing.extensions, stage.names());
    auto result = result_of("", finding.scenario, stage, finding.play, "");
    if (!known.insert(known_by(result)).second) return {};
    result.attribution =
        attribution_of(finding.play, finding.scenario, prepared.contained, plan.fuzzing.extensions);
    const auto comment = "Found by interlock certify, seed " + std::to_string(plan.seed) +
                         ", run " + std::to_string(finding.run) + ".";
    const auto saved = save(finding, stage.names(), plan.folder, comment);
    if (const auto* error = std::get_if<InputError>(&saved)) return *error;
    const auto file = std::filesystem::path(std::get<std::string>(saved))
                          .lexically_relative(plan.folder)
                          .string();
    auto told             = plan.fuzzing;
    told.extensions.named = plan.stack_names;
    result.scenario       = plan.folder_name + file;
    result.replay         = replay_line(told, result.scenario);
    all.results.push_back(std::move(result));
    return {};
}

}  // namespace interlock::cli
