#pragma once

// Which calls of extensions fail. Each of these asks another scheduler about all else.
// What can fail, and how: harness/faults/faultable.hpp.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "harness/sched/replay.hpp"

namespace interlock::harness {

/// Fails the calls that `faults` name, and no other.
std::unique_ptr<Scheduler> struck_as(std::unique_ptr<Scheduler> inner,
                                     std::vector<Decision>      faults);

/// Fails calls by chance. Which functions fail at all in this run, and how often, is decided by the
/// seed, too: some runs fail hardly anything, some almost everything that they fail at all.
std::unique_ptr<Scheduler> struck_by_chance(std::unique_ptr<Scheduler> inner, std::uint32_t seed);

/// Those decisions that make a call fail, and the others.
std::pair<std::vector<Decision>, std::vector<Decision>> apart(
    const std::vector<Decision>& decisions);

/// Call stacks of which it is kept in mind that they were struck. Lies in shared memory, too, and
/// outlives a process that one of them ended.
class StruckStacks {
public:
    /// @return whether it was not in it. When there is no room left, nothing is new.
    bool add(std::uint64_t digest);

    std::uint32_t count() const {
        return used;
    }

private:
    static constexpr std::size_t    room    = std::size_t{1} << 14;
    std::uint32_t                   used    = 0;
    std::array<std::uint64_t, room> digests = {};
};

/// Fails, once in a run, the first call whose call stack was never struck; so that run by run each
/// distinct call stack of each function that can fail does fail, in each documented way.
class Sweep final : public Scheduler {
public:
    Sweep(Scheduler& inner, StruckStacks& struck) : inner(inner), struck(struck) {}

    void                       begin() override;
    std::optional<std::size_t> next(const Moment& moment) override;
    std::uint32_t              choose(std::string_view what, std::uint32_t count) override;
    bool                       wants_faults() const override {
        return true;
    }

    /// `told` is told what is made fail, before it fails. With that decision a run is the same
    /// without a sweep.
    void tell(std::function<void(const Decision&)> told) {
        listener = std::move(told);
    }

private:
    std::uint32_t way_to_fail(std::uint32_t count);

    Scheduler&    inner;
    StruckStacks& struck;
    TaskName      current;
    Visits        asked;
    bool          done = false;  // In this run.

    std::function<void(const Decision&)> listener;
};

}  // namespace interlock::harness
