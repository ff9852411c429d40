#pragma once

// The exhibits of the museum: one faulty extension for each bug pattern in reach, and why there is
// none for the others. See museum.txt.

#include <string>
#include <vector>

#include "model/call.hpp"

namespace interlock::props::museum {

/// What a flaw needs besides the right steps.
enum class Needs : std::uint8_t { nothing, schedule, faults, memory };

struct Exhibit {
    std::string pattern;  // "P14"
    std::string module;   // Path of the faulty extension,
    std::string flaw;     // and what it is told; empty: it is compiled in.
    std::string twin;     // Path of the good one that differs in nothing else.
    Needs       needs = Needs::nothing;
    model::Call sits  = {};  // The call in which the flaw sits.
    std::string wrong;       // In a few words

    /// "faulty_half_key", "stays_raised"
    std::string name() const;
};

std::string_view word(Needs needs);

/// A pattern that no run can break a rule by.
struct Unreachable {
    std::string pattern;
    std::string why;
};

struct Collection {
    std::vector<Exhibit>     exhibits;
    std::vector<Unreachable> unreachable;
};

/// Of props/bench/museum/museum.txt. Ends the program, with a message, where a line makes no sense
/// or a pattern is left out.
/// @param build  the folder of the build that has the extensions.
Collection collection(const std::string& build);

}  // namespace interlock::props::museum
