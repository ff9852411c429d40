#pragma once

// Reading one step of a scenario's text.

#include <optional>
#include <string>

#include "harness/scenario/scenario.hpp"
#include "harness/scenario/words.hpp"

namespace interlock::harness {

/// What is wrong with a line; nothing if it is well.
struct LineFault {
    std::string wrong;
    std::string expected;
};
using Complaint = std::optional<LineFault>;

/// Reads the rest of a line that begins with this verb.
Complaint parse_step(Verb verb, Words& words, Step& step);

/// Every verb's word, in order.
std::span<const std::string_view> verb_words();

/// `expected` unless one of `words` is so near that it must have been meant.
std::string hint(std::string_view word, std::span<const std::string_view> words,
                 std::string expected);

/// A whole number within a range.
Complaint parse_number(std::string_view word, std::string_view what, std::uint64_t min,
                       std::uint64_t max, std::uint64_t& value);

}  // namespace interlock::harness
