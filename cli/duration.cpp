#include "cli/duration.hpp"

#include <charconv>
#include <cstdint>

#include <CLI/CLI.hpp>

namespace interlock::cli {
namespace {

std::string problem(const std::string& text) {
    return parse_duration(text) ? "" : "'" + text + "' is no time; expected e.g. 10s, 5m or 1h";
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::uint32_t number     = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return {};
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    if (text == "ms") return std::chrono::milliseconds(number);
    if (text.empty() || text == "s") return std::chrono::seconds(number);
    if (text == "m" || text == "min") return std::chrono::minutes(number);
    if (text == "h") return std::chrono::hours(number);
    return {};
}

CLI::Option* add_duration(CLI::App& command, const std::string& name,
                          std::chrono::milliseconds& duration, const std::string& description) {
    return command
        .add_option_function<std::string>(
            name, [&duration](const std::string& text) { duration = *parse_duration(text); },
            description)
        ->check(CLI::Validator(problem, "", "duration"))
        ->type_name("TIME");
}

}  // namespace interlock::cli
