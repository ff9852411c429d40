#include "harness/sched/pct.hpp"

#include <algorithm>
#include <cmath>

namespace interlock::harness {

Pct::Pct(std::uint64_t seed, std::uint32_t depth, std::uint32_t places)
    : seed(seed), depth(std::max(depth, 1U)), places(std::max(places, 1U)), random(seed) {
    begin();
}

void Pct::begin() {
    random = SplitMix(seed);
    priorities.clear();
    passed = 0;
    changes.clear();
    for (std::uint32_t change = 1; change < depth; ++change)
        changes.push_back(1 + random.below(places));
}

std::optional<std::size_t> Pct::next(const Moment& moment) {
    if (moment.runnable.size() == 1) return 0;
    // Above all heights that changes give; two tasks never share one of 2^63.
    const auto draw = [this] { return random.word() | 1ULL << 63; };
    ++passed;
    for (std::size_t change = 0; change < changes.size(); ++change) {
        if (changes[change] != passed || !moment.current) continue;
        priorities.height_of(moment.runnable[*moment.current].name, draw) = change;
    }
    return priorities.highest(moment.runnable, draw);
}

std::uint32_t Pct::choose(std::string_view, std::uint32_t count) {
    return random.below(count);
}

double pct_bound(std::uint32_t tasks, std::uint32_t places, std::uint32_t depth) {
    if (tasks == 0 || depth == 0) return 1;
    return 1.0 / (tasks * std::pow(std::max(places, 1U), depth - 1));
}

std::unique_ptr<Scheduler> pct(std::uint64_t seed, std::uint32_t depth, std::uint32_t places) {
    return std::make_unique<Pct>(seed, depth, places);
}

}  // namespace interlock::harness
