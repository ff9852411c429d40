#pragma once

// The loop behind `interlock fuzz`: plays scenarios by chance and by changing what was interesting,
// until somebody says stop. Same seed, same runs, same findings.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "fuzz/contained_stage.hpp"
#include "fuzz/coverage.hpp"
#include "fuzz/engines.hpp"
#include "fuzz/minimise.hpp"
#include "harness/scenario/known_devices.hpp"

namespace interlock::fuzz {

/// Which calls of the extensions fail though they did nothing wrong.
enum class FaultMode : std::uint8_t {
    none,
    sweep,   // Each distinct call stack of one that can fail does so once.
    random,  // By chance: harness::struck_by_chance.
    all,     // Each in every other run.
};

/// When a scenario that was given is kept to be changed.
enum class KeepGiven : std::uint8_t { always, if_new };

struct LoopOptions {
    std::uint64_t         seed      = 0;
    std::uint64_t         runs_max  = ~std::uint64_t{0};
    std::uint32_t         tries_max = 10'000;  // Plays that making one finding smaller may cost.
    FaultMode             faults    = FaultMode::none;
    harness::KnownDevices devices   = {};  // What is known of the extensions' devices.
    std::optional<std::uint16_t> ndis;     // Every scenario is of this version; else by chance.

    Plays plays = Plays::once;  // Twice: Listener::differs is told where two plays part.

    // Every scenario does these; else as it says.
    bool preempts_at_memory = false;
    bool detects_races      = false;

    /// Played first, as they are.
    std::vector<harness::Scenario> begin_with  = {};
    KeepGiven                      keep_given  = KeepGiven::always;
    std::uint64_t                  plain_every = 2;  // Every so many runs one is plain.
};

/// One run, as the loop knows it.
struct Run {
    const harness::Scenario& scenario;  // With what a sweep made fail in it.
    Origin                   origin;
    std::uint64_t            number;  // From 1.
    Engine                   engine;
};

/// Where the loop stands.
struct Progress {
    std::uint64_t runs           = 0;
    std::uint64_t violating_runs = 0;
    std::uint64_t undecided_runs = 0;
    std::uint64_t restarted_runs = 0;  // In which every extension got as far as its first restart.
    std::uint64_t plain_runs     = 0;
    std::uint64_t faulty_runs    = 0;  // In which a call failed, or could by chance.
    std::uint32_t interesting    = 0;  // Scenarios that are kept to be changed.
    std::uint32_t findings       = 0;
    EngineTallies engines;
};

/// A fault that no run before has shown, or a play that did not end.
struct Finding {
    harness::Scenario scenario;  // As small as it got; shows it each time it is played.
    Play              play;      // Of that scenario.
    model::Verdict    verdict;   // On that play.
    std::uint64_t     run    = 0;  // Which run found it, from 1,
    Engine            engine = 0;  // and whose.
};

/// What the loop asks and tells. Each returns whether to go on.
struct Listener {
    std::function<bool(const Progress&)> progress;  // After each batch.
    std::function<bool(const Finding&)>  finding;

    // Who sets these takes the faults: the loop makes none smaller and tells no finding.
    std::function<bool(const Run&, const Summary&)> played = {};
    std::function<bool(const Run&, const Play&)>    died   = {};  // It ended the worker.

    /// Two plays of it were not the same.
    std::function<bool(const Run&, const Difference&)> differs = {};

    /// Before each batch: what others found interesting, to be changed here, too.
    std::function<std::vector<harness::Scenario>()> news = {};
};

Progress run_loop(ContainedStage& stage, const LoopOptions& options, const Listener& listener);

}  // namespace interlock::fuzz
