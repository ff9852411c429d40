#pragma once

// What reading a line of words takes.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace interlock::harness {

/// What is wrong with a line; nothing if it is well.
struct LineFault {
    std::string wrong;
    std::string expected;
};
using Complaint = std::optional<LineFault>;

/// The words of one line, taken one after the other. Keeps a view of the line.
class Words {
public:
    explicit Words(std::string_view line) : rest(line) {}

    bool at_end();

    /// The next word, or an empty one at the end.
    std::string_view take();
    std::string_view peek();

private:
    std::string_view rest;
};

/// A whole word that is a number, and nothing else.
std::optional<std::uint64_t> number_in(std::string_view word);

/// The place of `word` in `words`.
std::optional<std::size_t> place_in(std::span<const std::string_view> words, std::string_view word);

/// Which of `words` somebody who wrote `word` had in mind; nothing if none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> words);

/// `expected`, unless one of `words` is so near that it must have been meant.
std::string hint(std::string_view word, std::span<const std::string_view> words,
                 std::string expected);

/// The word in quotes, shortened, with what is not printable made visible.
std::string cited(std::string_view word);

/// The first byte that has no place in a line of text, if there is one.
std::optional<unsigned char> not_text(std::string_view line);

}  // namespace interlock::harness
