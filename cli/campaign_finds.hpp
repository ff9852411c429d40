#pragma once

// The faults that a campaign finds. Of each rule, party and place of the call the first is kept,
// at once as it was found, later also as small as it gets. Nothing that was written once is lost,
// whatever is killed when: what was not made small yet is so by the next start.

#include <memory>
#include <set>

#include "cli/fuzzing.hpp"
#include "fuzz/durable_folder.hpp"
#include "reports/campaign_status.hpp"

namespace interlock::cli {

/// Which run shows a fault.
struct Finder {
    fuzz::Engine  engine   = 0;
    std::uint32_t job      = 0;
    std::uint64_t job_seed = 0;
    std::uint64_t run      = 0;
    double        seconds  = 0;  // Into the campaign
};

class CampaignFinds {
public:
    /// @param folder     the campaign's; is to outlive this, like the options.
    /// @param contained  how a stage is opened that looks closer: apart from the one that fuzzes,
    ///                   so that nothing counts as seen that no scenario of the corpus shows.
    CampaignFinds(const fuzz::DurableFolder& folder, const FuzzingOptions& options,
                  fuzz::ContainedOptions contained);

    enum class Take : std::uint8_t { known, fresh, unstable };

    /// A scenario that broke a rule. `unstable`: it did not when it was played again.
    Take take(const harness::Scenario& scenario, const Finder& finder);

    /// One that ended the worker: it is not played again if it hung.
    Take take(const harness::Scenario& scenario, const fuzz::Play& play, const Finder& finder);

    /// Makes small what an earlier start had no time for: every `jobs`th, from `job` on.
    void finish(std::uint32_t job, std::uint32_t jobs);

    /// Takes in what another campaign of the same extensions found, with its records: what is not
    /// known here, and what is made small there and not here.
    std::optional<harness::InputError> take_over(const std::filesystem::path& campaign);

    /// All that was found, by key. Reads the records anew.
    std::vector<reports::FoundFault> all() const;

private:
    fuzz::ContainedStage& closer();
    Take keep(const harness::Scenario& scenario, fuzz::Finding finding, const Finder& finder);
    void make_small(reports::FoundFault found, const harness::Scenario& scenario);
    void leave_as_found(reports::FoundFault found);
    void put(const reports::FoundFault& found);
    bool take_over(reports::FoundFault found, const std::filesystem::path& from);
    std::vector<std::string> files_as_found() const;
    reports::FoundFault      described(const fuzz::Finding& finding, const Finder& finder);
    std::string              site_of(const fuzz::Finding& finding) const;
    std::string              replay_of(const std::string& file) const;

    const fuzz::DurableFolder&            folder;
    const FuzzingOptions&                 options;
    fuzz::ContainedOptions                contained;
    std::unique_ptr<fuzz::ContainedStage> stage;
    std::set<std::string>                 known;
};

}  // namespace interlock::cli
