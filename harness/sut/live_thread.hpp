#pragma once

// Our live switch on a thread of its own, for who stands beside it and waits for what its protocol
// edge says of each port, as a management service would.

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "harness/live/live_switch.hpp"
#include "harness/live/waker.hpp"
#include "harness/sut/switch_under_test.hpp"

namespace interlock::harness {

/// How far each port has come, by the requests that are complete.
class ProtocolEdge final : public TraceSink {
public:
    enum class Is : std::uint8_t { absent, created, connected };

    /// @param next  is told everything, too; may be none.
    explicit ProtocolEdge(TraceSink* next) : next(next) {}

    void begin(const TraceHead& head) override;
    void hole(std::uint64_t lost) override;
    void event(const model::Event& one) override;

    /// @return whether it came so far within ten seconds.
    bool wait_until(SutPort port, Is is);

private:
    TraceSink*                next;
    std::mutex                lock;
    std::condition_variable   changed;
    std::array<Is, sut_ports> ports{};
};

class LiveThread {
public:
    /// @param judge  gets every event, on the switch's thread; may be none.
    explicit LiveThread(TraceSink* judge) : edge(judge) {}
    /// Takes the switch down.
    ~LiveThread();
    LiveThread(const LiveThread&)            = delete;
    LiveThread& operator=(const LiveThread&) = delete;

    /// @param wires  one for each port, which is created and connected while its wire has a link.
    std::optional<InputError> start(std::span<const std::string>                 extensions,
                                    std::array<std::unique_ptr<Wire>, sut_ports> wires);

    /// The link of that port has come, or gone: waits for what the switch makes of it.
    SutTrouble wait_for_connect(SutPort port);
    SutTrouble wait_for_delete(SutPort port);

    /// Whether it has nothing to do just now.
    bool rests() const {
        return pulse.rests;
    }

private:
    ProtocolEdge                edge;
    Pulse                       pulse;
    Waker                       asked_to_stop;
    std::unique_ptr<LiveSwitch> live;
    std::thread                 thread;
};

}  // namespace interlock::harness
