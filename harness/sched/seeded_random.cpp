#include "harness/sched/scheduler.hpp"
#include "harness/sched/split_mix.hpp"

namespace interlock::harness {

namespace {

class SeededRandom final : public Scheduler {
public:
    SeededRandom(std::uint64_t seed, std::uint32_t switches_percent)
        : seed(seed), switches_percent(switches_percent), random(seed) {}

    void begin() override {
        random = SplitMix(seed);
    }

    std::optional<std::size_t> next(const Moment& moment) override {
        const auto count = static_cast<std::uint32_t>(moment.runnable.size());
        if (count == 1) return 0;
        if (!moment.current) return random.below(count);
        if (random.below(100) >= switches_percent) return moment.current;
        const std::size_t other = random.below(count - 1);
        return other < *moment.current ? other : other + 1;
    }

    std::uint32_t choose(std::string_view, std::uint32_t count) override {
        return random.below(count);
    }

private:
    std::uint64_t seed;
    std::uint32_t switches_percent;
    SplitMix      random;
};

}  // namespace

std::unique_ptr<Scheduler> seeded_random(std::uint64_t seed, std::uint32_t switches_percent) {
    return std::make_unique<SeededRandom>(seed, switches_percent);
}

}  // namespace interlock::harness
