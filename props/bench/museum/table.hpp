#pragma once

// What was measured, as docs/museum.md.

#include <string>
#include <vector>

#include "props/bench/museum/measured.hpp"

namespace interlock::props::museum {

/// What was not measured is told as a dash, never left out.
std::string page(const Collection& collection, const std::vector<EngineRow>& engines,
                 const Measured& measured);

}  // namespace interlock::props::museum
