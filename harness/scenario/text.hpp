#pragma once

// A scenario as text: one step a line, the version in the first line.

#include <string>
#include <string_view>
#include <variant>

#include "harness/scenario/error.hpp"
#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

/// Every scenario has a text, and parse(to_text(s)) == canonical(s); see grammar.hpp.
std::string to_text(const Scenario& scenario);

/// One step, as its line says it, without the line's end.
std::string to_text(const Step& step);

/// "control 0"
std::string to_text(const TaskName& task);

/// One decision, likewise. One that makes a call fail reads "fail NdisAllocateRWLock #1 in control
/// 0 with NULL".
std::string to_text(const Decision& decision);

/// @param file  named in errors.
std::variant<Scenario, InputError> parse_text(std::string_view text, std::string_view file);

/// Reads and parses a file; also one of bytes, if it begins with bytes_mark as `encode` writes it.
std::variant<Scenario, InputError> read_scenario(const std::string& file);

/// Whether a file begins as one that is read so, whatever comes then.
bool is_scenario(const std::string& file);

}  // namespace interlock::harness
