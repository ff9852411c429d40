#pragma once

// A schedule that can be written down: only where a run departed from the plainest one, by names.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

/// "When `task` stands at `place` for the `nth` time, go on with `other`", or, when `other` is not
/// given, "answer `value`".
struct Decision {
    TaskName      task;
    std::string   place;  // The function called, or the question asked.
    std::uint32_t nth       = 1;
    bool          is_switch = true;
    TaskName      other;
    std::uint32_t value = 0;

    friend bool operator==(const Decision&, const Decision&) = default;
};

/// Asks `inner`, and writes down what it answered where that is not what round_robin would say.
class Recording final : public Scheduler {
public:
    explicit Recording(Scheduler& inner);

    void                       begin() override;
    std::optional<std::size_t> next(const Moment& moment) override;
    std::uint32_t              choose(std::string_view what, std::uint32_t count) override;

    /// What replays this run, in order.
    const std::vector<Decision>& decisions() const;

private:
    struct Counts;
    Scheduler&              inner;
    std::vector<Decision>   taken;
    std::shared_ptr<Counts> counts;
    TaskName                current;
};

/// Follows the decisions whose task, place and count come up; elsewhere as round_robin.
std::unique_ptr<Scheduler> replay(std::vector<Decision> decisions);

}  // namespace interlock::harness
