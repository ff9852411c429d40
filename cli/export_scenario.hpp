#pragma once

// A scenario in another form: text, bytes for fuzzers, a test in C++.

#include <string>
#include <variant>

#include "harness/scenario/error.hpp"

namespace interlock::cli {

/// Reads it, and gives what is to stand in the file `to`, as that file's ending says.
std::variant<std::string, harness::InputError> scenario_as(const std::string& to,
                                                           const std::string& scenario);

}  // namespace interlock::cli
