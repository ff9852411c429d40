#pragma once

// The worker's side of an exhaustive search: plays schedule after schedule.

#include <functional>
#include <memory>

#include "fuzz/board.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/stage.hpp"

namespace interlock::fuzz {

class Searcher {
public:
    using Perform =
        std::function<const harness::Performance&(const harness::Scenario&, harness::Scheduler&)>;

    /// Answers that the scenario's decisions name are given in every schedule.
    Searcher(harness::Scenario scenario, ScheduleSearch& search);

    /// Until a rule is broken, none is left, or a few hundred are played. Each is told before it
    /// begins: the process may not live to its end.
    void play_some(const Perform& perform);

private:
    void play_next(const Perform& perform);

    harness::Scenario   scenario;
    ScheduleSearch&     search;
    harness::Exhaustive scheduler;
};

/// The schedule that was told last.
std::unique_ptr<harness::Scheduler> last_of(const harness::Scenario& scenario,
                                            const ScheduleSearch&    search);

}  // namespace interlock::fuzz
