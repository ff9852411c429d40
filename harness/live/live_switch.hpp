#pragma once

// The switch with real frames, in real time: the same world, switch, filter runtime and player as
// on the stage, but that its ports are plugged into wires and that its scheduler follows a clock.
//
// All of it runs on the thread that calls `run`. The extensions' tasks are fibers, as ever. Two of
// ours stand beside them: `control`, which issues every request and takes the switch down, and
// `traffic`, which brings in what the wires have and never waits for a request.
//
// With LiveTasks::threads each task is a thread instead, and each port has a `traffic` of its own.
// Switch, recorder and judge are still used by one thread at a time; only code of extensions runs
// on several at once.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "harness/kernel/kernel.hpp"
#include "harness/live/live_scheduler.hpp"
#include "harness/live/script.hpp"
#include "harness/live/wire.hpp"
#include "harness/stage.hpp"
#include "harness/trace/trace.hpp"
#include "harness/vswitch/fate.hpp"

namespace interlock::harness {

class TraceBuffer;

/// A port and what it is plugged into. Its id is its place among all, from 1.
struct LivePort {
    std::string           name;
    PortType              type    = PortType::synthetic;
    Churned               churned = Churned::yes;
    LinkBears             bears   = LinkBears::connection;
    std::unique_ptr<Wire> wire;
};

/// What each task runs on.
enum class LiveTasks : std::uint8_t { fibers, threads };

/// Something beside the wires that is waited for.
struct AlsoPolled {
    int                   descriptor = -1;
    std::function<void()> ready;
};

struct LiveOptions {
    std::uint16_t          ndis        = 640;
    LivePolicy             policy      = LivePolicy::plain;
    std::uint64_t          seed        = 0;
    double                 churn_per_s = 0;  // Steps of the churn driver.
    std::vector<TimedStep> script      = {};
    Time100ns              stops_at    = ~Time100ns{0};
    TraceSink*             judge       = nullptr;  // Gets every event, but while detached.
    AlsoPolled             watched     = {};
    std::function<void()>  each_second = {};
    std::string            mutant      = {};  // See StageOptions.
    LiveTasks              tasks       = LiveTasks::fibers;

    // For who looks after it from another process, where an extension may take this one down:
    std::function<void()> begins        = {};       // No extension has run yet; the world is there.
    std::function<void()> thread_begins = {};       // The same, first thing on each further thread.
    TraceBuffer*          trace         = nullptr;  // What no judge has seen yet; none: its own.
    Pulse*                pulse         = nullptr;
};

/// So many events there is room for in `LiveOptions::trace`.
inline constexpr std::size_t live_events_max = std::size_t{1} << 16;

/// Of one port, beside what its wire counts.
struct LivePortCounts {
    std::uint64_t accepted      = 0;  // Frames that entered the switch.
    std::uint64_t not_connected = 0;  // That came when its adapter could not send.
    std::uint64_t delivered     = 0;  // That the switch gave to its adapter.
    std::uint64_t lives         = 0;  // How often it was deleted while the switch ran.
};

struct LiveCounts {
    std::vector<LivePortCounts> ports;  // In order.
    FinishedPackets             finished;
    std::uint64_t               in_flight   = 0;  // Accepted, and not back.
    std::uint64_t               steps       = 0;  // Of script, churn and links, that were taken.
    std::uint64_t               left_out    = 0;  // That were not, because the switch may not.
    std::uint64_t               other_lives = 0;  // Of ports without a wire.
    std::uint64_t               together    = 0;  // See LiveScheduler.
    Time100ns                   time        = 0;
};

/// How it came to its end.
struct LiveEnd {
    Halt                 halt = Halt::finished;
    std::vector<Task>    stuck;
    std::vector<LeftOut> left_out;  // While it was taken down.
};

class LiveSwitch {
public:
    /// @param extensions  paths, top of the stack first; may be empty.
    static std::variant<std::unique_ptr<LiveSwitch>, InputError> open(
        std::span<const std::string> extensions, std::vector<LivePort> ports, LiveOptions options);

    virtual ~LiveSwitch() = default;

    /// Loads, plugs in, runs until `stop` or `stops_at`, takes everything down. Once.
    virtual LiveEnd run() = 0;

    // --- From within `run`: of `watched` or `each_second` ----------------------------------------

    virtual void stop() = 0;

    /// From now on the judge is told nothing, until `attach_judge`. It learns that events are
    /// missing.
    virtual void detach_judge()            = 0;
    virtual void attach_judge()            = 0;
    virtual bool judge_is_attached() const = 0;

    /// Also after it.
    virtual LiveCounts                   counts() const                = 0;
    virtual const WireCounts&            wire_counts(std::size_t port) = 0;
    virtual std::span<const std::string> names() const                 = 0;
};

}  // namespace interlock::harness
