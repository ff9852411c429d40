#pragma once

// For tests and measurements: where the bundled extensions of this build are.

#include <cstdlib>
#include <filesystem>
#include <string>

namespace interlock::harness {

/// $INTERLOCK_BUILD_DIR, or else the folder of the build that this program is of: it stands in bin/
/// or tests/ there.
inline std::filesystem::path folder_of_build() {
    const char* const told = std::getenv("INTERLOCK_BUILD_DIR");
    if (told != nullptr) return told;
    std::error_code none;
    return std::filesystem::read_symlink("/proc/self/exe", none).parent_path().parent_path();
}

/// The path of the one of that name.
inline std::string bundled(const std::string& name) {
    return folder_of_build() / "extensions" / (name + ".so");
}

}  // namespace interlock::harness
