#pragma once

// A stack that is put through runs which depend on nothing but their plan.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/fuzzing.hpp"
#include "fuzz/loop.hpp"
#include "reports/result.hpp"

namespace interlock::cli {

struct TrialPlan {
    FuzzingOptions                 fuzzing;  // Which stack, how it is judged.
    std::vector<harness::Scenario> suite;    // Played first.
    std::uint64_t                  seed        = 1;
    std::uint64_t                  fuzz_runs   = 0;
    std::uint64_t                  faulty_runs = 0;
    std::string                    folder;  // What is found is left in its found/<RULE>/.

    // As replay lines call them: "" or "alarms/forwarder/" for that folder, and the stack.
    std::string              folder_name;
    std::vector<std::string> stack_names;
};

class Trial {
public:
    using Tell = std::function<void(std::uint64_t runs)>;

    /// @param tell  called now and then.
    Trial(TrialPlan plan, Tell tell);

    /// @return what is wrong with the input, if anything.
    std::optional<harness::InputError> run();

    /// What was found, and as a campaign all runs together. Its times are 0.
    const reports::Issue& issue() const {
        return all;
    }
    /// Whether the stack ever got as far as its first restart.
    bool started() const {
        return restarted_runs > 0;
    }

private:
    std::optional<harness::InputError> play(fuzz::LoopOptions loop);
    std::optional<harness::InputError> add(const fuzz::ContainedStage& stage,
                                           fuzz::Finding               finding);
    void add_up(const fuzz::ContainedStage& stage, const fuzz::Progress& progress);
    void add_under_way(const std::vector<model::UnderWay>& more);
    void sample(const fuzz::ContainedStage& stage, const fuzz::Progress& progress);

    TrialPlan             plan;
    Tell                  tell;
    Prepared              prepared;
    std::set<std::string> known;  // Faults, by fingerprint
    reports::Issue        all;
    reports::Campaign     campaign;
    std::uint64_t         restarted_runs = 0;
    std::uint64_t         sample_due     = 0;
};

}  // namespace interlock::cli
