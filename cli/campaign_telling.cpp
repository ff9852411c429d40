// Where a campaign stands: from the jobs' boards to a status.

#include <algorithm>
#include <cstdio>

#include "cli/campaigning.hpp"
#include "fuzz/coverage.hpp"
#include "model/judge.hpp"
#include "model/machine.hpp"
#include "reports/engines.hpp"
#include "reports/rule_page.hpp"
#include "reports/trend.hpp"

namespace interlock::cli {
namespace {

using reports::CampaignStatus;

/// Seconds since a moment of the system's clock; since the start, if there was none.
double seconds_since(std::uint64_t ms, double otherwise) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    if (ms == 0) return otherwise;
    return std::max(0.0, std::chrono::duration<double>(now).count() - double(ms) / 1000);
}

std::uint64_t count_of(const std::vector<reports::Entry>& entries, std::string_view name) {
    const auto found = std::ranges::find(entries, name, &reports::Entry::name);
    return found == entries.end() ? 0 : found->count;
}

std::vector<reports::Entry> as_told(const std::vector<fuzz::Entries>& entries) {
    std::vector<reports::Entry> told;
    for (const fuzz::Entries& entry : entries)
        told.push_back({entry.name, entry.count});
    return told;
}

}  // namespace

double Campaign::seconds() const {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

std::uint64_t Campaign::sum(std::atomic<std::uint64_t> fuzz::JobBoard::*count) const {
    std::uint64_t all = 0;
    for (const auto& worker : workers)
        all += (*worker->board).*count;
    return all;
}

/// Of all jobs of this start.
std::vector<std::uint64_t> Campaign::sums(std::size_t first, std::size_t count) const {
    std::vector<std::uint64_t> all(count);
    for (std::size_t place = 0; place < count; ++place)
        for (const auto& worker : workers)
            all[place] += worker->board->entries[first + place];
    return all;
}

/// Of this start and of those before, of which the names tell what is meant.
std::vector<std::uint64_t> Campaign::entries() const {
    const auto cells = model::cell_count();
    auto       all   = sums(0, cells + model::rules().size());
    for (std::size_t place = 0; place < all.size(); ++place) {
        all[place] += place < cells ? count_of(before.cells, reports::cell_name(place))
                                    : count_of(before.rules, model::rules()[place - cells].id);
    }
    return all;
}

std::vector<model::UnderWay> Campaign::under_way() const {
    auto all = fuzz::under_way_in(sums(fuzz::first_under_way_entry, fuzz::under_way_entries_max));
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
        const auto known = std::ranges::find(before.under_way, reports::cell_name(cell),
                                             &reports::UnderWayRow::name);
        if (known == before.under_way.end()) continue;
        for (std::size_t count = 0; count < all[cell].size(); ++count)
            all[cell][count] += known->taken[count];
    }
    return all;
}

std::vector<reports::Engine> Campaign::engines() const {
    std::array<std::uint64_t, fuzz::engine_counts_max> counts{};
    for (std::size_t place = 0; place < counts.size(); ++place)
        for (const auto& worker : workers)
            counts[place] += worker->board->engines[place];
    auto all = engines_of(fuzz::tallies_of(counts));
    reports::add_engines(all, before.campaign.engines);
    for (const reports::FoundFault& found : finds->all()) {
        const EngineFind find{found.origin, found.scheduler, found.rule, found.run};
        tell_finds(all, {&find, 1});
    }
    return all;
}

std::uint64_t Campaign::jobs_started_anew() const {
    std::uint64_t count = 0;
    for (const auto& worker : workers)
        count += worker->starts - std::min(worker->starts, 1U);
    return count;
}

CampaignStatus Campaign::status() {
    const auto     all    = entries();
    const auto     size   = fuzz::SharedCorpus(*folder).size();
    const auto     runs   = sum(&fuzz::JobBoard::runs);
    CampaignStatus now    = before;
    now.state             = state;
    now.seconds_left      = state == "over" ? 0 : std::max(0.0, time_left - seconds());
    now.runs_per_second   = double(runs) / std::max(seconds(), 0.001);
    now.seconds_since_new = seconds_since(common->new_at_ms, seconds());
    now.plain_runs += sum(&fuzz::JobBoard::plain_runs);
    now.restarted_runs += sum(&fuzz::JobBoard::restarted_runs);
    now.jobs_started_anew += jobs_started_anew();
    now.corpus_files = size.files;
    now.corpus_bytes = size.bytes;
    now.states       = as_told(fuzz::state_entries(all));
    now.rules        = as_told(fuzz::rule_entries(all));
    now.cells.clear();
    for (std::size_t cell = 0; cell < model::cell_count(); ++cell)
        now.cells.push_back({reports::cell_name(cell), all[cell]});
    now.under_way = reports::under_way_rows(under_way());
    for (const auto& worker : workers)
        now.job_seeds.push_back(worker->task.seed);
    now.found = finds->all();

    reports::Campaign& campaign = now.campaign;
    campaign.extensions         = names;
    campaign.seed               = seed;
    campaign.runs += runs;
    campaign.seconds += seconds();
    campaign.violating_runs += sum(&fuzz::JobBoard::violating_runs);
    campaign.undecided_runs += sum(&fuzz::JobBoard::undecided_runs);
    campaign.faulty_runs += sum(&fuzz::JobBoard::faulty_runs);
    campaign.engines = engines();
    tell_coverage(campaign, fuzz::covered((*prepared.contained.seen)->features));
    for (const auto& worker : workers)
        campaign.edges_all = std::max(campaign.edges_all, worker->board->edges_all.load());
    return now;
}

/// The page first: whoever reads the status afterwards finds a page that is as new.
void Campaign::write_status() {
    CampaignStatus now    = status();
    const auto&    so_far = now.campaign;
    reports::add_sample(before.campaign.trend, {.runs        = so_far.runs,
                                                .seconds     = so_far.seconds,
                                                .transitions = so_far.transitions,
                                                .rules       = so_far.rules,
                                                .edges       = so_far.edges,
                                                .found       = now.found.size()});
    now.campaign.trend = before.campaign.trend;
    folder->put("status.html", reports::status_page(now), fuzz::DurableFolder::Safe::if_killed);
    folder->put("status.json", reports::status_json(now));
    written = Clock::now();
}

std::string Campaign::line_text(const CampaignStatus& now) const {
    const reports::Campaign& campaign = now.campaign;
    char                     text[240];
    std::snprintf(text, sizeof text,
                  "%llu runs  %.0f/s  transitions %u/%u  rules %u/%u  edges %u/%u  corpus %llu  "
                  "found %zu  new %.0f s ago  %.0f s to go",
                  static_cast<unsigned long long>(campaign.runs), now.runs_per_second,
                  campaign.transitions, campaign.transitions_all, campaign.rules,
                  campaign.rules_all, campaign.edges, campaign.edges_all,
                  static_cast<unsigned long long>(now.corpus_files), now.found.size(),
                  now.seconds_since_new, now.seconds_left);
    return text;
}

}  // namespace interlock::cli
