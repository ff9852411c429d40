#include "harness/live/live_scheduler.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint32_t others_in_a_hundred = 10;

constexpr Time100ns stays_out = 10'000'000;  // 1 s: longer than code of an extension stays away.

}  // namespace

LiveScheduler::LiveScheduler(LivePolicy by, std::uint64_t from,
                             std::function<void(Time100ns)> sleeper, Pulse* beats)
    : policy(by),
      seed(from),
      chance(from),
      sleep(std::move(sleeper)),
      pulse(beats),
      start(Clock::now()) {}

void LiveScheduler::begin() {
    chance = SplitMix(seed);
    start  = Clock::now();
}

std::optional<std::size_t> LiveScheduler::next(const Moment& moment) {
    if (pulse && !somebody_stays_out()) pulse->beat();
    const std::size_t count = moment.runnable.size();
    if (moment.place == live_turn && moment.current) return (*moment.current + 1) % count;
    if (policy == LivePolicy::plain) return plainest(moment);
    const bool goes_on = moment.current && chance.below(100) >= others_in_a_hundred;
    return goes_on ? *moment.current : chance.below(static_cast<std::uint32_t>(count));
}

std::uint32_t LiveScheduler::choose(std::string_view, std::uint32_t count) {
    return policy == LivePolicy::plain ? 0 : chance.below(count);
}

Time100ns LiveScheduler::now() {
    using Unit = std::chrono::duration<Time100ns, std::ratio<1, 10'000'000>>;
    return std::chrono::duration_cast<Unit>(Clock::now() - start).count();
}

void LiveScheduler::sleep_until(Time100ns due) {
    if (pulse) pulse->rests = outside == 0;
    sleep(due);
    if (pulse) pulse->rests = false;
}

void LiveScheduler::tell_outside(std::size_t tasks, Time100ns since) {
    if (tasks > outside && tasks > 1) ++together_count;
    outside       = tasks;
    outside_since = since;
}

bool LiveScheduler::somebody_stays_out() {
    return outside > 0 && now() > outside_since + stays_out;
}

}  // namespace interlock::harness
