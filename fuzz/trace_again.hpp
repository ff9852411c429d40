#pragma once

// A trace that is read, judged and written must be read and judged the same again.

#include <string_view>

namespace interlock::fuzz {

/// Any text: what is refused says what was expected, and either way the judge bears what there is.
/// What is read is written in both encodings, read again and judged again. An internal error where
/// one says something else.
void read_judge_and_write(std::string_view text);

}  // namespace interlock::fuzz
