#pragma once

// The shortest stories that take the model's machines through all that they say: every row, and
// every cell that has no row. A story is a trace that nobody played: what the switch or an
// extension would have to do, an event a line. It reaches what no scenario makes the running switch
// or a bundled extension do.

#include <cstdint>
#include <map>
#include <vector>

#include "fuzz/scene.hpp"
#include "model/judge.hpp"
#include "model/machine.hpp"

namespace interlock::fuzz {

/// A state and an event of a machine, and the story that was found for it, if one was.
struct ToldCell {
    const model::Machine*     machine = nullptr;
    std::uint8_t              state   = 0;
    std::uint8_t              event   = 0;
    bool                      filled  = false;
    std::string_view          rule;            // Grants it; or is broken by it.
    std::vector<model::Event> story;           // Empty: there is none.
    std::size_t               broken = 0;      // Rules that the story breaks, in all.
    bool                      never  = false;  // Shown to be taken by nothing.
};

/// What was visited of what a cast can come to.
struct Visited {
    Cast          cast   = {};
    Extent        extent = {};
    std::uint64_t states = 0;      // Of what the judge knows.
    std::uint64_t tried  = 0;      // Events, in those states.
    bool          all    = false;  // Of own events: there are no other states. Of whole runs: there
                                   // is no shorter story. Else the bound of states cut it short.
};

/// Goes through what a cast can come to, what breaks rules too: fewest rules broken first, and of
/// those the shortest first. So the first that takes a cell is the story of it.
///
/// Before that it goes through all states, without end, that the machine's own events lead to. A
/// cell that is not taken there is taken by nothing: the judge never asks for it.
class StorySearch {
public:
    StorySearch();

    void search(Cast cast);
    void search();  // All of them.

    /// Every state and event of every machine, rows first, machine by machine.
    const std::vector<ToldCell>& cells() const {
        return all;
    }
    /// Two of each cast: how it was shown what never is, and how the stories were found.
    const std::vector<Visited>& visits() const {
        return visited;
    }

    /// The cast whose stories are about a machine.
    static Cast cast_of(const model::Machine& machine);

private:
    std::vector<ToldCell> all;
    std::vector<Visited>  visited;
};

}  // namespace interlock::fuzz
