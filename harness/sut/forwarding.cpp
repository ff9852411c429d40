#include "harness/sut/forwarding.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

namespace interlock::harness {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t frame_bytes = 60;  // 64 with the FCS, which the hardware adds.
constexpr SutPort     pair        = 2;   // Ports with traffic; those behind them come and go.

// So long whoever sends sleeps: what is due by then goes in one go, and no more than this.
constexpr auto        breath    = 200us;
constexpr std::size_t burst_max = 64;

SutFrame frame_from(SutPort from) {
    SutFrame   frame(frame_bytes, 0);
    const auto address = [&](std::size_t at, SutPort of) {
        frame[at]     = 2;  // Administered locally.
        frame[at + 5] = static_cast<std::uint8_t>(of + 1);
    };
    address(0, 1 - from);
    address(6, from);
    frame[12] = 0x88;  // For local experiments.
    frame[13] = 0xB5;
    return frame;
}

/// The others come and go, one life after another, on this thread.
class Lives {
public:
    Lives(SwitchUnderTest& tested, double per_s)
        : tested(tested), half(std::chrono::duration<double>(per_s > 0 ? 0.5 / per_s : 1)) {}

    void live_until(Clock::time_point end) {
        const auto start = Clock::now();
        for (std::uint64_t turn = 1; !trouble; ++turn) {
            const auto due = start + std::chrono::duration_cast<Clock::duration>(turn * half);
            if (due >= end) break;
            std::this_thread::sleep_until(due);
            turn_over();
        }
        if (there) turn_over();
        std::this_thread::sleep_until(end);
    }

    std::uint64_t lives = 0;
    SutTrouble    trouble;

private:
    void turn_over() {
        trouble = there ? tested.unplug(port) : tested.plug(port);
        there   = !there;
        if (there || trouble) return;
        tested.take(port);
        port = port + 1 < sut_ports ? port + 1 : pair;
        ++lives;
    }

    SwitchUnderTest&              tested;
    std::chrono::duration<double> half;
    SutPort                       port  = pair;
    bool                          there = false;
};

class Pair {
public:
    explicit Pair(SwitchUnderTest& tested) : tested(tested) {}

    /// Both addresses are learnt, and what was flooded meanwhile is gone.
    SutTrouble begin() {
        for (SutPort port = 0; port < pair; ++port)
            if (auto trouble = tested.plug(port)) return trouble;
        for (int time = 0; time < 2; ++time) {
            for (SutPort port = 0; port < pair; ++port)
                tested.send(port, frames[port]);
            tested.settle();
        }
        take();
        result = {};
        return {};
    }

    void offer(double frames_per_s, Clock::time_point end) {
        const auto start = Clock::now();
        for (auto now = start; now < end; now = Clock::now()) {
            const double since = std::chrono::duration<double>(now - start).count();
            send(static_cast<std::uint64_t>(since * frames_per_s / pair));
            take();
            if (sent_each >= static_cast<std::uint64_t>(since * frames_per_s / pair))
                std::this_thread::sleep_for(breath);
        }
        result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    }

    SutTrouble end() {
        tested.settle();
        take();
        SutTrouble trouble;
        for (SutPort port = 0; port < pair; ++port)
            if (auto wrong = tested.unplug(port)) trouble = wrong;
        return trouble;
    }

    Forwarded result;

private:
    void send(std::uint64_t due_each) {
        const auto count =
            std::min<std::uint64_t>(due_each - std::min(due_each, sent_each), burst_max);
        sent_each += count;
        for (SutPort port = 0; count > 0 && port < pair; ++port)
            result.sent += tested.send_many(port, frames[port], count);
    }

    void take() {
        for (SutPort port = 0; port < pair; ++port) {
            const auto came = tested.take(port);
            result.arrived +=
                static_cast<std::uint64_t>(std::ranges::count(came, frames[1 - port]));
        }
    }

    SwitchUnderTest&                 tested;
    const std::array<SutFrame, pair> frames{frame_from(0), frame_from(1)};
    std::uint64_t                    sent_each = 0;  // In each direction.
};

}  // namespace

Forwarded forward(SwitchUnderTest& tested, const OfferedLoad& load) {
    Pair two(tested);
    if (auto trouble = two.begin()) return {.trouble = trouble};
    const auto end = Clock::now() + load.time;
    Lives      others(tested, load.lives_per_s);
    {
        std::thread offers([&] { two.offer(load.frames_per_s, end); });
        if (load.lives_per_s > 0) others.live_until(end);
        offers.join();
    }
    SutTrouble trouble = two.end();
    two.result.lives   = others.lives;
    two.result.trouble = others.trouble ? others.trouble : trouble;
    return two.result;
}

}  // namespace interlock::harness
