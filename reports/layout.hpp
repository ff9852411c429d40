#pragma once

// Lines of text within a width: wrapping, labelled paragraphs, colour.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace interlock::reports {

enum class Colour : std::uint8_t { never, always };

struct TextStyle {
    std::size_t width  = 100;  // Columns; no line but an unbreakable word is longer.
    Colour      colour = Colour::never;
};

enum class Tint : std::uint8_t { good, bad, doubtful, heading, faint };

/// @return `text` between the codes that colour it, if the style wants any.
std::string tinted(std::string_view text, Tint tint, const TextStyle& style);

/// Breaks at spaces. A word that is longer than `width` gets a line of its own.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// "  label     text, wrapped, every further line under the first". Nothing for an empty text.
std::string labelled(std::string_view label, std::string_view text, const TextStyle& style);

/// "1 event", "2 events"
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

}  // namespace interlock::reports
