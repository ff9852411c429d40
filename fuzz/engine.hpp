#pragma once

// What the engine that drives a target is told of an input that was played. One file for each
// engine: engine_libfuzzer.cpp, engine_afl.cpp.

#include "harness/stage.hpp"

namespace interlock::fuzz {

/// Which transitions of the model were taken and which rules were asked, each how often; and what
/// met what: meetings.hpp.
void tell_engine(const harness::Performance& performance);

}  // namespace interlock::fuzz
