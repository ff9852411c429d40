#pragma once

// A scenario in another form: text, bytes for fuzzers, a test in C++.

#include <optional>
#include <string>

#include "harness/scenario/error.hpp"

namespace interlock::cli {

/// Whether a file begins as a scenario does, as text or as bytes.
bool is_scenario(const std::string& file);

/// Writes it as the ending of `to` says. @return what is wrong, if anything is.
std::optional<harness::InputError> export_scenario(const std::string& scenario,
                                                   const std::string& to);

/// "a.scenario, a.bytes, a.cpp", as endings.
std::string scenario_endings();

}  // namespace interlock::cli
