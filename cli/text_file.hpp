#pragma once

// A whole file as a text.

#include <filesystem>
#include <string>

namespace interlock::cli {

/// Empty if it cannot be read.
std::string read_text(const std::filesystem::path& file);

/// In a folder that is there. @return whether it was written; if not, errno says why.
bool write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace interlock::cli
