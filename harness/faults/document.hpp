#pragma once

// The list of calls that can fail, made from their table.

#include <string>

namespace interlock::harness {

/// docs/faults.md, and the same for a terminal.
std::string faults_document();
std::string faults_text();

}  // namespace interlock::harness
