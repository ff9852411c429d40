// Partial order sampling: each task has a priority by chance for the next thing it does, and draws
// another when that is done. So none goes on for long, as under PCT, and some wait for long, as
// where each place is a coin.
//
// Source: Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018, section 3, there
// called BasicPOS.

#include "harness/sched/priorities.hpp"
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
        const auto draw = [this] { return random.word(); };
        if (moment.current)
            priorities.height_of(moment.runnable[*moment.current].name, draw) = random.word();
        return priorities.highest(moment.runnable, draw);
    }

    std::uint32_t choose(std::string_view, std::uint32_t count) override {
        return random.below(count);
    }

private:
    std::uint64_t seed;
    SplitMix      random;
    Priorities    priorities;
};

}  // namespace

std::unique_ptr<Scheduler> pos(std::uint64_t seed) {
    return std::make_unique<Pos>(seed);
}

}  // namespace interlock::harness
