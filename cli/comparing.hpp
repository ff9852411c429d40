#pragma once

// Several switches, the same courses, and what each of them made of its promises.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/extensions.hpp"
#include "cli/output.hpp"

namespace interlock::cli {

struct ComparingOptions {
    std::vector<std::string>     switches;    // "own", "simulated", "bridge", "ovs"
    Extensions                   extensions;  // Of our own.
    Output                       output;
    std::optional<std::uint64_t> seed;
    std::size_t                  courses = 10;
    std::size_t                  steps   = 60;
    std::string                  course;  // A file: that one instead of any by chance.
    std::string                  out;     // Where captures and courses of findings go.
};

/// Takes every switch through every course.
Exit run_comparison(const ComparingOptions& options);

}  // namespace interlock::cli
