#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

namespace {

// SplitMix64 (Steele, Lea, Flood 2014): one word of state, every seed is as good as another.
class SplitMix {
public:
    explicit SplitMix(std::uint64_t seed) : state(seed) {}

    std::uint64_t word() {
        state += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = state;
        mixed               = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed               = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    std::uint32_t below(std::uint32_t count) {
        return static_cast<std::uint32_t>(((word() >> 32) * count) >> 32);
    }

private:
    std::uint64_t state;
};

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
