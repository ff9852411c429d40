#pragma once

// A fuzzing campaign as its user sees it: the seed, progress, findings, a table.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "cli/exit.hpp"
#include "cli/extensions.hpp"
#include "cli/interrupt.hpp"
#include "cli/judging.hpp"
#include "cli/memory.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"
#include "fuzz/coverage.hpp"
#include "fuzz/loop.hpp"
#include "reports/result.hpp"

namespace interlock::cli {

struct FuzzingOptions {
    Extensions                   extensions;
    std::chrono::milliseconds    time{10'000};  // Counts if `runs` does not.
    std::optional<std::uint64_t> runs;
    std::optional<std::uint64_t> seed;
    std::string                  out        = ".";
    bool                         keep_going = false;
    std::vector<std::uint32_t>   ioctl_codes;  // That the extensions' devices know
    std::vector<std::string>     begin_with;   // Scenarios, or folders of them
    fuzz::FaultMode              faults = fuzz::FaultMode::none;
    fuzz::Plays                  plays  = fuzz::Plays::once;
    Judging                      judging;
    Memory                       memory;
    Output                       output;
};

/// What a loop is told that plays these options, and its stage.
struct Prepared {
    fuzz::ContainedOptions contained;
    fuzz::LoopOptions      loop;  // Without a seed, and without an end.
};

std::variant<Prepared, harness::InputError> prepare(const FuzzingOptions& options);

/// Names the stack in a scenario, if an extension of each of these names comes with Interlock.
void name_bundled(harness::Scenario& scenario, const Extensions& extensions,
                  std::span<const std::string> names);

/// The command that shows what a file holds again.
std::string replay_line(const FuzzingOptions& options, const std::string& file);

/// How much was seen, and the names of what was not.
void tell_coverage(reports::Campaign& campaign, const fuzz::Covered& covered);

/// How often each transition was taken and each rule asked: see fuzz::add_entries.
/// @pre tell_coverage was called before.
void tell_entries(reports::Campaign& campaign, std::span<const std::uint64_t> entries);

/// What the runs of each engine came to; without what it found.
std::vector<reports::Engine> engines_of(const fuzz::EngineTallies& tallies);

/// Who was the first to find something.
struct EngineFind {
    std::string   origin, scheduler;  // As in reports::Engine
    std::string   rule;
    std::uint64_t run = 0;
};
void tell_finds(std::span<reports::Engine> engines, std::span<const EngineFind> finds);

/// "my.so, forwarder": as they were named.
std::string listed(std::span<const std::string> named);

/// A seed that nobody chose; short enough to be typed.
std::uint64_t any_seed();

/// What an extension said to its attach or restart, if it refused: ": FilterAttach returned ...".
std::string refusal(const fuzz::Play& play);

/// Gives a subcommand what says which extensions are fuzzed, and how; not for how long.
void add_fuzzing_to(CLI::App& command, FuzzingOptions& options);

class Fuzzing {
public:
    explicit Fuzzing(FuzzingOptions options);

    Exit run();

private:
    using Clock = std::chrono::steady_clock;

    void              announce() const;
    bool              go_on(const fuzz::Progress& progress);
    bool              found(fuzz::Finding finding);
    bool              differed(const fuzz::Run& run, const fuzz::Difference& difference);
    void              complain_of_replay(const fuzz::Finding& finding, const std::string& file);
    void              sample(const fuzz::Progress& progress);
    std::string       status(const fuzz::Progress& progress) const;
    Exit              conclude(const fuzz::Progress& progress);
    Exit              never_started(const fuzz::Progress& progress);
    reports::Campaign summary(const fuzz::Progress& progress) const;

    double seconds() const;

    FuzzingOptions                        options;
    std::uint64_t                         seed;
    fuzz::ContainedOptions                contained;
    std::unique_ptr<fuzz::ContainedStage> stage;
    Clock::time_point                     begun;
    Interrupt                             interrupt;
    ProgressLine                          line;
    reports::Issue                        issue;
    std::vector<reports::Sample>          trend;
    std::vector<EngineFind>               finds;
    std::uint64_t                         sample_due = 0;  // After so many runs
    Exit                                  exit = Exit::conforms;
};

}  // namespace interlock::cli
