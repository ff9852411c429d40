#pragma once

// Whose fault a violation is, in words.

#include <string>

#include "reports/layout.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

/// Who is to blame, and what the same scenario did with other stacks; empty if that was not tried.
std::string attribution_text(const Result& result, const TextStyle& style);

/// "extension", "together", "neighbour", "switch", "interlock", "open"
std::string_view name(model::Blame blame);

}  // namespace interlock::reports
