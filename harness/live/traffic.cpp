// The traffic task of the live switch, and all that comes from outside.

#include <algorithm>
#include <ctime>
#include <utility>

#include "harness/kernel/outside.hpp"
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

/// @param limit  nullptr: none.
void ask(std::vector<pollfd>& all, const timespec* limit) {
    if (ppoll(all.data(), all.size(), limit, nullptr) >= 0) return;
    for (pollfd& one : all)
        one.revents = 0;
}

}  // namespace

/// What the ports from `first` on to `end` have, and what is due with it.
/// @return whether there was something, and so may be more.
bool RunningSwitch::bring_in_once(std::size_t first, std::size_t end) {
    look_outside();
    bool came = false;
    for (std::size_t place = first; place < end; ++place)
        came = bring_in(place) || came;
    flush_wires();
    if (world.recorder.trace().size() >= events_due) drain_trace();
    return came;
}

void RunningSwitch::traffic() {
    while (!stopping) {
        each_second();
        const bool came = bring_in_once(0, ports.size());
        if (stopping) break;
        if (came) {
            world.kernel.sleep(0, live_turn);
        } else {
            world.kernel.block_until(&frames_came, frames_due(), live_turn);
        }
    }
    traffic_ends();
}

/// The frames of one port, where each task is a thread.
void RunningSwitch::traffic_of(std::size_t place) {
    while (!stopping) {
        const bool came = bring_in_once(place, place + 1);
        if (stopping) break;
        if (came) {
            world.kernel.sleep(0, live_turn);
            continue;
        }
        waits[place] = true;
        world.kernel.block_until(&ports[place], ports[place].wire->due(), live_turn);
        waits[place] = false;
    }
    traffic_ends();
}

/// And what else is to be done each second.
void RunningSwitch::seconds() {
    while (!stopping) {
        each_second();
        const Time100ns due = std::min(second_due, options.stops_at);
        if (!stopping) world.kernel.block_until(&frames_came, due, live_turn);
    }
    traffic_ends();
}

void RunningSwitch::traffic_ends() {
    if (--bringing_in > 0) return;
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

/// Whether something is there already.
void RunningSwitch::look_outside() {
    constexpr timespec at_once{};
    if (!has_descriptors) return;
    ask(polled, &at_once);
    take_note();
}

void RunningSwitch::take_note() {
    bool came = false;
    for (std::size_t place = 0; place < ports.size(); ++place) {
        if (polled[place].revents == 0) continue;
        came = true;
        if (waits[place]) world.kernel.wake_all(&ports[place]);
    }
    pollfd& watched = polled[ports.size()];
    if (std::exchange(watched.revents, short{0}) != 0) options.watched.ready();
    if (came && !calls) world.kernel.wake_all(&frames_came);
}

/// Wires are asked only as long as somebody waits for what they have.
void RunningSwitch::sleep_until(Time100ns due) {
    flush_wires();
    drain_trace();
    std::vector<pollfd> asked = polled;
    for (std::size_t place = 0; place < ports.size(); ++place)
        if (calls ? !waits[place] : traffic_ended) asked[place].fd = -1;
    if (calls) waker.will_sleep();
    const timespec left = until(due, scheduler.now());
    {
        const Outside outside;
        ask(asked, due == forever ? nullptr : &left);
    }
    for (std::size_t place = 0; place < polled.size(); ++place)
        polled[place].revents = asked[place].revents;
    take_note();
}

}  // namespace interlock::harness
