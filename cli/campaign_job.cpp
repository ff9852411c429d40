#include "cli/campaign_job.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>

#include "fuzz/shared_corpus.hpp"
#include "harness/check.hpp"
#include "harness/scenario/text.hpp"

namespace interlock::cli {
namespace {

using Clock = std::chrono::steady_clock;
using fuzz::Origin;
using fuzz::Stop;

constexpr auto learn_every = std::chrono::seconds(2);

// Where a fault is common, looking closer at each run that shows it would cost more than the runs.
constexpr std::uint64_t looked_at_first = 32;
constexpr std::uint64_t looked_at_every = 64;

std::uint64_t now_ms() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

class Job {
public:
    Job(const JobsPlan& all, const JobTask& own, fuzz::JobBoard& own_board,
        fuzz::CampaignBoard& common_board)
        : plan(all),
          task(own),
          board(own_board),
          common(common_board),
          corpus(all.folder),
          finds(all.folder, all.options, all.prepared.contained),
          before(fuzz::entries_max) {
        for (std::size_t place = 0; place < fuzz::entries_max; ++place)
            before[place] = board.entries[place];
    }

    void run() {
        auto opened = fuzz::ContainedStage::open(plan.prepared.contained);
        if (const auto* error = std::get_if<harness::InputError>(&opened))
            harness::check(false, to_string(*error));
        stage           = std::move(std::get<std::unique_ptr<fuzz::ContainedStage>>(opened));
        board.edges_all = stage->edges_all();
        finds.finish(task.job, plan.jobs);
        fuzz::LoopOptions loop = plan.prepared.loop;
        loop.seed              = task.seed;
        loop.begin_with        = given();
        loop.keep_given        = fuzz::KeepGiven::if_new;
        loop.runs_max          = loop.begin_with.size() + task.runs_max;
        if (loop.runs_max < task.runs_max) loop.runs_max = task.runs_max;
        given_count = loop.begin_with.size();
        if (plan.others != nullptr && task.job == 0) others = *plan.others;
        fuzz::run_loop(*stage, loop, listener());
        board.over = true;
    }

private:
    /// This job's share of the corpus, of what the user has given and of what others have kept.
    std::vector<harness::Scenario> given() {
        std::vector<harness::Scenario> share;
        add_share(corpus.files(), share);
        from_corpus         = share.size();
        const auto& by_user = plan.prepared.loop.begin_with;
        for (std::size_t place = task.job; place < by_user.size(); place += plan.jobs)
            share.push_back(by_user[place]);
        from_user = share.size();
        add_share(plan.from_others, share);
        corpus.know_all();
        return share;
    }

    void add_share(std::span<const std::string> files, std::vector<harness::Scenario>& share) {
        for (std::size_t place = task.job; place < files.size(); place += plan.jobs) {
            auto read = harness::read_scenario(files[place]);
            if (auto* scenario = std::get_if<harness::Scenario>(&read))
                share.push_back(std::move(*scenario));
        }
    }

    fuzz::Listener listener() {
        return {.progress = [this](const fuzz::Progress& progress) { return go_on(progress); },
                .finding  = {},
                .played   = [this](const fuzz::Run&     run,
                                 const fuzz::Summary& summary) { return played(run, summary); },
                .died =
                    [this](const fuzz::Run& run, const fuzz::Play& play) {
                        note(finds.take(run.scenario, play, finder(run)));
                        return true;
                    },
                .news = [this] { return news(); }};
    }

    bool go_on(const fuzz::Progress& progress) {
        tell(progress);
        switch (common.stop.load()) {
            case Stop::now:
                return false;
            case Stop::when_given_is_played:
                return progress.runs < given_count;
            default:
                return true;
        }
    }

    bool played(const fuzz::Run& run, const fuzz::Summary& summary) {
        if (summary.new_features > 0) {
            keep(run.scenario);
        } else if (run.origin == Origin::given && run.number <= from_corpus) {
            corpus.drop(run.scenario);
        }
        if (summary.violations > 0) look_closer(run, summary);
        return true;
    }

    /// What the user gave may each show a fault at a place of its own.
    void look_closer(const fuzz::Run& run, const fuzz::Summary& summary) {
        const bool by_user =
            run.origin == Origin::given && run.number > from_corpus && run.number <= from_user;
        const auto seen = ++violating[{summary.rule, summary.guilty, summary.module}];
        if (by_user || seen <= looked_at_first || seen % looked_at_every == 0)
            note(finds.take(run.scenario, finder(run)));
    }

