#include "model/explore/explore.hpp"

#include <algorithm>
#include <span>

#include "model/explore/state_set.hpp"

namespace interlock::model {
namespace {

/// So many steps are computed before the set is asked about them: their places come meanwhile.
constexpr std::size_t batch = 256;

}  // namespace

Exploration::Exploration(const System& of, std::int64_t count_max)
    : system(of, count_max), taken(of.actions.size()) {
    explore();
}

/// Writes down the steps from a state. @return how many they are.
std::size_t Exploration::look_ahead(std::size_t place, const StateSet& seen, Step* ahead) {
    const auto from  = static_cast<std::uint32_t>(place);
    Step*      step  = ahead;
    Taken*     count = taken.data();
    system.for_each_step(found[place], [&](std::size_t action, PackedState to) {
        if (count[action].times++ == 0) count[action].first = from;
        seen.prefetch(to);
        *step++ = {to, from};
    });
    return static_cast<std::size_t>(step - ahead);
}

void Exploration::explore() {
    StateSet          seen;
    std::vector<Step> steps_ahead(batch + taken.size());
    seen.insert(system.initial());
    found.push_back(system.initial());
    came_from.push_back(0);
    std::size_t level_end = 1;
    for (std::size_t next = 0; next < found.size();) {
        std::size_t count = 0;
        for (; next < level_end && count < batch; ++next)
            count += look_ahead(next, seen, &steps_ahead[count]);
        steps += count;
        for (const Step& step : std::span{steps_ahead}.first(count)) {
            if (!seen.insert(step.to)) continue;
            found.push_back(step.to);
            came_from.push_back(step.from);
        }
        if (next != level_end || next == found.size()) continue;
        level_end = found.size();
        ++levels;
    }
}

std::vector<std::size_t> Exploration::shortest_run(std::size_t action) const {
    if (taken[action].times == 0) return {};
    std::vector<std::size_t> run{action};
    for (std::uint32_t place = taken[action].first; place != 0; place = came_from[place]) {
        const PackedState to   = found[place];
        bool              done = false;
        system.for_each_step(found[came_from[place]], [&](std::size_t by, PackedState reached) {
            if (!done && reached == to) run.push_back(by);
            done |= reached == to;
        });
    }
    std::ranges::reverse(run);
    return run;
}

System beside(const System& first, const System& second) {
    System     both  = first;
    const auto shift = first.variables.size();
    const auto moved = [&](Bounds bounds) {
        bounds.variable += shift;
        return bounds;
    };
    for (VariableInfo info : second.variables)
        both.variables.push_back({"other " + info.name, info.words});
    std::ranges::transform(second.initial, std::back_inserter(both.initial), moved);
    for (Action action : second.actions) {
        action.name = "other " + action.name;
        std::ranges::transform(action.when, action.when.begin(), moved);
        for (Effect& effect : action.effects)
            effect.variable += shift;
        both.actions.push_back(std::move(action));
    }
    return both;
}

}  // namespace interlock::model
