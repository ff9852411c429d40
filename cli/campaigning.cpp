#include "cli/campaigning.hpp"

#include <sys/wait.h>

#include <csignal>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "cli/memory_of.hpp"
#include "fuzz/coverage.hpp"
#include "harness/scenario/chance.hpp"
#include "model/judge.hpp"

namespace interlock::cli {
namespace {

using fuzz::Stop;
using harness::InputError;
using reports::CampaignStatus;

constexpr auto          look_every     = std::chrono::milliseconds(50);
constexpr auto          write_every    = std::chrono::milliseconds(500);
constexpr auto          lock_patience  = std::chrono::seconds(5);
constexpr std::uint64_t runs_that_tell = 2000;  // Fewer do not show that starts are too rare.
constexpr std::uint64_t bytes_per_mib  = 1U << 20;
constexpr std::uint32_t anew_max       = 1000;  // So often each job is started again.

// States of a folder that is merged; one that fuzzes is running, interrupted or over.
constexpr std::string_view merging = "merging";
constexpr std::string_view merged  = "merged";

/// Each start of each job goes another way, and the campaign's seed says which.
std::uint64_t seed_of_job(std::uint64_t seed, std::uint32_t stretch, std::uint64_t job,
                          std::uint32_t starts) {
    harness::Chance chance(seed);
    for (const std::uint64_t number : {std::uint64_t{stretch}, job, std::uint64_t{starts}})
        chance = harness::Chance(chance.next() + number);
    return chance.next() >> 32;
}

/// Among the jobs of all nodes. Those of node 0 are those of a campaign alone.
std::uint64_t number_of_job(std::uint32_t node, std::uint32_t job) {
    return std::uint64_t{node} << 32 | job;
}

bool was_killed(int wait_status) {
    return WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGKILL;
}

}  // namespace

Campaign::Campaign(CampaignOptions given)
    : options(std::move(given)), line(options.fuzzing.output.telling()) {
    if (options.node)
        options.fuzzing.out = folder_of_node(options.fuzzing.out, *options.node).string();
    if (!is_merge()) return;
    options.fuzzing.runs = 0;  // But for what is given.
    options.fuzzing.time = {};
    state                = merging;
}

Exit Campaign::run() {
    begun = Clock::now();
    if (const auto error = open()) return complain(*error);
    if (const auto error = try_stage()) return complain(*error);
    if (const auto error = is_merge() ? merge() : std::nullopt) return complain(*error);
    const auto from_others = files_of_others();
    plan.emplace(JobsPlan{.options          = options.fuzzing,
                          .prepared         = prepared,
                          .folder           = *folder,
                          .others           = others ? &*others : nullptr,
                          .from_others      = from_others,
                          .jobs             = options.jobs,
                          .corpus_bytes_max = options.corpus_max_mib * bytes_per_mib,
                          .seconds_before   = before.campaign.seconds,
                          .begun            = begun});
    common->corpus_bytes = fuzz::SharedCorpus(*folder).size().bytes;
    for (std::uint32_t job = 0; job < options.jobs; ++job) {
        auto& worker    = *workers.emplace_back(std::make_unique<Worker>());
        worker.task.job = job;
        const auto runs = options.fuzzing.runs.value_or(~std::uint64_t{0});
        worker.task.runs_max =
            options.fuzzing.runs ? runs / options.jobs + (job < runs % options.jobs) : runs;
    }
    for (auto& worker : workers)
        start(*worker);
    announce();
    write_status();
    while (watch())
        std::this_thread::sleep_for(look_every);
    return conclude();
}

std::optional<InputError> Campaign::open() {
    auto ready = prepare(options.fuzzing);
    if (const auto* error = std::get_if<InputError>(&ready)) return *error;
    prepared                = std::get<Prepared>(std::move(ready));
    prepared.contained.seen = std::make_shared<fuzz::Shared<fuzz::Seen>>();
    auto opened             = fuzz::DurableFolder::open(options.fuzzing.out);
    if (const auto* error = std::get_if<InputError>(&opened)) return *error;
    folder = std::get<fuzz::DurableFolder>(std::move(opened));
    // Of a campaign that was just killed, something may still be dying.
    while (!lock.take(folder->path())) {
        if (Clock::now() - begun > lock_patience)
            return InputError{options.fuzzing.out, 0, "another campaign is at work on it",
                              "expected a folder of its own for each campaign"};
        std::this_thread::sleep_for(look_every);
    }
    folder->tidy();
    return resume();
}

std::optional<InputError> Campaign::resume() {
    const auto text   = folder->read("status.json");
    const auto wanted = std::chrono::duration<double>(options.fuzzing.time).count();
    time_left         = wanted;
    seed              = options.fuzzing.seed.value_or(any_seed());
    if (!text) return {};
    const auto status = reports::parse_status(*text);
    if (!status)
        return InputError{(folder->path() / "status.json").string(), 0, "it is no campaign's",
                          "expected a folder that is new, or a campaign's"};
    before               = *status;
    const bool is_merged = before.state == merging || before.state == merged;
    if (is_merge()) {
        if (is_merged) return {};
        return InputError{options.fuzzing.out, 0, "it is the folder of a campaign that fuzzed",
                          "expected another --out, or one that was merged before"};
    }
    if (before.state != "over" && !is_merged) time_left = std::min(wanted, before.seconds_left);
    if (options.fuzzing.seed.value_or(before.campaign.seed) != before.campaign.seed)
        return InputError{options.fuzzing.out, 0,
                          "this campaign has seed " + std::to_string(before.campaign.seed),
                          "expected that one, no --seed, or another --out"};
    seed = before.campaign.seed;
    ++before.stretch;
    return {};
}

/// Whether the extensions load and start at all, and that they are those of this campaign.
std::optional<InputError> Campaign::try_stage() {
    auto opened = fuzz::ContainedStage::open(prepared.contained);
    if (const auto* error = std::get_if<InputError>(&opened)) return *error;
    const auto& stage = *std::get<std::unique_ptr<fuzz::ContainedStage>>(opened);
    names             = {stage.names().begin(), stage.names().end()};
    if (!before.campaign.extensions.empty() && before.campaign.extensions != names)
        return InputError{options.fuzzing.out, 0,
                          "this is a campaign of " + listed(before.campaign.extensions),
                          "expected the same extensions, or another --out"};
    finds.emplace(*folder, options.fuzzing, prepared.contained);
    return {};
}

/// What is merged, or what the other nodes have kept until now.
std::vector<std::string> Campaign::files_of_others() {
    if (is_merge()) {
        const std::vector<std::filesystem::path> campaigns(options.merged.begin(),
                                                           options.merged.end());
        return files_in_corpora(campaigns);
    }
    if (!options.node) return {};
    const auto files = files_in_corpora(other_nodes(folder->path()));
    others.emplace(folder->path()).know(files);
    return files;
}

void Campaign::announce() const {
    std::string text = "seed " + std::to_string(seed) + "\n";
    if (options.node) text += "node " + std::to_string(*options.node) + "\n";
    if (before.stretch > 1)
        text += "goes on: " + std::to_string(before.campaign.runs) + " runs before, start " +
                std::to_string(before.stretch) + "\n";
    for (const auto& worker : workers)
        text += "job " + std::to_string(worker->task.job) + " has seed " +
                std::to_string(worker->task.seed) + "\n";
    if (options.fuzzing.output.json) {
        std::fputs(text.c_str(), stderr);
    } else {
        say(text);
    }
}

void Campaign::start(Worker& worker) {
    worker.task.seed =
        seed_of_job(seed, before.stretch, number_of_job(options.node.value_or(0), worker.task.job),
                    worker.starts++);
    worker.said.clear();
    worker.child = std::make_unique<fuzz::Child>(
        [this, &worker](int) { run_job(*plan, worker.task, *worker.board, *common); }, worker.said);
}

/// @return whether to go on.
bool Campaign::watch() {
    set_stop();
    bool at_work = false;
    for (auto& worker : workers)
        at_work |= watch(*worker);
    if (Clock::now() - written >= write_every) write_status();
    if (line.due()) line.show(line_text(status()));
    return at_work;
}

void Campaign::set_stop() {
    if (interrupt.noticed() || failed) {
        common->stop = Stop::now;
    } else if (too_few_starts()) {
        failed = Exit::bad_input;
    } else if (!options.fuzzing.runs && seconds() >= time_left) {
        common->stop = Stop::when_given_is_played;
    }
}

/// @return whether the job is at work. One that holds too much memory is started anew, and one that
///         somebody killed, as a system does that is short of it: what it knew is in the corpus.
bool Campaign::watch(Worker& worker) {
    if (!worker.child) return false;
    if (worker.child->lives()) {
        const bool greedy =
            memory_of(worker.child->process()) > options.memory_max_mib * bytes_per_mib;
        if (!greedy || worker.board->over) return true;
        worker.child->kill_now();
    }
    const bool killed = was_killed(worker.child->status());
    const bool stops  = common->stop != Stop::not_yet;
    if (!worker.board->over && killed && !stops && worker.starts <= anew_max) {
        start(worker);
        return true;
    }
    if (!worker.board->over && !(killed && stops)) {
        line.clear();
        std::fprintf(stderr, "job %u died\n%s", worker.task.job, worker.said.text().c_str());
        failed = Exit::internal;
    }
    worker.child.reset();
    return false;
}

/// Only what starts can be judged. What is merged was.
bool Campaign::too_few_starts() const {
    if (is_merge()) return false;
    const auto runs   = sum(&fuzz::JobBoard::runs);
    const auto starts = sum(&fuzz::JobBoard::restarted_runs);
    const bool tells  = runs >= runs_that_tell || (runs > 0 && state != "running");
    return tells && starts * 100 < runs * options.starts_min_percent;
}

bool Campaign::is_merge() const {
    return !options.merged.empty();
}

void Campaign::set_state() {
    if (is_merge()) {
        state = interrupt.noticed() ? merging : merged;
    } else {
        state = interrupt.noticed() ? "interrupted" : "over";
    }
}

Exit Campaign::conclude() {
    line.clear();
    set_state();
    if (is_merge() && common->corpus_bytes >= plan->corpus_bytes_max) {
        std::fputs(
            "the corpus is full: what is merged may show less; expected a higher "
            "--corpus-max\n",
            stderr);
        failed = Exit::undecided;
    }
    if (common->unstable) failed = Exit::internal;
    if (!failed && too_few_starts()) failed = Exit::bad_input;
    write_status();
    const CampaignStatus told = status();
    if (options.fuzzing.output.json) {
        say(reports::status_json(told));
    } else {
        say(reports::summary_text(told, options.fuzzing.output.style()));
    }
    if (!options.fuzzing.output.reports.empty())
        if (const auto error = write_reports(options.fuzzing.output, issue(told)))
            failed = heavier(failed.value_or(Exit::conforms), complain(*error));
    if (common->unstable)
        std::fputs("a run that broke a rule did not when it was played again\n", stderr);
    if (failed == Exit::bad_input) {
        const auto runs = sum(&fuzz::JobBoard::runs);
        return complain({listed(options.fuzzing.extensions.named), 0,
                         "in " + std::to_string(sum(&fuzz::JobBoard::restarted_runs)) + " of " +
                             std::to_string(runs) + " runs did it attach and restart",
                         "expected one that does in " + std::to_string(options.starts_min_percent) +
                             " of 100 at least, for only then there is something to judge"});
    }
    return heavier(heavier(weight_of_found(), starved()), failed.value_or(Exit::conforms));
}

Exit Campaign::weight_of_found() const {
    Exit exit = Exit::conforms;
    for (const auto& found : finds->all()) {
        const bool rule = model::rule_of(found.rule) != model::no_rule;
        exit            = heavier(exit, rule                       ? Exit::violates
                                        : found.rule == "internal" ? Exit::internal
                                                                   : Exit::undecided);
    }
    return exit;
}

}  // namespace interlock::cli
