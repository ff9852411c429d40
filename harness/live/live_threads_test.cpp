// The live switch with a thread for each task: code of extensions really runs on several at once.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>

#include "harness/bundled.hpp"
#include "harness/live/live_switch.hpp"
#include "harness/trace/judging_sink.hpp"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define INTERLOCK_HAS_THREAD_SANITIZER
#endif
#endif

namespace interlock::harness {
namespace {

constexpr Time100ns   ms           = 10'000;
constexpr std::size_t guests       = 4;
constexpr std::size_t frames_batch = 8;
constexpr Time100ns   batch_period = ms / 2;

/// A guest that has so much to say in each period: to each other in turn, and to all.
class BusyGuest final : public Wire {
public:
    explicit BusyGuest(std::size_t place) {
        for (std::size_t to = 0; to < guests; ++to) {
            auto& frame = bytes[to];
            frame.fill(2);
            frame[5]  = static_cast<std::uint8_t>(0x10 + to);
            frame[11] = static_cast<std::uint8_t>(0x10 + place);
            if (to == place) std::fill_n(frame.begin(), 6, std::uint8_t{0xFF});
        }
        for (std::size_t one = 0; one < batch.size(); ++one)
            batch[one] = bytes[one % guests];
    }

    int descriptor() const override {
        return -1;
    }
    Time100ns due() const override {
        return counted.received / frames_batch * batch_period;
    }
    std::span<const Frame> receive(Time100ns) override {
        for (const Frame frame : batch)
            counted.receive(frame.size());
        if (said) said();
        return batch;
    }
    void send(Frame frame) override {
        counted.send(frame.size());
    }
    void              flush() override {}
    const WireCounts& counts() override {
        return counted;
    }

