#pragma once

// Where a campaign of many jobs stands: as JSON, from which it goes on after it was killed, and as
// one page that a browser shows.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/layout.hpp"
#include "reports/result.hpp"
#include "reports/under_way.hpp"

namespace interlock::reports {

/// A fault that a campaign found: the first of its rule, party and place.
struct FoundFault {
    std::string   key;       // What it is known by: the same in each start of the campaign.
    std::string   rule;      // Its id; or "undecided", or "internal".
    std::string   party;     // "extension forwarder", "host"
    std::string   what;      // "commits a destination after ..."
    std::string   site;      // From where it called; may be empty.
    std::string   as_found;  // The file of the scenario as it was found; empty: made small.
    std::string   scenario;  // The file of the scenario that was made small; empty: not yet.
    std::string   replay;    // The command that shows it again.
    std::string   origin;    // "plain", "changed", "given": see fuzz/engines.hpp,
    std::string   scheduler;  // "POS", "PCT", ...: there, too.
    std::uint32_t job      = 0;
    std::uint64_t job_seed = 0;
    std::uint64_t run      = 0;  // Of that job, from 1.
    double        seconds  = 0;  // Into the campaign.
};

/// How often something came up.
struct Entry {
    std::string   name;
    std::uint64_t count = 0;
};

struct CampaignStatus {
    Campaign      campaign;
    std::string   state             = "running";  // or "over", "interrupted"
    std::uint32_t stretch           = 1;          // How often it was started.
    double        seconds_left      = 0;
    double        runs_per_second   = 0;  // In this stretch
    double        seconds_since_new = 0;
    std::uint64_t plain_runs        = 0;
    std::uint64_t restarted_runs    = 0;
    std::uint64_t jobs_started_anew = 0;  // For want of memory, or killed.
    std::uint64_t corpus_files      = 0;
    std::uint64_t corpus_bytes      = 0;

    std::vector<std::uint64_t> job_seeds;  // Of this stretch
    std::vector<Entry>         cells;      // How often each transition was taken,
    std::vector<Entry>         states;     // each state entered by one,
    std::vector<Entry>         rules;      // each rule asked.
    std::vector<UnderWayRow>   under_way;  // What was under way at each transition.
    std::vector<FoundFault>    found;
};

std::string status_json(const CampaignStatus& status);

/// Nothing if the text is no status. What a status of another build lacks is left as it is here.
std::optional<CampaignStatus> parse_status(std::string_view text);

std::string found_json(const FoundFault& found);

std::optional<FoundFault> parse_found(std::string_view text);

/// One page, with nothing beside it, that loads itself anew while the campaign runs.
std::string status_page(const CampaignStatus& status);

/// What a person reads at the end: the finds with their replay lines, then the table.
std::string summary_text(const CampaignStatus& status, const TextStyle& style);

}  // namespace interlock::reports
