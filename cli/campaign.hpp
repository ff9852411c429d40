#pragma once

// A fuzzing campaign as its user sees it: the seed, progress, findings, a table.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/exit.hpp"
#include "cli/extensions.hpp"
#include "cli/interrupt.hpp"
#include "cli/judging.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"
#include "fuzz/loop.hpp"

namespace interlock::cli {

struct CampaignOptions {
    Extensions                   extensions;
    std::chrono::milliseconds    time{10'000};  // Counts if `runs` does not.
    std::optional<std::uint64_t> runs;
    std::optional<std::uint64_t> seed;
    std::string                  out        = ".";
    bool                         keep_going = false;
    std::vector<std::uint32_t>   ioctl_codes;  // That the extensions' devices know
    std::vector<std::string>     begin_with;   // Scenarios, or folders of them
    fuzz::FaultMode              faults     = fuzz::FaultMode::none;
    Judging                      judging;
    Output                       output;
};

class Campaign {
public:
    explicit Campaign(CampaignOptions options);

    Exit run();

private:
    using Clock = std::chrono::steady_clock;

    void        announce() const;
    std::optional<harness::InputError> read_scenarios(std::vector<harness::Scenario>& into) const;
    bool        go_on(const fuzz::Progress& progress);
    bool        found(fuzz::Finding finding);
    void        complain_of_replay(const fuzz::Finding& finding, const std::string& file);
    std::string status(const fuzz::Progress& progress) const;
    Exit        conclude(const fuzz::Progress& progress);
    Exit        never_started(const fuzz::Progress& progress);
    bool        all_bundled() const;

    reports::Campaign summary(const fuzz::Progress& progress) const;

    std::string extension_names() const;
    double      seconds() const;

    CampaignOptions                       options;
    std::uint64_t                         seed;
    fuzz::ContainedOptions                contained;
    std::unique_ptr<fuzz::ContainedStage> stage;
    Clock::time_point                     begun;
    Interrupt                             interrupt;
    ProgressLine                          line;
    reports::Issue                        issue;
    Exit                                  exit = Exit::conforms;
};

}  // namespace interlock::cli
