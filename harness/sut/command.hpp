#pragma once

// Programs of the system that a switch is set up with.

#include <string>
#include <vector>

#include "harness/sut/switch_under_test.hpp"

namespace interlock::harness {

/// Runs it to its end, in the network namespace of this thread.
/// @param words  the program, found in PATH or /usr/sbin, and its arguments.
/// @return what it said last, if it failed.
SutTrouble run_command(const std::vector<std::string>& words);

/// Whether there is such a program.
bool has_command(const std::string& name);

}  // namespace interlock::harness
