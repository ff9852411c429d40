#pragma once

// Which rules cannot be judged, or not everywhere, where a recorder does not see every call. Read
// from what each rule watches, from what moves the machine that carries it, and from a list of what
// else has to be known before it can be called broken.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/call.hpp"
#include "model/machine.hpp"
#include "model/rule.hpp"

namespace interlock::model {

/// The calls that move a machine.
std::span<const Call> calls_moving(const Machine& machine);

/// The calls at which a rule is asked, or by which it is decided what it is asked about.
std::vector<Call> calls_judging(RuleIndex rule);

enum class Extent : std::uint8_t {
    nowhere,    // It is asked at no call that is seen.
    withdrawn,  // It would take for broken what was not: what it says is not told.
    partly,     // It is judged, but not at these calls.
};
inline constexpr std::array<std::string_view, 3> extent_names{"nowhere", "withdrawn", "partly"};

struct Unjudged {
    RuleIndex         rule = no_rule;
    std::vector<Call> unseen;  // Because of these.
    Extent            extent = Extent::nowhere;
};

/// In the order of `rules()`.
std::vector<Unjudged> unjudged_without(std::span<const Call> unseen);

/// Of these the ones of which nothing is told.
std::vector<RuleIndex> withdrawn_of(std::span<const Unjudged> all);

}  // namespace interlock::model
