#pragma once

// By what a file is known for certain.

#include <optional>
#include <string>
#include <string_view>

namespace interlock::cli {

/// SHA-256, 64 hexadecimal digits.
std::string sha256_of(std::string_view bytes);

/// Nothing if the file cannot be read.
std::optional<std::string> sha256_of_file(const std::string& file);

}  // namespace interlock::cli
