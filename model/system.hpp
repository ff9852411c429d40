#pragma once

// A transition system over integers: what the solver is asked about, in plain C++.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace interlock::model {

using Variable = std::size_t;  // Place in System::variables.

inline constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

/// at_least <= variable <= at_most.
struct Bounds {
    Variable     variable = 0;
    std::int64_t at_least = 0;
    std::int64_t at_most  = no_limit;
};

constexpr Bounds is(Variable variable, auto value) {
    return {variable, static_cast<std::int64_t>(value), static_cast<std::int64_t>(value)};
}

constexpr Bounds between(Variable variable, auto first, auto last) {
    return {variable, static_cast<std::int64_t>(first), static_cast<std::int64_t>(last)};
}

constexpr Bounds some(Variable variable) {
    return {variable, 1, no_limit};
}

/// All of them hold. An empty one always does.
using Cube = std::vector<Bounds>;

/// variable = value, or variable += value.
struct Effect {
    enum class Kind : std::uint8_t { becomes, changes_by };

    Variable     variable = 0;
    Kind         kind     = Kind::becomes;
    std::int64_t value    = 0;
};

constexpr Effect becomes(Variable variable, auto value) {
    return {variable, Effect::Kind::becomes, static_cast<std::int64_t>(value)};
}

constexpr Effect changes_by(Variable variable, std::int64_t value) {
    return {variable, Effect::Kind::changes_by, value};
}

/// One thing that may happen. A variable without an effect keeps its value.
struct Action {
    std::string         name;
    Cube                when;
    std::vector<Effect> effects;
    std::string_view    rule = {};  // Of the row that it is. Empty: it is no row.
};

struct VariableInfo {
    std::string                       name;
    std::span<const std::string_view> words;  // Of its values, from 0. Empty: it is a count.
};

struct System {
    std::vector<VariableInfo> variables;
    Cube                      initial;
    std::vector<Action>       actions;

    Variable add(std::string name, std::span<const std::string_view> words = {}) {
        variables.push_back({std::move(name), words});
        return variables.size() - 1;
    }
};

/// Whenever `premise` holds, so does `conclusion`.
struct Implication {
    Cube premise;
    Cube conclusion;
};

using Invariant = std::vector<Implication>;

}  // namespace interlock::model
