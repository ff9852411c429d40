#pragma once

// Probabilistic concurrency testing: each task has a priority by chance, the highest goes on, and
// at `depth - 1` places, by chance, the one that runs falls below all others.
//
// Source: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with Probabilistic
// Guarantees of Finding Bugs", ASPLOS 2010, section 2. Here a place is one at which another task
// could go on; places that have no choice do not count, which makes the bound better. Where a task
// holds its CPU at DISPATCH_LEVEL, those that wait for that CPU are not among those that could.

#include <memory>
#include <vector>

#include "harness/sched/priorities.hpp"
#include "harness/sched/scheduler.hpp"
#include "harness/sched/split_mix.hpp"

namespace interlock::harness {

class Pct final : public Scheduler {
public:
    /// @param depth   how many orders of two events a bug needs; 1 or more.
    /// @param places  how many places the run is thought to have; beyond them nothing changes.
    Pct(std::uint64_t seed, std::uint32_t depth, std::uint32_t places);

    void                       begin() override;
    std::optional<std::size_t> next(const Moment& moment) override;
    std::uint32_t              choose(std::string_view what, std::uint32_t count) override;

    /// Of the run so far.
    std::uint32_t tasks() const {
        return static_cast<std::uint32_t>(priorities.size());
    }
    std::uint32_t places_passed() const {
        return passed;
    }

private:
    std::uint64_t seed;
    std::uint32_t depth, places;
    SplitMix      random;
    Priorities    priorities;
    std::vector<std::uint32_t>
                  changes;  // At which places, in the order of the heights given there.
    std::uint32_t passed = 0;
};

/// The least probability with which one run shows a bug of that depth: 1 / (tasks * places^(depth -
/// 1)), if the bug depends on who goes on and on nothing else.
double pct_bound(std::uint32_t tasks, std::uint32_t places, std::uint32_t depth);

std::unique_ptr<Scheduler> pct(std::uint64_t seed, std::uint32_t depth, std::uint32_t places);

}  // namespace interlock::harness
