// A guest that has to start before it can be connected.

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "harness/bundled.hpp"
#include "harness/live/live_switch.hpp"
#include "harness/trace/judging_sink.hpp"
#include "model/oids.hpp"

namespace interlock::harness {
namespace {

constexpr Time100ns   ms              = 10'000;
constexpr std::size_t frames_of_guest = 20;

/// Whose machine is there from the beginning, and whose driver has its first frame at that time.
class SlowGuest final : public Wire {
public:
    explicit SlowGuest(Time100ns speaks) : first(speaks) {
        bytes.fill(2);
        bytes[11] = 3;
    }

    int descriptor() const override {
        return -1;
    }
    Time100ns due() const override {
        return counted.received < frames_of_guest ? first : ~Time100ns{0};
    }
    std::span<const Frame> receive(Time100ns) override {
        counted.receive(bytes.size());
        return {&frame, 1};
    }
    void              send(Frame) override {}
    void              flush() override {}
    const WireCounts& counts() override {
        return counted;
    }

private:
    Time100ns                    first;
    std::array<std::uint8_t, 60> bytes;
    Frame                        frame = bytes;
    WireCounts                   counted;
};

/// Also keeps what the protocol edge requested.
struct KeepsOids : JudgingSink {
    void event(const model::Event& one) override {
        JudgingSink::event(one);
        if (one.call == model::Call::ProtocolEdgeOidRequestComplete) oids.push_back(one.oid);
    }

    std::vector<model::Oid> oids;
};

struct GuestLived {
    std::vector<model::Oid> oids;
    LivePortCounts          counts;
    model::Outcome          outcome;
};

GuestLived live_guest(Time100ns speaks, Time100ns stops) {
    KeepsOids             sink;
    std::vector<LivePort> ports;
    ports.push_back({.name    = "guest",
                     .churned = Churned::no,
                     .bears   = LinkBears::machine,
                     .wire    = std::make_unique<SlowGuest>(speaks)});
    const std::string stack[] = {bundled("forwarder")};
    auto  opened = LiveSwitch::open(stack, std::move(ports), {.stops_at = stops, .judge = &sink});
    auto& made   = std::get<std::unique_ptr<LiveSwitch>>(opened);
    made->run();
    return {sink.oids, made->counts().ports[0], sink.judge.verdict().outcome};
}

TEST(Guest, IsConnectedWhenItsDriverSpeaksAndLosesNothing) {
    const GuestLived lived = live_guest(40 * ms, 400 * ms);
    EXPECT_EQ(lived.oids,
              (std::vector<model::Oid>{model::oid::port_create, model::oid::nic_create,
                                       model::oid::nic_connect, model::oid::nic_disconnect,
                                       model::oid::nic_delete, model::oid::port_teardown,
                                       model::oid::port_delete}));
    EXPECT_EQ(lived.counts.accepted, frames_of_guest);
    EXPECT_EQ(lived.counts.not_connected, 0U);
    EXPECT_EQ(lived.outcome, model::Outcome::conforms);
}

TEST(Guest, IsNotConnectedWhileItsDriverIsSilent) {
    const GuestLived lived = live_guest(10'000 * ms, 100 * ms);
    EXPECT_EQ(lived.oids,
              (std::vector<model::Oid>{model::oid::port_create, model::oid::nic_create,
                                       model::oid::nic_delete, model::oid::port_teardown,
                                       model::oid::port_delete}));
    EXPECT_EQ(lived.outcome, model::Outcome::conforms);
}

}  // namespace
}  // namespace interlock::harness
