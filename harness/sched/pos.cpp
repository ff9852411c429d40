// Partial order sampling: each task has a priority by chance for the next thing it does, and draws
// another when that is done. So none goes on for long, as under PCT, and some wait for long, as
// where each place is a coin.
//
// Source: Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018, section 3, there
// called BasicPOS.

#include <vector>

#include "harness/sched/scheduler.hpp"
#include "harness/sched/split_mix.hpp"

namespace interlock::harness {
namespace {

class Pos final : public Scheduler {
public:
    explicit Pos(std::uint64_t seed) : seed(seed), random(seed) {}

    void begin() override {
        random = SplitMix(seed);
        priorities.clear();
    }

    std::optional<std::size_t> next(const Moment& moment) override {
        if (moment.current) height_of(moment.runnable[*moment.current].name) = random.word();
        std::size_t   best   = 0;
        std::uint64_t height = 0;
        for (std::size_t place = 0; place < moment.runnable.size(); ++place) {
            const std::uint64_t here = height_of(moment.runnable[place].name);
            if (here < height) continue;
            best   = place;
            height = here;
        }
        return best;
    }

    std::uint32_t choose(std::string_view, std::uint32_t count) override {
        return random.below(count);
    }

private:
    struct Priority {
        TaskName      task;
        std::uint64_t height = 0;
    };

    std::uint64_t& height_of(TaskName task) {
        for (Priority& one : priorities)
            if (one.task == task) return one.height;
        priorities.push_back({task, random.word()});
        return priorities.back().height;
    }

    std::uint64_t         seed;
    SplitMix              random;
    std::vector<Priority> priorities;
};

}  // namespace

std::unique_ptr<Scheduler> pos(std::uint64_t seed) {
    return std::make_unique<Pos>(seed);
}

}  // namespace interlock::harness
