#pragma once

// Whose fault a violation is, in words.

#include <string>

#include "reports/result.hpp"

namespace interlock::reports {

/// Who is to blame. @pre there is an attribution.
std::string blame_in_words(const Result& result);

/// "kept with forwarder in its place (forwarder)"
std::string restaged_in_words(const model::Restaged& restaged);

/// "extension", "together", "neighbour", "switch", "interlock", "open"
std::string_view name(model::Blame blame);

}  // namespace interlock::reports
