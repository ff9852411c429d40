#pragma once

// The report that stands under a pull request: what a reviewer has to know, the rest folded away.

#include <cstddef>
#include <string>

#include "reports/result.hpp"

namespace interlock::reports {

// GitHub takes 65,536 characters of a comment; what would be more is counted, not told.
inline constexpr std::size_t markdown_letters_max = 60'000;

std::string markdown_text(const Issue& issue);

}  // namespace interlock::reports
