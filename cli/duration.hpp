#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace interlock::cli {

/// "10s", "500ms", "2m", "1h"; a number alone is seconds.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace interlock::cli
