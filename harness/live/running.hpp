#pragma once

// The inside of the live switch.

#include <poll.h>

#include "harness/host_calls.hpp"
#include "harness/live/churn.hpp"
#include "harness/live/live_switch.hpp"
#include "harness/live/waker.hpp"
#include "harness/player.hpp"
#include "harness/trace/trace_buffer.hpp"
#include "harness/world.hpp"

namespace interlock::harness {

inline constexpr Time100ns live_second = 10'000'000;

/// Who is at the other end of a port's wire.
enum class OtherEnd : std::uint8_t {
    nobody,
    silent,   // A guest of whose driver nothing was heard: its port and adapter are there.
    waiting,  // It has said something, which stays in the wire until its adapter is connected.
    there,
};

class RunningSwitch final : public LiveSwitch {
public:
    /// @param calls  of the stack, if its tasks are to be threads.
    RunningSwitch(std::unique_ptr<HostCalls> calls, LoadedStack stack, std::vector<LivePort> ports,
                  LiveOptions options);

    LiveEnd run() override;
    void    stop() override;
    void    detach_judge() override;
    void    attach_judge() override;
    bool    judge_is_attached() const override {
        return attached;
    }
    LiveCounts        counts() const override;
    const WireCounts& wire_counts(std::size_t port) override {
        return ports[port].wire->counts();
    }
    std::span<const std::string> names() const override {
        return loaded.names;
    }

private:
    void use_threads();
    void begin();
    void spawn_tasks();

    // The control task: control.cpp
    void      control();
    void      bring_ports_up();
    void      create(model::PortId port);
    void      destroy(model::PortId port);
    void      take(const Step& step);
    void      follow_links();
    void      follow_guests();
    void      follow_script();
    void      follow_churn();
    bool      has_link(model::PortId port);
    void      link_goes_down(model::PortId port);
    void      link_comes_up(model::PortId port);
    void      connect(model::PortId port);
    Time100ns steps_due() const;

    // The traffic task, and all that comes from outside: traffic.cpp
    void      traffic();
    void      traffic_of(std::size_t place);
    void      seconds();
    void      traffic_ends();
    bool      bring_in(std::size_t place);
    bool      bring_in_once(std::size_t first, std::size_t end);
    void      hear(std::size_t place);
    void      delivered(model::PortId port, Frame frame);
    void      each_second();
    Time100ns frames_due() const;
    void      look_outside();
    void      take_note();
    void      sleep_until(Time100ns due);
    void      flush_wires();
    void      drain_trace();
    void      look_away();

    std::unique_ptr<HostCalls>   calls;
    LoadedStack                  loaded;
    std::vector<LivePort>        ports;
    LiveOptions                  options;
    StageOptions                 stage_options;
    Scenario                     scenario;
    LiveScheduler                scheduler;
    World                        world;
    Ndis                         ndis{world};
    Switch                       vswitch{world, ndis, stage_options};
    Player                       player{world, ndis, vswitch, stage_options};
    std::unique_ptr<TraceBuffer> own_buffer;
    TraceBuffer&                 buffer;
    Churn                        churn;
    std::vector<ChurnedPort>     churned;
    std::vector<LeftOut>         left_out;
    std::vector<LivePortCounts>  counted;
    LiveCounts                   total;
    std::vector<pollfd>          polled;  // The wires, then what is watched, then `waker`.
    bool                         has_descriptors = false;  // That may be readable at any time.
    std::vector<bool>            waits;   // By port: whether somebody waits for its frames.
    Waker                        waker;
    std::size_t                  bringing_in = 0;  // Tasks.
    std::size_t                  next_timed  = 0;  // Of the script.
    Time100ns                    churn_due   = 0;
    Time100ns                    second_due  = 0;
    Time100ns                    links_due   = 0;
    std::vector<OtherEnd>        ends;  // Of each port, when it was last looked.
    bool                         attached      = false;
    bool                         stopping      = false;
    bool                         traffic_ended = false;

    // Their addresses are what is waited on.
    char frames_came = 0, something_to_do = 0;
};

}  // namespace interlock::harness
