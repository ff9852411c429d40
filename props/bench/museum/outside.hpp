#pragma once

// Engines that are programs of their own, run on the same target: libFuzzer and AFL++.

#include <string>
#include <vector>

#include "props/bench/museum/engines.hpp"

namespace interlock::props::museum {

/// libFuzzer without structure and with all, AFL++; those of which there is no program are left
/// out, and a sentence about each goes to `missing`. `says` of a row lives for ever.
/// @param build  the folder of the build that has the programs.
std::vector<EngineRow> outside_engines(const std::string& build, std::string& missing);

}  // namespace interlock::props::museum
