#include "reports/layout.hpp"

#include <fmt/format.h>

namespace interlock::reports {
namespace {

constexpr std::size_t margin      = 2;
constexpr std::size_t label_width = 11;

std::string_view code(Tint tint) {
    switch (tint) {
        case Tint::good:
            return "\x1b[32m";
        case Tint::bad:
            return "\x1b[1;31m";
        case Tint::doubtful:
            return "\x1b[33m";
        case Tint::heading:
            return "\x1b[1m";
        case Tint::faint:
            return "\x1b[2m";
    }
    return "";
}

}  // namespace

std::string tinted(std::string_view text, Tint tint, const TextStyle& style) {
    if (style.colour == Colour::never) return std::string(text);
    return fmt::format("{}{}\x1b[0m", code(tint), text);
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end  = text.find(' ');
        const auto word = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (word.empty()) continue;
        if (lines.empty() || lines.back().size() + 1 + word.size() > width) {
            lines.emplace_back(word);
        } else {
            lines.back().append(" ").append(word);
        }
    }
    return lines;
}

std::string labelled(std::string_view label, std::string_view text, const TextStyle& style) {
    std::string block;
    for (const std::string& line : wrap(text, style.width - margin - label_width)) {
        block += fmt::format("{:{}}{:<{}}{}\n", "", margin, label, label_width, line);
        label = {};
    }
    return block;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace interlock::reports
