#pragma once

// The memory that a stage shares with its worker: what is to be played, what became of it, and
// the last words of a worker that died.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "harness/call_stack.hpp"
#include "harness/kernel/kernel.hpp"
#include "harness/sched/exhaustive.hpp"
#include "harness/sched/strike.hpp"
#include "model/event.hpp"
#include "model/rule.hpp"
#include "model/verdict.hpp"

namespace interlock::fuzz {

inline constexpr std::size_t batch_max    = 16;         // Scenarios that are played in one go.
inline constexpr std::size_t request_max  = 24U << 20;  // Bytes of all scenarios of a batch.
inline constexpr std::size_t features_max = 1U << 20;

// What is counted over all plays, one number after the other: see coverage.hpp.
inline constexpr std::size_t totals_max            = 2048;  // Filled cells of the model, and rules.
inline constexpr std::size_t first_under_way_entry = totals_max;
inline constexpr std::size_t under_way_entries_max = 4096;
inline constexpr std::size_t first_edge_entry      = first_under_way_entry + under_way_entries_max;
inline constexpr std::size_t edges_max             = features_max / 8;
inline constexpr std::size_t entries_max           = first_edge_entry + edges_max;

/// What any play has shown so far: non-zero at each feature of coverage.hpp that came up.
struct Seen {
    std::array<std::uint8_t, features_max> features;
};

/// The call that a sweep made fail: harness/sched/strike.hpp.
struct Struck {
    bool              made = false;
    harness::TaskName task;
    std::uint32_t     row = 0;  // In harness::faultables.
    std::uint32_t     nth = 0;
    std::uint32_t     way = 0;

    /// With which a run without a sweep does the same. @pre made
    harness::Decision decision() const;
};

/// Where two plays of one scenario part. They never should: a scenario says everything.
struct Difference {
    std::uint32_t at = 0;  // Place of the event, from 1; 0: they do not part.
    model::Event  first;   // That event of each; EndOfRun where a trace has ended.
    model::Event  second;
};

/// What became of one play, in short.
struct Summary {
    bool             played       = false;
    bool             restarted    = false;  // Every extension got as far as its first restart.
    model::Outcome   outcome      = model::Outcome::undecided;
    harness::Halt    halt         = harness::Halt::finished;
    model::RuleIndex rule         = model::no_rule;  // The first that is broken, if any is;
    model::Party     guilty       = model::Party::extension;  // by whom,
    model::ModuleId  module       = model::host_module;       // by which extension,
    std::uint32_t    at           = 0;                        // and where in the trace.
    std::uint32_t    violations   = 0;
    std::uint32_t    new_features = 0;  // What no play before it has shown.
    std::uint64_t    events       = 0;
    Difference       differs      = {};  // Between two plays of it, where it is played twice.
};

/// Written by a worker as it dies.
struct LastWords {
    bool                 said = false;  // Whether it came to write this.
    model::Event         crash;         // The event with which the trace ends.
    std::array<char, 96> place = {};    // Where the task stood; a C string.
    harness::TaskName    task;          // Which it was.
    harness::CallStack   stack;         // Where in an extension's code, if it was there.
};

/// Which schedules of a scenario are played: harness/sched/exhaustive.hpp.
enum class Independence : std::uint8_t {
    none,       // Every two steps may depend on each other.
    race_free,  // As harness/footprint.hpp says, of extensions that have no data race.
};
struct SearchLimits {
    harness::Bounds bounds;
    Independence    independence = Independence::none;
};

/// How far a search has come. The scenario is the first of the board's.
struct ScheduleSearch {
    SearchLimits  limits;
    std::uint64_t schedules = 0;  // Played to their end,
    std::uint64_t undecided = 0;  // of these without a verdict,
    std::uint64_t pruned    = 0;  // and given up where others had been.
    std::uint64_t events    = 0;
    bool          left      = true;   // There is another schedule.
    bool          found     = false;  // The last one breaks a rule.
    bool          diverged  = false;  // The last one did not do what the one before it did.

    // Of the last one, as Exhaustive::path.
    std::uint32_t                                   path_length = 0;
    std::array<std::uint16_t, std::size_t{1} << 20> path;
};

struct Board {
    // From the stage.
    std::uint32_t                            count  = 0;
    std::array<std::uint32_t, batch_max + 1> begins = {};  // Where each begins in `request`.

    bool sweep = false;  // See Sweep.
    bool twice = false;  // Each of the batch is played once more, and compared.

    ScheduleSearch search;  // Of it, too, where it begins.

    // From the worker.
    std::atomic<std::uint64_t>     ticks    = 0;  // Scheduling steps: a sign of life.
    std::atomic<std::uint32_t>     finished = 0;  // Of the batch.
    std::array<Summary, batch_max> summaries;
    LastWords                      last_words;
    std::array<Struck, batch_max>  struck;  // In each of the batch, if it is swept.
    harness::StruckStacks          struck_stacks;
    std::uint32_t                  edges_all = 0;

    // Of all batches so far; see coverage.hpp. Of the edges, of all plays.
    std::array<std::uint64_t, entries_max> entries = {};

    std::array<std::uint8_t, request_max> request;
};

/// In how many plays each edge was run.
inline std::span<std::uint64_t> edge_runs_on(Board& board) {
    return std::span(board.entries).subspan(first_edge_entry);
}

}  // namespace interlock::fuzz
