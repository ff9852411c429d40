#pragma once

// What was measured, as lines of a file that grows trial by trial, and as docs/museum.md.

#include <iosfwd>
#include <string>
#include <vector>

#include "props/bench/museum/engines.hpp"

namespace interlock::props::museum {

/// One trial of the file: "faulty_half_key pct 3 1 17 0.031", or the canaries:
/// "faulty_half_key canaries 200 199 30 12".
void write(std::ostream& out, const std::string& exhibit, std::string_view engine,
           std::uint64_t seed, const Trial& trial);
void write(std::ostream& out, const std::string& exhibit, const Canaries& canaries);

/// The page, made from such files. What was not measured is told as a dash, never left out.
std::string page(const std::vector<Exhibit>& exhibits, const std::vector<EngineRow>& engines,
                 std::istream& measured);

}  // namespace interlock::props::museum
