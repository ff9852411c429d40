#pragma once

// Steps by chance that make sense where they stand.

#include <array>

#include "harness/scenario/chance.hpp"
#include "harness/scenario/known_devices.hpp"
#include "harness/scenario/plan.hpp"
#include "harness/scenario/shapes.hpp"

namespace interlock::harness {

/// How often each verb is wanted, by its number. Zero: never.
using Weights = std::array<std::uint32_t, verb_count>;

/// What one scenario is made of.
struct Swarm {
    Weights verbs;
    Shapes  shapes;
};

/// For one scenario: all as usual, except some verbs and shapes at random that come more often, or
/// not at all. Runs that leave something out reach what runs with everything do not. Steps for
/// devices come only where some are known. Which calls fail, and who schedules, differ as well:
/// sched/strike.hpp, `choose_schedule`.
/// Source: Groce et al., "Swarm Testing", ISSTA 2012.
Swarm any_swarm(Chance& chance, const KnownDevices& known = {});

/// A schedule by chance: everything at random, by priorities to a depth of 1 to 4, or, in every
/// other one, by priorities of what is next, under which most is found: docs/museum.md.
void choose_schedule(Scenario& scenario, Chance& chance);

/// A step of any fields within the small world in which steps meet: port 1 is the external one
/// with a team, port 6 the internal one, and between them stand guests. Never forced.
Step any_step(Verb verb, const Plan& plan, Chance& chance, const KnownDevices& known = {},
              const Shapes& shapes = {});

/// A step that `plan` has no objection to, mostly; `wait` where nothing else comes up.
Step likely_step(const Plan& plan, const Swarm& swarm, Chance& chance,
                 const KnownDevices& known = {});

}  // namespace interlock::harness
