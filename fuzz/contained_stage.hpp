#pragma once

// Plays scenarios in a process of its own, so that an extension that crashes or never comes back
// takes nobody with it. The extensions are never loaded into the process that asks.

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/board.hpp"
#include "fuzz/child.hpp"
#include "fuzz/edge_counters.hpp"
#include "fuzz/shared.hpp"
#include "harness/scenario/error.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/stage.hpp"
#include "harness/trace/trace_buffer.hpp"

namespace interlock::fuzz {

struct ContainedOptions {
    std::vector<std::string>            extensions;           // Paths, top of the stack first.
    std::vector<harness::InjectedFrame> frames;               // See StageOptions.
    std::chrono::milliseconds           silence_max{10'000};  // No sign of life for so long: hung.
    model::Reading                      reading = model::Reading::reconciled;
    std::string                         mutant{};  // See StageOptions.
    std::shared_ptr<Shared<Seen>>       seen{};    // Common to several stages; else its own.
};

/// A frame that reached a NIC.
struct Delivery {
    std::uint64_t             time_100ns = 0;  // Virtual.
    model::PortId             port       = 0;
    model::NicIndex           nic        = 0;
    std::vector<std::uint8_t> bytes;
};

/// One play in full.
struct Play {
    enum class End : std::uint8_t {
        ended,    // By itself.
        crashed,  // The extension took the process down: the trace ends with Crashed.
        hung,     // It did not come back: the trace ends with EndOfRun, by the time budget.
        lost,     // Killed from outside, or by want of memory: nothing is known.
        broke,    // Interlock itself is wrong: `said` tells how.
    };

    End                            end     = End::lost;
    model::Reading                 reading = model::Reading::reconciled;  // It is judged by this.
    Summary                        summary;                               // Of a play that ended.
    std::vector<model::Event>      trace;
    std::vector<harness::LeftOut>  left_out;
    std::vector<std::string>       stuck;      // "sender 4 waits in KeWaitForSingleObject"
    std::vector<harness::Decision> decisions;  // With which the plainest schedule does the same.
    std::vector<Delivery>          delivered;
    std::uint32_t                  tasks  = 0;  // How many tasks somebody chose among,
    std::uint32_t                  places = 0;  // and at how many places: harness/sched/census.hpp.
    std::string                    place;       // Where it stood when it crashed or hung,
    std::string                    task;        // and which task: "timer 2".

    // From where the extensions called: see harness::CallStacks. The stack of a crash, or of where
    // it hangs, is the last event's.
    std::vector<harness::CallStack> stacks;
    std::vector<std::uint32_t>      stack_of_events;
    std::vector<harness::Note>      notes;
    std::string                     said;  // What was printed meanwhile.
};

/// Which calls of the extensions fail in a batch.
enum class Faulting : std::uint8_t { as_scenarios_say, sweep };

/// How often each scenario of a batch is played. Twice: Summary::differs says what came of it.
enum class Plays : std::uint8_t { once, twice };

/// A batch, as far as it came.
struct Batch {
    std::span<const Summary> played;  // Valid until the next batch.
    std::optional<Play>      death;   // Of the scenario after those, if it ended the worker.
    std::span<const Struck>  struck;  // What a sweep made fail, in each of those and in that one.
};

class ContainedStage {
public:
    /// Loads the extensions in a worker and sees whether they load, and whether they enter.
    static std::variant<std::unique_ptr<ContainedStage>, harness::InputError> open(
        ContainedOptions options);

    Play play(const harness::Scenario& scenario);

    /// @pre scenarios.size() <= batch_max
    /// @param faults  sweep: in each that names no faults itself one call fails whose call stack
    ///                never did before.
    Batch play_batch(std::span<const harness::Scenario> scenarios,
                     Faulting                           faults = Faulting::as_scenarios_say,
                     Plays                              plays  = Plays::once);

    /// Begins to play every schedule of a scenario that is within the limits.
    void begin_search(const harness::Scenario& scenario, const SearchLimits& limits);

    /// Plays some more of them, until there is something to tell; at most a few hundred.
    /// @return the play that ended the worker, if one did. It is the last.
    std::optional<Play> search_on();

    /// How far that search has come.
    const ScheduleSearch& search() const {
        return board->search;
    }

    /// The last schedule of the search once more, in full.
    Play play_searched();

    /// What the extensions call themselves, top to bottom.
    std::span<const std::string> names() const {
        return all_names;
    }

    /// Their files, in the same order.
    std::span<const std::string> paths() const {
        return options.extensions;
    }

    /// See coverage.hpp; of all batches so far, and of those of the stages that share it.
    std::span<const std::uint8_t> seen() const {
        return (*options.seen)->features;
    }
    /// See coverage.hpp; of this stage's batches alone, up to the last edge there is.
    std::span<const std::uint64_t> entries() const {
        return std::span(board->entries)
            .first(first_edge_entry + std::min<std::size_t>(edges_max, edges_all()));
    }
    /// In how many plays of this stage each edge was run.
    std::span<const std::uint64_t> edge_runs() const {
        return entries().subspan(first_edge_entry);
    }
    /// Of the extensions whose edges are counted, in their order.
    const std::vector<ModuleCode>& codes() const {
        return all_codes;
    }
    std::uint32_t edges_all() const {
        return board->edges_all;
    }
    /// Distinct call stacks of calls that sweeps made fail, once for each way.
    std::uint32_t stacks_struck() const {
        return board->struck_stacks.count();
    }

private:
    explicit ContainedStage(ContainedOptions options);

    std::optional<harness::InputError> start();
    std::optional<harness::InputError> enter();
    harness::InputError                bad(std::string wrong, std::string expected) const;
    void                               revive();
    void                               post(std::span<const harness::Scenario> scenarios);
    Child::Sign                        ask(char word);
    Play                               play_in_full(char word);
    Play                               death(Child::Sign sign);

    ContainedOptions         options;
    Shared<Board>            board;
    harness::TraceBuffer     trace;
    Scratch                  answer;   // A worker's full answers.
    Scratch                  decided;  // What it decided in a play in full.
    Scratch                  said;     // What was printed there.
    std::unique_ptr<Child>   child;
    std::vector<std::string> all_names;
    std::vector<ModuleCode>  all_codes;
};

/// The verdict on a play: judged again from its trace.
model::Verdict verdict_of(const Play& play, const harness::Scenario& scenario);

}  // namespace interlock::fuzz
