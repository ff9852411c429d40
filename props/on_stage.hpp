#pragma once

// What tests of the running host share: stages with our own extensions, what a run did, and how to
// tell of one that went wrong.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "harness/stage.hpp"

namespace interlock::props {

using Stack = std::vector<std::string>;  // Top to bottom.

/// "capture_over_forwarder", "no_extension"
std::string name_of(const Stack& stack);

/// A stage with these of our own extensions on it, top to bottom. Ends the program, with a message,
/// when one does not load.
std::unique_ptr<harness::Stage> open_stage(std::span<const std::string> extensions,
                                           harness::StageOptions        options = {});

/// How many runs a test is to make: $INTERLOCK_RUNS if that is set, else `usual`.
std::uint64_t runs_wanted(std::uint64_t usual);

/// The seed of the first run: $INTERLOCK_SEED if that is set, else 1.
std::uint64_t first_seed();

/// A random scenario for these extensions.
harness::Scenario scenario_of(std::uint64_t seed, std::span<const std::string> extensions);

/// Plays it under the scheduler that it asks for.
const harness::Performance& play(harness::Stage& stage, const harness::Scenario& scenario);

/// The first violation that is no warning, or nothing.
const model::Violation* first_violation(const harness::Performance& performance);

/// Extensions and switches accused in it: a bit each, the switch's the highest.
unsigned accused(const model::Verdict& verdict);

/// It conforms, came to its end, and left nobody waiting.
bool went_well(const harness::Performance& performance);

/// The scenario went wrong: writes it to a file in the build folder.
/// @return everything about it: how it ended, each violation, where the file is.
std::string story(const harness::Scenario& scenario, const harness::Performance& performance,
                  const std::string& called);

/// What runs did, in all: how often each thing bit that a test is about.
struct Bites {
    std::uint64_t              runs = 0, events = 0, switches = 0;
    std::uint64_t              packets = 0, delivered = 0, oids = 0, irps = 0, transitions = 0;
    std::vector<std::uint64_t> cells;  // As in model::Verdict.
    std::vector<std::uint64_t> held;   // By rule.

    void add(const harness::Performance& performance);

    std::size_t cells_taken() const;
    std::size_t rules_asked() const;

    /// In one line. Rules that were never asked are not among them.
    std::string text() const;

    /// Ids of the rules that were never asked.
    std::string never_asked() const;
};

}  // namespace interlock::props
