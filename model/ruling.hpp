#pragma once

// What is said of one cell of a matrix: of a state and an event, or of a state and a request.

#include <array>
#include <cstdint>
#include <string_view>

#include "model/machine.hpp"
#include "model/reading.hpp"

namespace interlock::model {

enum class Ruling : std::uint8_t {
    legal,   // A row grants it; or a reading is silent about what would forbid it.
    warned,  // Tolerated, and told as a warning.
    illegal,
    undecided,  // No page speaks of it, so nobody is accused of it.
};

inline constexpr std::array<std::string_view, 4> ruling_names{"legal", "warned", "illegal",
                                                              "undecided"};

constexpr std::string_view name_of(Ruling ruling) {
    return ruling_names[static_cast<std::size_t>(ruling)];
}

/// Of what a reading weighs so.
constexpr Ruling ruling_of(Weight weight) {
    return static_cast<Ruling>(weight);
}

static_assert(ruling_of(Weight::silent) == Ruling::legal);
static_assert(ruling_of(Weight::warning) == Ruling::warned);
static_assert(ruling_of(Weight::violation) == Ruling::illegal);

/// Of a rule that is broken. @param rule  its id; empty: no page speaks of it
Ruling ruling_of(std::string_view rule, Reading reading);

/// Of one state and event of a machine. What a row asks for is not asked here.
Ruling ruling_of(const Machine& machine, const Step& step, Reading reading);

}  // namespace interlock::model
