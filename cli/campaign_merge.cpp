// Several campaigns become one: their finds and counts at once, their corpora as they are played.

#include <algorithm>

#include "cli/campaigning.hpp"
#include "cli/text_file.hpp"
#include "reports/engines.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;
using harness::InputError;
using reports::CampaignStatus;
using reports::Entry;

std::optional<CampaignStatus> status_in(const fs::path& campaign) {
    return reports::parse_status(read_text(campaign / "status.json"));
}

void add(std::vector<Entry>& sum, const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
        const auto known = std::ranges::find(sum, entry.name, &Entry::name);
        if (known == sum.end()) {
            sum.push_back(entry);
        } else {
            known->count += entry.count;
        }
    }
}

void add(std::vector<reports::UnderWayRow>& sum, const reports::UnderWayRow& row) {
    const auto known = std::ranges::find(sum, row.name, &reports::UnderWayRow::name);
    if (known == sum.end()) {
        sum.push_back(row);
        return;
    }
    for (std::size_t count = 0; count < row.taken.size(); ++count)
        known->taken[count] += row.taken[count];
}

/// States are counted anew from the transitions.
void add(CampaignStatus& sum, const CampaignStatus& one) {
    sum.plain_runs += one.plain_runs;
    sum.restarted_runs += one.restarted_runs;
    sum.jobs_started_anew += one.jobs_started_anew;
    sum.campaign.runs += one.campaign.runs;
    sum.campaign.seconds += one.campaign.seconds;
    sum.campaign.violating_runs += one.campaign.violating_runs;
    sum.campaign.undecided_runs += one.campaign.undecided_runs;
    sum.campaign.faulty_runs += one.campaign.faulty_runs;
    add(sum.cells, one.cells);
    add(sum.rules, one.rules);
    reports::add_engines(sum.campaign.engines, one.campaign.engines);
    for (const reports::UnderWayRow& row : one.under_way)
        add(sum.under_way, row);
}

}  // namespace

/// What an earlier merge into this folder has counted is counted anew; its finds stay.
std::optional<InputError> Campaign::merge() {
    CampaignStatus all;
    all.stretch        = before.stretch;
    all.campaign.trend = before.campaign.trend;
    for (const std::string& name : options.merged) {
        const auto one = status_in(name);
        if (!one)
            return InputError{name, 0, "it is no campaign's folder: it has no status.json",
                              "expected what a campaign's --out named"};
        if (one->campaign.extensions != names)
            return InputError{name, 0, "it is a campaign of " + listed(one->campaign.extensions),
                              "expected one of " + listed(names)};
        if (all.campaign.extensions.empty())
            seed = options.fuzzing.seed.value_or(one->campaign.seed);
        all.campaign.extensions = names;
        add(all, *one);
        if (const auto error = finds->take_over(name)) return error;
    }
    before = std::move(all);
    return {};
}

}  // namespace interlock::cli
