#pragma once

// The second kind of error: the input is bad. A value, never an exception.

#include <cstddef>
#include <string>

namespace interlock::harness {

struct InputError {
    std::string file;      // Or a name for what has none.
    std::size_t line = 0;  // From 1; 0: the file as a whole.
    std::string wrong;     // What is wrong.
    std::string expected;  // What was expected, and what to do.
};

/// `file:line: what is wrong; what was expected`
std::string to_string(const InputError& error);

}  // namespace interlock::harness
