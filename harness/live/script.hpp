#pragma once

// What the live switch is to do when: steps of the scenario language, each at its time.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/kernel/kernel.hpp"
#include "harness/scenario/error.hpp"
#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

struct TimedStep {
    Time100ns due = 0;  // Since the start.
    Step      step;
};

/// One step a line, as "at 1.5 disconnect-nic 3/0": seconds since the start, never less than in the
/// line before. What stands behind # is for people. A step that waits for quiescence is refused:
/// a switch with traffic may never be quiescent.
/// @param file  named in errors.
std::variant<std::vector<TimedStep>, InputError> parse_script(std::string_view   text,
                                                              const std::string& file);
std::variant<std::vector<TimedStep>, InputError> read_script(const std::string& file);

}  // namespace interlock::harness
