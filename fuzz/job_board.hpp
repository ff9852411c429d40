#pragma once

// The memory that a campaign shares with its jobs.

#include <array>
#include <atomic>
#include <cstdint>

#include "fuzz/board.hpp"
#include "fuzz/engines.hpp"

namespace interlock::fuzz {

/// What one job tells. Counts go on when the job is started anew.
struct JobBoard {
    std::atomic<std::uint64_t> runs           = 0;
    std::atomic<std::uint64_t> plain_runs     = 0;
    std::atomic<std::uint64_t> violating_runs = 0;
    std::atomic<std::uint64_t> undecided_runs = 0;
    std::atomic<std::uint64_t> restarted_runs = 0;
    std::atomic<std::uint64_t> faulty_runs    = 0;
    std::atomic<std::uint64_t> stacks_struck  = 0;
    std::atomic<std::uint32_t> edges_all      = 0;
    std::atomic<bool>          over           = false;  // It has done what it was to do.

    std::array<std::atomic<std::uint64_t>, entries_max> entries = {};

    std::array<std::atomic<std::uint64_t>, engine_counts_max> engines = {};  // As EngineTallies
};

/// How urgently the jobs are to end.
enum class Stop : std::uint8_t {
    not_yet,
    when_given_is_played,  // Time is up, but what was given is still to be seen.
    now,
};

/// What all jobs of a campaign know.
struct CampaignBoard {
    std::atomic<Stop>          stop         = Stop::not_yet;
    std::atomic<std::uint64_t> corpus_bytes = 0;
    std::atomic<std::uint64_t> new_at_ms    = 0;      // When something new was last seen, by the
    std::atomic<std::uint64_t> found_at_ms  = 0;      // system's clock; when a fault was.
    std::atomic<std::uint32_t> finds        = 0;      // Records that were written in this stretch.
    std::atomic<bool>          unstable     = false;  // A fault did not show again.
};

}  // namespace interlock::fuzz
