#pragma once

// What `interlock run` and `interlock replay` have in common: scenarios in, verdicts out.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/extensions.hpp"
#include "cli/frames.hpp"
#include "cli/judging.hpp"
#include "cli/memory.hpp"
#include "cli/output.hpp"
#include "cli/sources.hpp"
#include "cli/unmet.hpp"
#include "fuzz/contained_stage.hpp"
#include "fuzz/exhaust.hpp"
#include "reports/result.hpp"

namespace interlock::cli {

struct PlayOptions {
    std::string                  command = "run";
    std::vector<std::string>     scenarios;
    Extensions                   extensions;
    Frames                       frames;
    Judging                      judging;
    Memory                       memory;
    Output                       output;
    std::optional<std::uint64_t> seed;  // A random schedule instead of the scenario's own.
    bool                         twice     = false;
    bool                         steps     = false;
    bool                         attribute = false;
    std::string                  trace;   // The file for the trace.
    std::string                  expect;  // "from-folder", or empty.

    // Every schedule, with at most so many preemptions.
    std::optional<std::uint16_t> preemptions;
    std::uint16_t                answers   = 0;  // That are not the plainest: at most so many.
    bool                         race_free = false;
    std::chrono::milliseconds    time{};     // For one scenario; 0: as long as it takes.
    std::string                  out = ".";  // Where found/<RULE>/ is made.
};

class PlayScenarios {
public:
    explicit PlayScenarios(PlayOptions given)
        : options(std::move(given)), line(options.output.telling()) {}

    Exit all();

private:
    Exit        one(const std::string& file);
    Exit        show(const std::string& file, const harness::Scenario& scenario,
                     const std::vector<std::string>& paths, fuzz::ContainedStage& stage);
    Exit        exhaust(const std::string& file, const harness::Scenario& scenario,
                        const std::vector<std::string>& paths, fuzz::ContainedStage& stage);
    std::string save_found(const fuzz::Exhausted& told, const fuzz::ContainedStage& stage) const;
    Exit        conclude(const std::string& file, reports::Result result);
    Exit        second_time(const std::string& file, const harness::Scenario& scenario,
                            fuzz::ContainedStage& stage, const fuzz::Play& first) const;
    Exit        broke(const std::string& file, const fuzz::Play& play) const;
    Exit        write_trace(const reports::Result& result, std::uint16_t ndis) const;
    void        tell(const reports::Result& result) const;
    Exit        summary();

    std::string replay_line(const std::string& file) const;

    std::variant<fuzz::ContainedStage*, harness::InputError> stage_for(
        const std::vector<std::string>& paths);
    fuzz::ContainedOptions contained(const std::vector<std::string>& paths) const;

    PlayOptions                                                               options;
    std::vector<harness::InjectedFrame>                                       injected;
    std::map<std::vector<std::string>, std::unique_ptr<fuzz::ContainedStage>> stages;
    reports::Issue                                                            issue;
    Unmet                                                                     unmet;
    ProgressLine                                                              line;
};

}  // namespace interlock::cli