    void keep(const harness::Scenario& scenario) {
        common.new_at_ms = now_ms();
        if (common.corpus_bytes < plan.corpus_bytes_max)
            common.corpus_bytes += corpus.add(scenario);
    }

    void note(CampaignFinds::Take take) {
        if (take == CampaignFinds::Take::unstable) common.unstable = true;
        if (take != CampaignFinds::Take::fresh) return;
        ++common.finds;
        common.found_at_ms = now_ms();
    }

    Finder finder(const fuzz::Run& run) const {
        const std::chrono::duration<double> since = Clock::now() - plan.begun;
        return {.engine   = run.engine,
                .job      = task.job,
                .job_seed = task.seed,
                .run      = run.number,
                .seconds  = plan.seconds_before + since.count()};
    }

    std::vector<harness::Scenario> news() {
        if ((plan.jobs == 1 && !others) || Clock::now() - learned < learn_every) return {};
        learned    = Clock::now();
        auto fresh = corpus.news();
        if (others) take_in(others->news(), fresh);
        return fresh;
    }

    /// Plays what other nodes kept. What is new here, too, is kept here and changed from now on.
    void take_in(std::span<const harness::Scenario> theirs, std::vector<harness::Scenario>& fresh) {
        while (!theirs.empty()) {
            fuzz::Batch batch =
                stage->play_batch(theirs.first(std::min(theirs.size(), fuzz::batch_max)));
            // Looking closer at one play uses the board, which holds the summaries.
            const std::vector<fuzz::Summary> summaries(batch.played.begin(), batch.played.end());
            for (std::size_t place = 0; place < summaries.size(); ++place) {
                const fuzz::Run run = of_others(theirs[place]);
                if (summaries[place].violations > 0) look_closer(run, summaries[place]);
                if (summaries[place].new_features == 0) continue;
                keep(run.scenario);
                fresh.push_back(run.scenario);
            }
            theirs = theirs.subspan(summaries.size());
            if (!batch.death) continue;
            note(finds.take(theirs.front(), *batch.death, finder(of_others(theirs.front()))));
            theirs = theirs.subspan(1);
        }
    }

    /// It is no run of this job: it has the number of the last that was.
    fuzz::Run of_others(const harness::Scenario& scenario) const {
        return {scenario, Origin::given, std::max<std::uint64_t>(told.runs, given_count + 1),
                engine_of(Origin::given, scenario)};
    }

    /// Adds what has come since it was told last.
    void tell(const fuzz::Progress& progress) {
        board.runs += progress.runs - told.runs;
        board.plain_runs += progress.plain_runs - told.plain_runs;
        board.violating_runs += progress.violating_runs - told.violating_runs;
        board.undecided_runs += progress.undecided_runs - told.undecided_runs;
        board.restarted_runs += progress.restarted_runs - told.restarted_runs;
        board.faulty_runs += progress.faulty_runs - told.faulty_runs;
        board.stacks_struck = stage->stacks_struck();
        const auto engines = counts_in(progress.engines), known = counts_in(told.engines);
        for (std::size_t place = 0; place < engines.size(); ++place)
            board.engines[place] += engines[place] - known[place];
        told                = progress;
        const auto entries  = stage->entries();
        for (std::size_t place = 0; place < entries.size(); ++place)
            board.entries[place].store(before[place] + entries[place], std::memory_order_relaxed);
    }

    const JobsPlan&                              plan;
    const JobTask&                               task;
    fuzz::JobBoard&                              board;
    fuzz::CampaignBoard&                         common;
    fuzz::SharedCorpus                           corpus;
    CampaignFinds                                finds;
    std::unique_ptr<fuzz::ContainedStage>        stage;
    fuzz::Progress                               told;
    std::vector<std::uint64_t>                   before;     // What the job had told when it died.
    std::map<fuzz::Fault, std::uint64_t>         violating;  // Runs, by what they broke first.
    std::size_t                                  given_count = 0;
    std::size_t                                  from_corpus = 0;  // Of those given, the first,
    std::size_t                                  from_user   = 0;  // and up to here.
    std::optional<OtherNodes>                    others;
    Clock::time_point                            learned = Clock::now();
};

}  // namespace

void run_job(const JobsPlan& plan, const JobTask& task, fuzz::JobBoard& board,
             fuzz::CampaignBoard& common) {
    Job(plan, task, board, common).run();
}

}  // namespace interlock::cli
