#pragma once

// The stage on which scenarios are played: extensions loaded once, a fresh world for each run.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "harness/call_stacks.hpp"
#include "harness/host_flaw.hpp"
#include "harness/kernel/kernel.hpp"
#include "harness/scenario/error.hpp"
#include "harness/scenario/scenario.hpp"
#include "model/judge.hpp"

namespace interlock::harness {

/// A frame to bring in from outside, e.g. out of a capture.
struct InjectedFrame {
    model::PortId             port = 0;
    std::uint8_t              nic  = 0;
    std::vector<std::uint8_t> bytes;
};

class TraceBuffer;

struct StageOptions {
    bool           judged    = true;  // Off only to measure what the judge costs.
    model::Reading reading   = model::Reading::reconciled;  // What the judge holds it to.
    std::uint64_t  steps_max = 2'000'000;  // Scheduling steps of one run; more is undecided.

    /// Whether from where extensions called is kept. As one likes, from run to run.
    std::function<bool()> keep_stacks;

    /// Where the trace is kept; none: memory of the stage's own.
    TraceBuffer* trace = nullptr;

    /// Sent one after the other, each to its end, when the scenario's own steps are done.
    std::vector<InjectedFrame> frames;

    /// What the switch does wrong.
    HostFlaw flaw = HostFlaw::none;

    /// Which flaw each extension has that can be told one: what stands in its `InterlockMutant`.
    std::string mutant;

    /// Told of the bytes that each request to a device brings back. May be empty.
    std::function<void(std::span<const std::uint8_t>)> device_gave;

    /// Told of each frame as it is delivered to a NIC. May be empty.
    std::function<void(model::PortId, model::NicIndex, std::span<const std::uint8_t>)> delivered;
};

/// A step the switch left out, because it may not do it in that state.
struct LeftOut {
    std::uint32_t step = 0;  // From 1.
    std::string   why;       // "port 3 is not created"
};

/// What one run was like. Belongs to the stage; valid until its next run.
struct Performance {
    model::Verdict                verdict;
    std::span<const model::Event> trace;
    std::vector<LeftOut>          left_out;
    std::vector<Task>             stuck;  // Tasks that never ended, and where they stand.
    const CallStacks*             stacks   = nullptr;  // Empty, unless they are kept.
    Halt                          halt     = Halt::finished;
    std::uint64_t                 switches = 0;  // Scheduling steps taken.
};

class Stage {
public:
    /// Loads shared objects, top of the stack first, and sets the world up.
    /// @param extensions  paths; may be empty: a switch with no extension.
    static std::variant<std::unique_ptr<Stage>, InputError> open(
        std::span<const std::string> extensions, StageOptions options);

    virtual ~Stage() = default;

    /// Plays the scenario from the beginning in a fresh world: statics of the extensions, virtual
    /// time and pools are as after loading.
    virtual const Performance& run(const Scenario& scenario, Scheduler& scheduler) = 0;

    /// What the extensions call themselves, top to bottom (the file's name without ".so").
    virtual std::span<const std::string> names() const = 0;
};

/// About how many places its run has at which another task could go on (sched/pct.hpp).
std::uint32_t places_expected(const Scenario& scenario);

/// The scheduler a scenario asks for: its decisions if it has some, else its schedule; and the
/// faults that it names, or else those that chance brings.
std::unique_ptr<Scheduler> scheduler_for(const Scenario& scenario);

}  // namespace interlock::harness
