#pragma once

// One job of a campaign: a process that fuzzes on, tells of itself on a board, keeps what is new in
// the common corpus, learns from what others keep there, and writes what it finds.

#include <chrono>
#include <string>
#include <vector>

#include "cli/campaign_finds.hpp"
#include "cli/campaign_nodes.hpp"
#include "cli/fuzzing.hpp"
#include "fuzz/durable_folder.hpp"
#include "fuzz/job_board.hpp"

namespace interlock::cli {

/// The same for all jobs.
struct JobsPlan {
    const FuzzingOptions&      options;
    const Prepared&            prepared;  // Its stages see on one common board what was seen.
    const fuzz::DurableFolder& folder;
    const OtherNodes*          others = nullptr;  // From whom it learns; knows what they had.
    std::vector<std::string>   from_others;       // Their scenarios, which are played first.
    std::uint32_t              jobs             = 1;
    std::uint64_t              corpus_bytes_max = 0;
    double                     seconds_before = 0;  // That the campaign has run before this start.

    std::chrono::steady_clock::time_point begun;
};

/// What one job is told.
struct JobTask {
    std::uint32_t job      = 0;
    std::uint64_t seed     = 0;
    std::uint64_t runs_max = 0;
};

/// Lives until it is told to stop, or has done its runs. What it tells is on the boards.
void run_job(const JobsPlan& plan, const JobTask& task, fuzz::JobBoard& board,
             fuzz::CampaignBoard& common);

}  // namespace interlock::cli
