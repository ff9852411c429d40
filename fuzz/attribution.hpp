#pragma once

// Attribution by re-stacking: a violation is played again with the suspect alone, between
// pass-throughs, with a good extension in its place, and with its neighbours replaced, until it is
// clear whether it is the suspect's, a neighbour's, the switch's or Interlock's own.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "fuzz/minimise.hpp"
#include "harness/scenario/scenario.hpp"
#include "model/attribution.hpp"

namespace interlock::fuzz {

/// An extension in a stack.
struct Member {
    std::string           path;
    model::ExtensionClass kind = model::ExtensionClass::unknown;

    friend bool operator==(const Member&, const Member&) = default;
};

using StackOf = std::vector<Member>;  // Top first.

/// Whether the same rule is broken, by whoever is asked for, when the scenario is played with this
/// stack.
/// @param by  nobody: by anyone.
using Restage = std::function<bool(const StackOf& stack, std::optional<model::ModuleId> by)>;

/// Good extensions that can stand for one of a class.
struct StandIns {
    Member capturing, filtering, forwarding;

    const Member& for_one_of(model::ExtensionClass kind) const;
};

/// @param fault   what was found with `stack`; its module is a place in it, or the host.
/// @param forced  whether the scenario makes the switch take a step that it may not.
model::Attribution attribute(const StackOf& stack, const Fault& fault, bool forced,
                             const StandIns& stand_ins, const Restage& restage);

/// The classes of a stack's extensions, as they said them when they attached.
StackOf stack_of(std::span<const std::string> paths, std::span<const model::Event> trace);

/// How many schedules a scenario is played under before it counts as not showing a fault: with
/// other extensions, its own schedule means something else.
inline constexpr std::uint32_t schedules_max = 64;

/// Whether `fault`'s rule is broken under any of some schedules: its own, then random ones.
/// @param by  by which extension; nobody: by anyone.
bool shows_again(ContainedStage& stage, const harness::Scenario& scenario, const Fault& fault,
                 std::optional<model::ModuleId> by);

}  // namespace interlock::fuzz
