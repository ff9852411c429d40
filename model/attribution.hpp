#pragma once

// Whose fault a violation is: found by playing the same scenario again with other extensions in the
// stack, and told by what the rule did then.

#include <cstdint>
#include <string>
#include <vector>

#include "model/event.hpp"

namespace interlock::model {

enum class Blame : std::uint8_t {
    extension,   // The accused, whoever stands beside it.
    together,    // The accused, but only beside another extension.
    neighbour,   // Another extension: one that is known to be good is accused in the same place.
    the_switch,  // The switch: the scenario forces a step on it.
    interlock,   // Interlock: extensions that are known to be good are accused, or the switch is.
    open,        // None of the other stacks showed it again.
};

/// The same scenario with another stack.
struct Restaged {
    std::vector<std::string> stack;          // Names, top first; empty: no extension at all.
    std::string              how;            // "alone", "with pass_through in its place"
    bool                     shows = false;  // The same rule was broken in the same role.
};

struct Attribution {
    Blame                 blame = Blame::open;
    std::vector<Restaged> restaged;  // In the order they were tried.
    std::string           other;     // The neighbour's name, where one is to blame or is needed.
};

}  // namespace interlock::model
