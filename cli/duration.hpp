#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace interlock::cli {

/// "10s", "500ms", "2m", "1h"; a number alone is seconds.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Gives a subcommand an option that takes such a text.
CLI::Option* add_duration(CLI::App& command, const std::string& name,
                          std::chrono::milliseconds& duration, const std::string& description);

}  // namespace interlock::cli
