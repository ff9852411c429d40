// Our own switch, live, with its ports plugged into memory: one that has a link is there.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "harness/sut/live_thread.hpp"

namespace interlock::harness {
namespace {

using namespace std::chrono_literals;

// A machine that has other work may give the switch no time for seconds: what is then still in a
// cable would come to the next one who is connected.
constexpr auto quiet_for = 20ms, quiet_by = 60'000ms;

/// One port's cable: the switch has one end, on its thread, and the test the other.
class Cable final : public Wire {
public:
    Cable() {
        there_are.will_sleep();
    }

    int descriptor() const override {
        return there_are.descriptor();
    }

    std::span<const Frame> receive(Time100ns) override {
        const std::lock_guard held(lock);
        there_are.will_sleep();
        given.swap(to_switch);
        to_switch.clear();
        frames.assign(given.begin(), given.end());
        counted.received += frames.size();
        return frames;
    }

    void send(Frame frame) override {
        const std::lock_guard held(lock);
        from_switch.emplace_back(frame.begin(), frame.end());
        ++counted.sent;
    }

    void flush() override {}

    bool has_link() override {
        return link;
    }

    const WireCounts& counts() override {
        return counted;
    }

    // --- The test's end --------------------------------------------------------------------------

    void put(std::span<const std::uint8_t> frame) {
        const std::lock_guard held(lock);
        to_switch.emplace_back(frame.begin(), frame.end());
        there_are.wake();
    }

    std::vector<SutFrame> taken() {
        const std::lock_guard held(lock);
        return std::exchange(from_switch, {});
    }

    std::size_t waiting() {
        const std::lock_guard held(lock);
        return from_switch.size() + to_switch.size();
    }

    bool has_untaken() {
        const std::lock_guard held(lock);
        return !to_switch.empty();
    }

    std::atomic<bool> link = false;

private:
    std::mutex            lock;
    Waker                 there_are;
    std::vector<SutFrame> to_switch, from_switch;
    std::vector<SutFrame> given;  // What `frames` are views of.
    std::vector<Frame>    frames;
    WireCounts            counted;
};

class OwnSwitch final : public SwitchUnderTest {
public:
    explicit OwnSwitch(TraceSink* judge) : live(judge) {}

    std::optional<InputError> start(std::span<const std::string> extensions) {
        std::array<std::unique_ptr<Wire>, sut_ports> wires;
        for (SutPort port = 0; port < sut_ports; ++port) {
            auto cable   = std::make_unique<Cable>();
            cables[port] = cable.get();
            wires[port]  = std::move(cable);
        }
        return live.start(extensions, std::move(wires));
    }

    std::string_view name() const override {
        return "our own switch";
    }

    SutTrouble plug(SutPort port) override {
        cables[port]->link = true;
        return live.wait_for_connect(port);
    }

    SutTrouble unplug(SutPort port) override {
        cables[port]->link = false;
        return live.wait_for_delete(port);
    }

    bool send(SutPort port, std::span<const std::uint8_t> frame) override {
        cables[port]->put(frame);
        return true;
    }

    std::vector<SutFrame> take(SutPort port) override {
        return cables[port]->taken();
    }

    void settle() override {
        const auto  by     = std::chrono::steady_clock::now() + quiet_by;
        std::size_t before = 0, now = waiting();
        do {
            before = now;
            std::this_thread::sleep_for(quiet_for);
            now = waiting();
        } while ((now != before || any_untaken() || !live.rests()) &&
                 std::chrono::steady_clock::now() < by);
    }

private:
    std::size_t waiting() {
        std::size_t count = 0;
        for (Cable* const cable : cables)
            count += cable->waiting();
        return count;
    }

    bool any_untaken() const {
        return std::ranges::any_of(cables, &Cable::has_untaken);
    }

    std::array<Cable*, sut_ports> cables{};  // Belong to the switch.
    LiveThread                    live;
};

}  // namespace

OpenedSwitch open_own_switch(std::span<const std::string> extensions, TraceSink* judge) {
    auto made = std::make_unique<OwnSwitch>(judge);
    if (auto error = made->start(extensions)) return *error;
    return made;
}

}  // namespace interlock::harness