    std::function<void()> said;  // Something, just now.

private:
    std::array<std::array<std::uint8_t, 64>, guests> bytes;
    std::array<Frame, frames_batch>                  batch;
    WireCounts                                       counted;
};

struct Lived {
    LiveCounts     counts;
    model::Verdict verdict;
    LiveEnd        end;
};

/// Asked each second, and each time a guest has said something.
using Asked = std::function<void(LiveSwitch&)>;

Lived live(const std::vector<std::string>& stack, LiveOptions options, const Asked& each_second,
           const Asked& each_frame) {
    JudgingSink              judged;
    LiveSwitch*              self = nullptr;
    std::vector<std::string> paths;
    std::vector<LivePort>    ports(guests);
    for (const std::string& name : stack)
        paths.push_back(bundled(name));
    for (std::size_t place = 0; place < guests; ++place) {
        auto guest   = std::make_unique<BusyGuest>(place);
        guest->said  = [&] { each_frame(*self); };
        ports[place] = {.name    = "guest " + std::to_string(place),
                        .churned = Churned::no,
                        .wire    = std::move(guest)};
    }
    options.judge       = &judged;
    options.tasks       = LiveTasks::threads;
    options.each_second = [&] { each_second(*self); };
    auto  opened        = LiveSwitch::open(paths, std::move(ports), std::move(options));
    auto& made          = std::get<std::unique_ptr<LiveSwitch>>(opened);
    self                = made.get();
    Lived lived;
    lived.end     = made->run();
    lived.counts  = made->counts();
    lived.verdict = judged.judge.verdict();
    return lived;
}

void do_nothing(LiveSwitch&) {}

std::string rules_broken(const model::Verdict& verdict) {
    std::string all;
    for (const model::Violation& one : verdict.violations)
        all += std::string(model::rules()[one.rule].id) + " " + std::string(one.what) + "\n";
    return all;
}

void expect_all_accounted_for(const LiveCounts& counts) {
    std::uint64_t finished = counts.finished.cloned, accepted = 0;
    for (const std::uint64_t count : counts.finished.by_fate)
        finished += count;
    for (const LivePortCounts& port : counts.ports)
        accepted += port.accepted;
    EXPECT_EQ(finished, accepted);
    EXPECT_GT(accepted, 0U);
    EXPECT_EQ(counts.in_flight, 0U);
}

void expect_in_order(const Lived& lived) {
    EXPECT_EQ(lived.verdict.outcome, model::Outcome::conforms) << rules_broken(lived.verdict);
    EXPECT_EQ(lived.end.halt, Halt::finished);
    expect_all_accounted_for(lived.counts);
}

class LiveThreadsUnderChurn : public testing::TestWithParam<std::vector<std::string>> {};

std::string joined(const testing::TestParamInfo<std::vector<std::string>>& stack) {
    std::string name;
    for (const std::string& one : stack.param)
        name += (name.empty() ? "" : "_over_") + one;
    return name;
}

/// Stops when it has gone on for a while, how slow the machine may be.
void stop_when_enough_has_happened(LiveSwitch& self) {
    constexpr std::uint64_t enough_steps = 60, enough_together = 10;
    const LiveCounts        so_far = self.counts();
    if (so_far.steps > enough_steps && so_far.together > enough_together) self.stop();
}

// Ports come and go by the hundred meanwhile, with their requests.
TEST_P(LiveThreadsUnderChurn, RunCodeOfExtensionsAtOnce) {
    const LiveOptions options{
        .policy = LivePolicy::by_chance, .seed = 7, .churn_per_s = 500, .stops_at = 60'000 * ms};
    const Lived lived = live(GetParam(), options, do_nothing, stop_when_enough_has_happened);
    expect_in_order(lived);
    RecordProperty("together", std::to_string(lived.counts.together));
    EXPECT_GT(lived.counts.together, 0U) << "code of extensions never ran at once";
    EXPECT_LT(lived.counts.time, 60'000 * ms);
}

INSTANTIATE_TEST_SUITE_P(Extensions, LiveThreadsUnderChurn,
                         testing::Values(std::vector<std::string>{"pass_through"},
                                         std::vector<std::string>{"forwarder"},
                                         std::vector<std::string>{"cloner", "forwarder"},
                                         std::vector<std::string>{"vlan_acl"},
                                         std::vector<std::string>{"broadcast_pacer"}),
                         joined);

TEST(LiveThreads, LetTheJudgeGoAndComeBack) {
    int        changes = 0;
    const auto change  = [&](LiveSwitch& self) {
        self.judge_is_attached() ? self.detach_judge() : self.attach_judge();
        ++changes;
    };
    const auto stop_when_back = [&](LiveSwitch& self) {
        if (changes == 2 && self.counts().ports[0].accepted > 100) self.stop();
    };
    const Lived lived = live({"forwarder"}, {}, change, stop_when_back);
    EXPECT_EQ(lived.verdict.outcome, model::Outcome::undecided) << rules_broken(lived.verdict);
    expect_all_accounted_for(lived.counts);
}

TEST(LiveThreads, StopUnderTraffic) {
    const auto stop_soon = [](LiveSwitch& self) {
        if (self.counts().ports[0].accepted > 100) self.stop();
    };
    const Lived lived = live({"pass_through", "forwarder"}, {}, do_nothing, stop_soon);
    expect_in_order(lived);
}

// One whose lock is missing never does anything wrong on one thread.
#ifdef INTERLOCK_HAS_THREAD_SANITIZER
TEST(LiveThreadsDeathTest, ShowThreadSanitizerWhatNeedsTwoOfThem) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    constexpr int exit_of_thread_sanitizer = 66;
    const auto    lives                    = [] {
        for (int life = 0; life < 5; ++life)
            live({"faulty_held_without_lock"}, {.stops_at = 500 * ms}, do_nothing, do_nothing);
        std::exit(0);
    };
    EXPECT_EXIT(lives(), testing::ExitedWithCode(exit_of_thread_sanitizer),
                "data race.*broadcast_pacer.c");
}
#endif

// --- The pulse -----------------------------------------------------------------------------------

TEST(LivePulse, StopsWhileCodeOfAnExtensionStaysAway) {
    Pulse         pulse;
    LiveScheduler scheduler(
        LivePolicy::plain, 1, [](Time100ns) {}, &pulse);
    const Runnable other{.name = {Role::sender, 1}};
    const Moment   moment{.runnable = {&other, 1}, .current = {}, .place = "here"};
    constexpr auto longer = std::chrono::milliseconds(1100);
    scheduler.begin();
    scheduler.tell_outside(1, scheduler.now());
    scheduler.next(moment);
    EXPECT_EQ(pulse.beats, 1U);
    std::this_thread::sleep_for(longer);
    scheduler.next(moment);
    EXPECT_EQ(pulse.beats, 1U);
    scheduler.tell_outside(0, 0);
    scheduler.next(moment);
    EXPECT_EQ(pulse.beats, 2U);
}

TEST(LivePulse, RestsOnlyWhenNobodyIsAway) {
    Pulse         pulse;
    bool          rested = false;
    LiveScheduler scheduler(
        LivePolicy::plain, 1, [&](Time100ns) { rested = pulse.rests; }, &pulse);
    scheduler.begin();
    scheduler.tell_outside(1, 0);
    scheduler.sleep_until(0);
    EXPECT_FALSE(rested);
    scheduler.tell_outside(0, 0);
    scheduler.sleep_until(0);
    EXPECT_TRUE(rested);
}

}  // namespace
}  // namespace interlock::harness
