#pragma once

// Makes a scenario that breaks a rule smaller, as long as the same rule is broken first by the
// same party; in the end it holds every decision, so that it replays without chance.

#include <chrono>
#include <compare>

#include "fuzz/contained_stage.hpp"
#include "harness/scenario/scenario.hpp"

namespace interlock::fuzz {

/// What must stay the same while a scenario shrinks.
struct Fault {
    model::RuleIndex rule   = model::no_rule;
    model::Party     guilty = model::Party::extension;
    model::ModuleId  module = model::host_module;
    std::uint64_t    where  = 0;  // Of a crash: a number for its innermost places; 0: anywhere.

    friend auto operator<=>(const Fault&, const Fault&) = default;
};

/// Whether what was seen is what was sought.
bool is_shown(const Fault& sought, const std::optional<Fault>& seen);

/// The first violation of a verdict, if it has one; wherever it crashed.
std::optional<Fault> fault_in(const model::Verdict& verdict);

/// The first violation of a play, and of a crash where.
std::optional<Fault> fault_in(const Play& play, const harness::Scenario& scenario);

/// The first violation that `scenario` leads to, if any.
std::optional<Fault> fault_of(ContainedStage& stage, const harness::Scenario& scenario);

/// The first violation of a batch of one, if any.
std::optional<Fault> fault_of(const Batch& batch, const harness::Scenario& scenario);

/// The first violation of a play that ended, if any.
std::optional<Fault> fault_of(const Summary& summary);

/// What a batch cost, in plays: a worker that died has to be made again, and one that hung was
/// waited for.
std::uint32_t cost_of(const Batch& batch);

/// @param tries_max  plays that it may cost; the best so far is returned then.
/// @return a scenario that shows `fault` each time it is played, if `scenario` does.
harness::Scenario minimise(ContainedStage& stage, harness::Scenario scenario, const Fault& fault,
                           std::uint32_t tries_max);

}  // namespace interlock::fuzz
