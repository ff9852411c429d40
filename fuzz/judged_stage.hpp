#pragma once

// The stage of a libFuzzer target: one for the whole process, with the extensions that
// $INTERLOCK_EXTENSION names (paths, top of the stack first, separated by ':').

#include <cstdint>
#include <span>

#include "harness/scenario/scenario.hpp"

namespace interlock::fuzz {

/// Opens the stage, or ends the process with exit code 2 and a sentence.
void open_judged_stage();

/// Plays in a fresh world, and tells libFuzzer which transitions of the model were taken how often.
/// A violation is printed and aborts.
void play_judged(const harness::Scenario& scenario);

}  // namespace interlock::fuzz
