#pragma once

// The questions that are put to Z3. Z3 itself is seen in engine.cpp only.
//
// Each question has a limit counted in Z3's own steps or levels, not in seconds, so that the answer
// is the same on every machine. A question that reaches it is `unknown`, never proved.

#include <cstddef>
#include <string>

#include "model/smt/weights.hpp"
#include "model/system.hpp"

namespace interlock::model::smt {

enum class Answer : std::uint8_t { proved, refuted, unknown };

struct Finding {
    Answer      answer = Answer::unknown;
    std::string witness;  // A run, one action a line, or the state that the answer is about.
};

/// How far a search goes.
struct Depth {
    enum class Kind : std::uint8_t {
        partial,  // Longer runs may reach more: not found is unknown.
        whole,    // Longer runs reach nothing new: not found is refuted.
    };

    std::size_t steps = 0;
    Kind        kind  = Kind::partial;
};

/// Claims that `invariant` holds in every reachable state.
/// Method: 1-induction. Where a step breaks it, a run from the beginning is searched for; if there
/// is none within `depth`, the answer is unknown and the witness is that step.
Finding always(const System& system, const Invariant& invariant, Depth depth);

/// Claims that no reachable state is in `bad`. Method: Spacer, which finds the invariant itself;
/// a refutation is searched for within `depth`.
Finding never(const System& system, const Cube& bad, Depth depth);

/// Claims that some run reaches `goal`. Method: bounded search, shortest run first.
Finding sometimes(const System& system, const Cube& goal, Depth depth);

/// Claims that every action that is a row is taken in some run. Method: bounded search.
/// The witness names the rows that are not, or else says how deep the search went.
Finding every_row_happens(const System& system, Depth depth);

/// Claims that an action whose name ends in `event` is possible in no state of `where`, reachable
/// or not. Method: one query.
Finding impossible(const System& system, std::string_view event, const Cube& where);

/// Claims that no state, reachable or not, lets two actions of one name happen.
/// Method: one query.
Finding deterministic(const System& system);

/// Claims that from every state, reachable or not, some run leads to `goal`: in every state outside
/// it some action can be taken that makes the sum of all weights less, and no weight is negative.
/// Method: one query. A state without such an action is searched for within `depth`.
Finding descends(const System& system, const Weights& weights, const Cube& goal, Depth depth);

/// Claims that both, which have the same variables, can take the same steps from every state,
/// under the same names. Method: one query.
Finding same_steps(const System& one, const System& other);

}  // namespace interlock::model::smt
