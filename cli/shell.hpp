#pragma once

// Running the command as a shell does, for tests.

#include <string>

namespace interlock::cli {

struct Ended {
    int         code = -1;
    std::string out;  // Both outputs, in the order in which they came.
};

Ended shell(const std::string& command);

/// Runs the interlock of this build.
Ended interlock(const std::string& arguments);

/// Where this build is.
std::string build_folder();

}  // namespace interlock::cli
