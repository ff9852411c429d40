#pragma once

// A campaign of many jobs over one folder, as its user sees it. Whenever it is killed, the same
// command goes on from what the folder holds: corpus, finds, and the status as it was last written.

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/campaign_finds.hpp"
#include "cli/campaign_job.hpp"
#include "cli/exit.hpp"
#include "cli/folder_lock.hpp"
#include "cli/fuzzing.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "fuzz/child.hpp"
#include "fuzz/job_board.hpp"
#include "fuzz/shared.hpp"
#include "fuzz/shared_corpus.hpp"
#include "reports/campaign_status.hpp"

namespace interlock::cli {

/// How often something is to come up at least. The floor of one name goes before that of a kind.
struct Floor {
    std::string   name;  // "states", "rules", or one of them: "nic:connected", "NIC-17"
    std::uint64_t least = 0;
};

/// Reads "<name>=<number>". Nothing if it is none, or names nothing that there is.
std::optional<Floor> parse_floor(const std::string& text);

struct CampaignOptions {
    FuzzingOptions     fuzzing;  // Its time is that of the whole campaign.
    std::uint32_t      jobs               = 1;
    std::uint64_t      corpus_max_mib     = 256;   // On disk
    std::uint64_t      memory_max_mib     = 2048;  // Of each job; it is started anew then.
    std::uint32_t      starts_min_percent = 1;     // Runs in which all extensions restart.
    std::vector<Floor> floors;

    std::optional<std::uint32_t> node;    // Of several that share the folder it is told.
    std::vector<std::string>     merged;  // Folders of campaigns that become one; it fuzzes none.
};

class Campaign {
public:
    explicit Campaign(CampaignOptions options);

    Exit run();

private:
    using Clock = std::chrono::steady_clock;

    /// A job's process, its boards and what it prints.
    struct Worker {
        fuzz::Shared<fuzz::JobBoard> board;
        fuzz::Scratch                said;
        std::unique_ptr<fuzz::Child> child;
        JobTask                      task;
        std::uint32_t                starts = 0;
    };

    std::optional<harness::InputError> open();
    std::optional<harness::InputError> resume();
    std::optional<harness::InputError> try_stage();
    std::optional<harness::InputError> merge();
    std::vector<std::string>           files_of_others();
    bool                               is_merge() const;
    std::uint64_t                      jobs_started_anew() const;
    void                               set_state();
    void                               announce() const;
    void                               start(Worker& worker);
    bool                               watch();
    bool                               watch(Worker& worker);
    void                               set_stop();
    bool                               too_few_starts() const;
    Exit                               conclude();
    Exit                               starved() const;
    Exit                               weight_of_found() const;
    reports::Issue                     issue(const reports::CampaignStatus& told) const;

    void                       write_status();
    reports::CampaignStatus    status();
    std::string                line_text(const reports::CampaignStatus& status) const;
    double                     seconds() const;
    std::uint64_t              sum(std::atomic<std::uint64_t> fuzz::JobBoard::*count) const;
    std::vector<std::uint64_t> sums(std::size_t first, std::size_t count) const;
    std::vector<std::uint64_t> entries() const;

    std::vector<model::UnderWay> under_way() const;
    std::vector<reports::Engine> engines() const;

    CampaignOptions                      options;
    std::uint64_t                        seed = 0;
    std::optional<fuzz::DurableFolder>   folder;
    FolderLock                           lock;
    Prepared                             prepared;
    std::optional<JobsPlan>              plan;
    std::optional<CampaignFinds>         finds;
    std::optional<OtherNodes>            others;
    std::vector<std::string>             names;
    reports::CampaignStatus              before;         // What earlier starts have told.
    double                               time_left = 0;  // Seconds, of this start
    fuzz::Shared<fuzz::CampaignBoard>    common;
    std::vector<std::unique_ptr<Worker>> workers;
    Clock::time_point                    begun;
    Clock::time_point                    written;
    Interrupt                            interrupt;
    ProgressLine                         line;
    std::optional<Exit>                  failed;
    std::string                          state = "running";
};

}  // namespace interlock::cli
