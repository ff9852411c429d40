#pragma once

// The stage of a fuzz target: one for the whole process, with the extensions that
// $INTERLOCK_EXTENSION names (paths, top of the stack first, separated by ':'), which have the flaw
// that $INTERLOCK_MUTANT names, if they can be told one.

#include <string>
#include <vector>

#include "harness/scenario/scenario.hpp"
#include "harness/sched/scheduler.hpp"

namespace interlock::fuzz {

/// The paths in $INTERLOCK_EXTENSION; if that is not set, those that the file <target>.extensions
/// beside the target names.
std::vector<std::string> named_extensions();

/// Opens the stage, or ends the process with exit code 2 and a sentence.
void open_judged_stage();

/// Plays in a fresh world, under the scheduler that the scenario asks for or under this one, and
/// tells the engine what came up. A violation is printed and aborts. Bytes may say that the switch
/// is to break a rule, and then nobody else is to blame: nothing is forced. With
/// $INTERLOCK_FAULTS=1 calls fail by chance in every play.
void play_judged(harness::Scenario scenario);
void play_judged(harness::Scenario scenario, harness::Scheduler& scheduler);

}  // namespace interlock::fuzz
