// Our own switch, live, on a thread of its own. Its ports are plugged into memory; a port that has
// a link is connected, and one that has none is not: what the switch's edge says of it is waited
// for, as a management service would.

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "harness/live/live_switch.hpp"
#include "harness/live/waker.hpp"
#include "harness/sut/switch_under_test.hpp"
#include "model/call.hpp"
#include "model/oids.hpp"

namespace interlock::harness {
namespace {

using namespace std::chrono_literals;

constexpr auto patience  = 10s;
constexpr auto quiet_for = 20ms, quiet_by = 2000ms;

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

    std::atomic<bool> link = false;

private:
    std::mutex            lock;
    Waker                 there_are;
    std::vector<SutFrame> to_switch, from_switch;
    std::vector<SutFrame> given;  // What `frames` are views of.
    std::vector<Frame>    frames;
    WireCounts            counted;
};

/// What the protocol edge says of each port's adapter.
class Edge final : public TraceSink {
public:
    void begin(const TraceHead&) override {}
    void hole(std::uint64_t) override {}

    void event(const model::Event& one) override {
        if (one.call != model::Call::ProtocolEdgeOidRequestComplete) return;
        if (one.port == 0 || one.port > sut_ports) return;
        const std::lock_guard held(lock);
        if (one.oid == model::oid::nic_connect) connected[one.port - 1] = one.status == 0;
        if (one.oid == model::oid::nic_disconnect) connected[one.port - 1] = false;
        changed.notify_all();
    }

    /// @return whether that came in time.
    bool wait_until(SutPort port, bool is_connected) {
        std::unique_lock held(lock);
        return changed.wait_for(held, patience, [&] { return connected[port] == is_connected; });
    }

private:
    std::mutex                  lock;
    std::condition_variable     changed;
    std::array<bool, sut_ports> connected{};
};

class OwnSwitch final : public SwitchUnderTest {
public:
    ~OwnSwitch() override {
        asked_to_stop.wake();
        if (thread.joinable()) thread.join();
    }

    std::optional<InputError> start(std::span<const std::string> extensions) {
        std::vector<LivePort> ports;
        for (SutPort port = 0; port < sut_ports; ++port) {
            auto cable   = std::make_unique<Cable>();
            cables[port] = cable.get();
            ports.push_back({.name    = "port " + std::to_string(port),
                             .churned = Churned::no,
                             .wire    = std::move(cable)});
        }
        asked_to_stop.will_sleep();
        LiveOptions options;
        options.judge   = &edge;
        options.watched = {asked_to_stop.descriptor(), [this] {
                               asked_to_stop.will_sleep();
                               live->stop();
                           }};
        auto opened     = LiveSwitch::open(extensions, std::move(ports), std::move(options));
        if (auto* const error = std::get_if<InputError>(&opened)) return std::move(*error);
        live   = std::move(std::get<std::unique_ptr<LiveSwitch>>(opened));
        thread = std::thread([this] { live->run(); });
        return {};
    }

    std::string_view name() const override {
        return "our own switch";
    }

    SutTrouble plug(SutPort port) override {
        cables[port]->link = true;
        if (edge.wait_until(port, true)) return {};
        return "its adapter is not connected within 10 s";
    }

    SutTrouble unplug(SutPort port) override {
        cables[port]->link = false;
        if (edge.wait_until(port, false)) return {};
        return "its adapter is not disconnected within 10 s";
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
        } while (now != before && std::chrono::steady_clock::now() < by);
    }

private:
    std::size_t waiting() {
        std::size_t count = 0;
        for (Cable* const cable : cables)
            count += cable->waiting();
        return count;
    }

    std::array<Cable*, sut_ports> cables{};  // Belong to the switch.
    Edge                          edge;
    Waker                         asked_to_stop;
    std::unique_ptr<LiveSwitch>   live;
    std::thread                   thread;
};

}  // namespace

OpenedSwitch open_own_switch(std::span<const std::string> extensions) {
    auto made = std::make_unique<OwnSwitch>();
    if (auto error = made->start(extensions)) return *error;
    return made;
}

}  // namespace interlock::harness
