#include "harness/sched/replay.hpp"

#include <algorithm>
#include <utility>

namespace interlock::harness {

namespace {

class Replay final : public Scheduler {
public:
    explicit Replay(std::vector<Decision> decisions) : decisions(std::move(decisions)) {}

    void begin() override {
        current = {};
        switches.clear();
        choices.clear();
    }

    std::optional<std::size_t> next(const Moment& moment) override {
        std::size_t answer = plainest(moment);
        if (moment.runnable.size() > 1) {
            const std::uint32_t nth = switches.next(current, moment.place);
            if (const Decision* const decision = find(true, moment.place, nth)) {
                const auto to =
                    std::ranges::find(moment.runnable, decision->other, &Runnable::name);
                if (to != moment.runnable.end()) {
                    answer = static_cast<std::size_t>(to - moment.runnable.begin());
                }
            }
        }
        current = moment.runnable[answer].name;
        return answer;
    }

    std::uint32_t choose(std::string_view what, std::uint32_t count) override {
        const Decision* const decision = find(false, what, choices.next(current, what));
        return decision && decision->value < count ? decision->value : 0;
    }

private:
    const Decision* find(bool is_switch, std::string_view place, std::uint32_t nth) const {
        for (const Decision& decision : decisions) {
            if (decision.nth == nth && decision.is_switch == is_switch &&
                decision.task == current && decision.place == place) {
                return &decision;
            }
        }
        return nullptr;
    }

    std::vector<Decision> decisions;
    TaskName              current;
    Visits                switches;
    Visits                choices;
};

}  // namespace

struct Recording::Counts {
    Visits switches;
    Visits choices;
};

Recording::Recording(Scheduler& inner) : inner(inner), counts(std::make_shared<Counts>()) {}

void Recording::begin() {
    inner.begin();
    taken.clear();
    current = {};
    counts->switches.clear();
    counts->choices.clear();
}

std::optional<std::size_t> Recording::next(const Moment& moment) {
    const std::optional<std::size_t> answer = inner.next(moment);
    if (!answer || *answer >= moment.runnable.size()) return answer;
    const TaskName chosen = moment.runnable[*answer].name;
    if (moment.runnable.size() > 1) {
        const std::uint32_t nth = counts->switches.next(current, moment.place);
        if (*answer != plainest(moment)) {
            take({.task      = current,
                  .place     = std::string(moment.place),
                  .nth       = nth,
                  .is_switch = true,
                  .other     = chosen,
                  .value     = 0});
        }
    }
    current = chosen;
    return answer;
}

std::uint32_t Recording::choose(std::string_view what, std::uint32_t count) {
    const std::uint32_t answer = inner.choose(what, count);
    const std::uint32_t nth    = counts->choices.next(current, what);
    if (answer != 0) {
        take({.task      = current,
              .place     = std::string(what),
              .nth       = nth,
              .is_switch = false,
              .other     = {},
              .value     = answer});
    }
    return answer;
}

void Recording::take(Decision decision) {
    taken.push_back(std::move(decision));
    if (listener) listener(taken.back());
}

const std::vector<Decision>& Recording::decisions() const {
    return taken;
}

std::unique_ptr<Scheduler> replay(std::vector<Decision> decisions) {
    return std::make_unique<Replay>(std::move(decisions));
}

}  // namespace interlock::harness
