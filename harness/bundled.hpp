#pragma once

// For tests and measurements: where the bundled extensions of this build are.

#include <cstdlib>
#include <string>

namespace interlock::harness {

/// The path of the one of that name.
inline std::string bundled(const std::string& name) {
    const char* const folder = std::getenv("INTERLOCK_BUILD_DIR");
    return std::string(folder == nullptr ? "build/dev" : folder) + "/extensions/" + name + ".so";
}

}  // namespace interlock::harness
