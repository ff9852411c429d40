#pragma once

// Reading one step of a scenario's text.

#include <span>
#include <string_view>

#include "harness/scenario/scenario.hpp"
#include "harness/scenario/words.hpp"

namespace interlock::harness {

/// Reads the rest of a line that begins with this verb.
Complaint parse_step(Verb verb, Words& words, Step& step);

/// Every verb's word, in order.
std::span<const std::string_view> verb_words();

/// A whole number within a range.
Complaint parse_number(std::string_view word, std::string_view what, std::uint64_t min,
                       std::uint64_t max, std::uint64_t& value);

}  // namespace interlock::harness
