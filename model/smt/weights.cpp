#include "model/smt/weights.hpp"

#include <algorithm>

namespace interlock::model::smt {

Cube values_of(const System& system) {
    Cube values;
    for (Variable variable = 0; variable < system.variables.size(); ++variable) {
        const auto words = static_cast<std::int64_t>(system.variables[variable].words.size());
        values.push_back({variable, 0, words == 0 ? no_limit : words - 1});
    }
    return values;
}

bool lessens(const Action& action, const Weights& weights) {
    std::int64_t sum = 0;
    for (const Effect& effect : action.effects) {
        const auto& weighs = weights[effect.variable];
        if (effect.kind == Effect::Kind::changes_by) {
            sum += effect.value;
            continue;
        }
        const auto from = std::ranges::find(action.when, effect.variable, &Bounds::variable);
        if (from == action.when.end() || from->at_least != from->at_most) return false;
        sum += weighs.at(static_cast<std::size_t>(effect.value)) -
               weighs.at(static_cast<std::size_t>(from->at_least));
    }
    return sum < 0;
}

}  // namespace interlock::model::smt
