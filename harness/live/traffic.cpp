// The traffic task of the live switch, and all that comes from outside.

#include <algorithm>
#include <ctime>

#include "harness/live/running.hpp"

namespace interlock::harness {
namespace {

constexpr int  ns_in_a_unit = 100;
constexpr auto forever      = ~Time100ns{0};

// The judge looks when so many events are there, or when there is nothing else to do.
constexpr std::size_t events_due = std::size_t{1} << 14;

timespec until(Time100ns due, Time100ns now) {
    const Time100ns left = due > now ? due - now : 0;
    return {.tv_sec  = static_cast<time_t>(left / live_second),
            .tv_nsec = static_cast<long>(left % live_second * ns_in_a_unit)};
}

}  // namespace

void RunningSwitch::traffic() {
    while (!stopping) {
        each_second();
        look_outside(world.kernel.now());
        bool came = false;
        for (std::size_t place = 0; place < ports.size(); ++place)
            came = bring_in(place) || came;
        flush_wires();
        if (world.recorder.trace().size() >= events_due) drain_trace();
        if (stopping) break;
        if (came) {
            world.kernel.sleep(0, live_turn);
        } else {
            world.kernel.block_until(&frames_came, frames_due(), live_turn);
        }
    }
    traffic_ended = true;
    world.kernel.wake_all(&traffic_ended);
}

void RunningSwitch::each_second() {
    const Time100ns now = world.kernel.now();
    if (now >= options.stops_at) stop();
    if (now < second_due) return;
    second_due = now + live_second;
    if (options.each_second) options.each_second();
}

Time100ns RunningSwitch::frames_due() const {
    Time100ns due = std::min(second_due, options.stops_at);
    for (const LivePort& port : ports)
        due = std::min(due, port.wire->due());
    return due;
}

/// @return whether there was something.
bool RunningSwitch::bring_in(std::size_t place) {
    Wire&           wire = *ports[place].wire;
    const Time100ns now  = world.kernel.now();
    if (polled[place].fd >= 0 ? polled[place].revents == 0 : wire.due() > now) return false;
    if (ends[place] == OtherEnd::silent || ends[place] == OtherEnd::waiting) {
        hear(place);
        return false;
    }
    const auto frames = wire.receive(now);
    if (frames.empty()) return false;
    const std::size_t taken = vswitch.bring_in(static_cast<model::PortId>(place + 1), 0, frames);
    counted[place].accepted += taken;
    counted[place].not_connected += frames.size() - taken;
    return true;
}

void RunningSwitch::hear(std::size_t place) {
    if (ends[place] == OtherEnd::waiting) return;
    ends[place] = OtherEnd::waiting;
    world.kernel.wake_all(&something_to_do);
}

void RunningSwitch::delivered(model::PortId port, Frame frame) {
    if (port > ports.size()) return;
    ++counted[port - 1].delivered;
    ports[port - 1].wire->send(frame);
}

void RunningSwitch::flush_wires() {
    for (const LivePort& port : ports)
        port.wire->flush();
}

void RunningSwitch::drain_trace() {
    if (attached) {
        for (const model::Event& event : world.recorder.trace())
            options.judge->event(event);
    }
    world.recorder.begin(nullptr, &buffer);
}

/// Wires are asked only as long as somebody takes what they have.
void RunningSwitch::look_outside(Time100ns due) {
    const std::size_t first  = traffic_ended ? ports.size() : 0;
    const timespec    left   = until(due, scheduler.now());
    const timespec*   limit  = due == forever ? nullptr : &left;
    const int         events = ppoll(polled.data() + first, polled.size() - first, limit, nullptr);
    if (events <= 0) {
        for (pollfd& one : polled)
            one.revents = 0;
        return;
    }
    if (polled.back().revents != 0) options.watched.ready();
}

void RunningSwitch::sleep_until(Time100ns due) {
    flush_wires();
    drain_trace();
    look_outside(due);
    const auto has_come = [](const pollfd& one) { return one.revents != 0; };
    if (std::ranges::any_of(polled, has_come)) world.kernel.wake_all(&frames_came);
}

}  // namespace interlock::harness
