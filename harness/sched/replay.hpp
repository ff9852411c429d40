#pragma once

// A schedule that can be written down: only where a run departed from the plainest one, by names.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
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

/// How often each task stood at each place. Places compare as text, so that the order of the map is
/// the same in every process; they live for ever.
class Visits {
public:
    void clear() {
        counts.clear();
    }

    /// @return how often by now, from 1.
    std::uint32_t next(TaskName task, std::string_view place) {
        return ++counts[{task.role, task.number, place}];
    }

private:
    std::map<std::tuple<Role, std::uint32_t, std::string_view>, std::uint32_t> counts;
};

/// Asks `inner`, and writes down what it answered where that is not what round_robin would say.
class Recording final : public Scheduler {
public:
    explicit Recording(Scheduler& inner);

    void                       begin() override;
    std::optional<std::size_t> next(const Moment& moment) override;
    std::uint32_t              choose(std::string_view what, std::uint32_t count) override;
    bool                       wants_faults() const override {
        return inner.wants_faults();
    }

    /// `told` is told of each decision as it is taken: a run may not come to its end.
    void tell(std::function<void(const Decision&)> told) {
        listener = std::move(told);
    }

    /// What replays this run, in order.
    const std::vector<Decision>& decisions() const;

private:
    struct Counts;
    Scheduler& inner;
    void       take(Decision decision);

    std::function<void(const Decision&)> listener;
    std::vector<Decision>                taken;
    std::shared_ptr<Counts>              counts;
    TaskName                             current;
};

/// Follows the decisions whose task, place and count come up; elsewhere as round_robin.
std::unique_ptr<Scheduler> replay(std::vector<Decision> decisions);

}  // namespace interlock::harness
