#pragma once

// The shortest scenarios that drive the model's machines through all that they say: every row, and
// every cell that has no row.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fuzz/contained_stage.hpp"
#include "harness/scenario/plan.hpp"
#include "model/machine.hpp"

namespace interlock::fuzz {

/// A state and an event of a machine, and the scenario that was found for it, if one was.
struct CoveredCell {
    const model::Machine*            machine = nullptr;
    std::uint8_t                     state   = 0;
    std::uint8_t                     event   = 0;
    std::string_view                 rule;  // Grants it; or is broken by it.
    bool                             filled = false;
    std::optional<harness::Scenario> scenario;
    model::RuleIndex                 broken = model::no_rule;  // By the scenario, first.
};

/// Why no scenario was found for a cell, as far as the host's own limits explain it.
std::string_view why_not_driven(const CoveredCell& cell);

/// How a search is bounded.
struct CoverBounds {
    std::size_t   steps_max = 10;  // Of a prefix that builds up a state; one more is tried on it.
    std::uint64_t chances   = 12;  // Random schedules of each scenario that is tried.
};

class Cover {
public:
    Cover();

    /// Tries every step, legal or forced, in every state that few legal steps build up, shortest
    /// first, under the plainest schedule and then under random ones. A cell keeps the first
    /// scenario that drove it.
    /// @param extensions  as they are to stand in the scenarios.
    void search(ContainedStage& stage, const std::vector<std::string>& extensions,
                const CoverBounds& bounds);

    /// Every state and event of every machine, rows first, machine by machine.
    const std::vector<CoveredCell>& cells() const {
        return all;
    }

    /// Scenarios that were played.
    std::uint64_t plays() const {
        return played;
    }

private:
    struct Prefix {
        std::vector<harness::Step> steps;
        harness::Plan              plan;
    };

    bool all_driven() const;
    void try_steps(ContainedStage& stage, const Prefix& prefix, harness::Scenario scenario);
    void play(ContainedStage& stage, const harness::Scenario& scenario);
    void note(const model::Verdict& verdict, const harness::Scenario& scenario);

    std::vector<CoveredCell> all;
    std::size_t              rows   = 0;  // So many of `all` are rows; the others have none.
    std::uint64_t            played = 0;
};

}  // namespace interlock::fuzz
