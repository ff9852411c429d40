#include "cli/duration.hpp"

#include <charconv>
#include <cstdint>

namespace interlock::cli {

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

}  // namespace interlock::cli
