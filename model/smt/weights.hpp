#pragma once

// How far a state is from a goal, as a number that a step may make less.

#include <cstdint>
#include <vector>

#include "model/system.hpp"

namespace interlock::model::smt {

/// What each value of a variable weighs, from 0. Empty: a count weighs what it counts.
using Weights = std::vector<std::vector<std::int64_t>>;

/// Whether the action surely makes the sum of the weights less, wherever it is taken.
bool lessens(const Action& action, const Weights& weights);

/// What every state keeps to: a state is among its words, a count at least nothing.
Cube values_of(const System& system);

}  // namespace interlock::model::smt
