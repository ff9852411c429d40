#pragma once

// Every schedule within a bound, one a run: depth first, each run from the beginning. The plainest
// schedule is the first; the others depart from it by so many preemptions, and by so many answers
// that are not the plainest, and no more. Whom to go on with where the task that ran last cannot is
// no preemption: of these every order is tried.
//
// Source of the bound: Musuvathi, Qadeer, "Iterative Context Bounding for Systematic Testing of
// Multithreaded Programs", PLDI 2007.
//
// Schedules that differ in the order of independent steps only are played once, as far as it is
// known what steps touch. By which rule: a run is given up where it comes into a state in which
// another has been already with no fewer preemptions left, and a state is known by its steps and by
// which of them came before which, of those that touch the same. Source: Musuvathi, Qadeer,
// "Partial-Order Reduction for Context-Bounded State Exploration", MSR-TR-2007-12. Sleep sets and
// plain DPOR are not for a search with a bound: the one order that they keep may be the one that
// costs a preemption too many (Coons, Musuvathi, McKinley, "Bounded Partial-Order Reduction",
// OOPSLA 2013). States are told apart by 64 bits: of two million, two are taken for one with a
// chance of less than one in a million.

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "harness/sched/replay.hpp"
#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

/// What a step touched, a bit for each object. Two steps are independent, in that neither order of
/// them makes a difference, if neither writes what the other touches.
struct Footprint {
    std::uint16_t reads  = 0;
    std::uint16_t writes = 0;
    std::uint64_t places = 1;  // How many the task passed: where nobody else could go on, a step
                               // is longer than to the next place.
};
inline constexpr std::size_t   objects_max = 16;
inline constexpr std::uint16_t everything  = 0xFFFF;

/// What the step touched that has just come to its end at this moment.
using FootprintOf = std::function<Footprint(const Moment&)>;

inline constexpr std::uint16_t no_bound = 0xFFFF;

/// How far a schedule may depart from the plainest one. Less than `no_bound`, or that.
struct Bounds {
    std::uint16_t preemptions = 0;
    std::uint16_t answers     = 0;
};

class Exhaustive final : public Scheduler {
public:
    static constexpr std::size_t states_max = std::size_t{1} << 21;  // Kept in mind; more: pruned
                                                                     // less.

    /// @param answers    answers that are given in every schedule, over and above the bound; who
    ///                   goes on is not taken from it.
    /// @param footprint  none: every step touches everything, and nothing is pruned.
    explicit Exhaustive(Bounds bounds, std::vector<Decision> answers = {},
                        FootprintOf footprint = {});

    void                       begin() override;
    std::optional<std::size_t> next(const Moment& moment) override;
    std::uint32_t              choose(std::string_view what, std::uint32_t count) override;
    bool                       wants_faults() const override;

    /// The run is over: from now on the next schedule. @return whether there is one left.
    bool advance();

    /// Whether this run was given up because all that could follow has been played.
    bool pruned() const {
        return cut_short;
    }
    /// Whether this run did not have the places that the one before it had: it depends on something
    /// beside the schedule.
    bool diverged() const {
        return lost;
    }

    /// What this schedule takes at each place that has a choice, as far as that was decided before
    /// it began; behind that, the plainest. For `follow`.
    std::span<const std::uint16_t> path() const {
        return decided;
    }
    /// The next run takes this path.
    void follow(std::span<const std::uint16_t> path);

private:
    struct Node {
        std::uint16_t taken  = 0;  // 0 is the plainest.
        std::uint16_t count  = 0;  // Ways to go on.
        bool          answer = false;
        bool          free   = false;  // Another way costs no preemption.
        Bounds        used   = {};     // Before it.
    };
    struct Of {
        TaskName      task;
        std::uint64_t last = 0;  // Its last step.
    };

    std::optional<std::uint16_t> take(const Node& node);
    bool                         may_depart(const Node& node) const;
    void                         end_step(const Moment& moment);
    bool                         been_there(std::optional<TaskName> current);
    std::uint64_t&               last_step_of(TaskName task);
    const Decision*              named(std::string_view what);

    Bounds                bounds;
    std::vector<Decision> answers;
    FootprintOf           footprint;

    std::vector<Node>          nodes;    // Of this run.
    std::vector<std::uint16_t> decided;  // Of this run, before it began.
    Bounds                     used      = {};
    bool                       cut_short = false, lost = false;
    std::vector<Node>          before;  // Of the last run, as far as this one is decided.

    // Which steps there were, and what came before what.
    std::optional<TaskName>                running;
    std::vector<Of>                        tasks;
    std::array<std::uint64_t, objects_max> written = {}, read = {};  // By object: the last write,
                                                                     // and the reads since.
    std::uint64_t answered = 0;  // Of the step that runs: what was answered in it.
    std::uint64_t state    = 0;
    Visits        asked;

    std::unordered_map<std::uint64_t, std::uint16_t> states;  // With how few preemptions.
};

}  // namespace interlock::harness
