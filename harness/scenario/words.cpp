#include "harness/scenario/words.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "harness/hex.hpp"

namespace interlock::harness {
namespace {

constexpr std::string_view blanks       = " \t";
constexpr std::size_t      shown_max    = 40;
constexpr std::size_t      letters_near = 48;  // Longer words are not misspelt, but other words.

bool is_control(char letter) {
    const auto code = static_cast<unsigned char>(letter);
    return (code < 0x20 && letter != '\t') || code == 0x7F;
}

/// Letters to insert, leave out, change or swap with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
    const std::size_t        width = b.size() + 1;
    std::vector<std::size_t> cost((a.size() + 1) * width);
    const auto               at = [&](std::size_t i, std::size_t j) -> std::size_t& {
        return cost[i * width + j];
    };
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                at(i, j) = i + j;
                continue;
            }
            const std::size_t differs = a[i - 1] == b[j - 1] ? 0 : 1;
            at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + differs});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
        }
    }
    return at(a.size(), b.size());
}

/// Case, and which dash, is not what people mean.
std::string plain(std::string_view word) {
    std::string text(word);
    std::ranges::transform(text, text.begin(), [](char letter) {
        if (letter >= 'A' && letter <= 'Z') return static_cast<char>(letter - 'A' + 'a');
        return letter == '_' ? '-' : letter;
    });
    return text;
}

}  // namespace

std::string_view Words::peek() {
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    return rest.substr(0, rest.find_first_of(blanks));
}

std::string_view Words::take() {
    const std::string_view word = peek();
    rest.remove_prefix(word.size());
    return word;
}

bool Words::at_end() {
    return peek().empty();
}

std::optional<std::uint64_t> number_in(std::string_view word) {
    std::uint64_t value    = 0;
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (code != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return value;
}

std::optional<std::size_t> place_in(std::span<const std::string_view> words,
                                    std::string_view                  word) {
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    return static_cast<std::size_t>(found - words.begin());
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> words) {
    if (word.empty() || word.size() > letters_near) return {};
    const std::string meant = plain(word);
    std::string_view  best;
    std::size_t       best_distance = std::min<std::size_t>(3, word.size() / 2 + 1);
    for (const std::string_view candidate : words) {
        const std::size_t far = distance(meant, plain(candidate));
        if (far >= best_distance) continue;
        best          = candidate;
        best_distance = far;
    }
    return best;
}

std::string hint(std::string_view word, std::span<const std::string_view> words,
                 std::string expected) {
    const std::string_view near = nearest(word, words);
    return near.empty() ? expected : "did you mean " + cited(near) + "?";
}

std::string cited(std::string_view word) {
    std::string text = "'";
    for (const char letter : word.substr(0, shown_max)) {
        if (!is_control(letter)) {
            text += letter;
            continue;
        }
        text += "\\x";
        add_hex(text, static_cast<unsigned char>(letter));
    }
    return text + (word.size() > shown_max ? "…'" : "'");
}

std::optional<unsigned char> not_text(std::string_view line) {
    const auto found = std::ranges::find_if(line, is_control);
    if (found == line.end()) return std::nullopt;
    return static_cast<unsigned char>(*found);
}

}  // namespace interlock::harness
