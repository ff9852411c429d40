#include "harness/trace/recorded_objects.hpp"

#include <algorithm>
#include <utility>

#include "model/call_traits.hpp"

namespace interlock::harness {

using model::Call;
using model::Event;
using model::ObjectId;
using model::Phase;

ObjectId RecordedObjects::fresh(std::uint64_t address, bool down) {
    Known& made = objects[address];
    addresses.erase(made.id);
    made             = {++last, down};
    addresses[last] = address;
    return last;
}

ObjectId RecordedObjects::known(std::uint64_t address) {
    const auto found = objects.find(address);
    return found == objects.end() ? 0 : found->second.id;
}

/// It goes where it came from; what is found at its address later is another.
void RecordedObjects::leaves(std::uint64_t address, bool up) {
    const auto found = objects.find(address);
    if (found == objects.end() || found->second.down != up) return;
    addresses.erase(found->second.id);
    objects.erase(found);
}

void RecordedObjects::finished(ObjectId id) {
    const auto found = addresses.find(id);
    if (found == addresses.end()) return;
    objects.erase(found->second);
    addresses.erase(found);
}

void RecordedObjects::forget() {
    objects.clear();
    addresses.clear();
}

void RecordedObjects::name(Event& event, std::uint64_t object, std::uint64_t parent) {
    using enum Call;
    if (object == 0) return;
    event.parent = parent == 0 ? 0 : known(parent);
    const auto found = objects.find(object);
    const bool is    = found != objects.end();
    const bool down  = is && found->second.down;
    switch (event.call) {
        case FilterOidRequest:
        case FilterSendNetBufferLists:
            event.object = fresh(object, true);
            return;
        case NdisAllocateCloneOidRequest:
            event.object = fresh(object, false);
            return;
        case FilterReceiveNetBufferLists:  // The switch turns round what was sent.
            event.object = down ? found->second.id : fresh(object, false);
            return;
        case FilterCancelOidRequest:
        case NdisFCancelOidRequest:
            event.object = known(object);
            return;
        default:
            event.object = is ? found->second.id : fresh(object, false);
    }
    if (event.call == NdisFOidRequestComplete || event.call == NdisFSendNetBufferListsComplete)
        leaves(object, true);
    if (event.call == NdisFreeCloneOidRequest || event.call == NdisFReturnNetBufferLists)
        leaves(object, false);
}

void RecordedThreads::place(Event& event, std::uint64_t thread) {
    has_ended  = false;
    Thread& in = thread_of(thread, event.time_100ns);
    event.task = in.task;
    if (event.phase == Phase::enter) {
        enter(in, event);
    } else {
        leave(in, event);
    }
    slots[in.task] = {thread, event.time_100ns, !in.calls.empty(), apart > 0};
    if (in.calls.empty() && apart == 0) threads.erase(thread);
}

RecordedThreads::Thread& RecordedThreads::thread_of(std::uint64_t thread,
                                                    std::uint64_t now_100ns) {
    const auto found = threads.find(thread);
    if (found != threads.end()) return found->second;
    const std::uint16_t task = free_task(now_100ns);
    if (task >= slots.size()) slots.resize(std::size_t{task} + 1);
    if (slots[task].kept) threads.erase(slots[task].thread);
    return threads[thread] = {task, {}};
}

std::uint16_t RecordedThreads::free_task(std::uint64_t now_100ns) const {
    constexpr std::size_t tasks_max = 0xFFFF;
    const auto            is_free   = [&](const Slot& slot) {
        return !slot.inside && (!slot.kept || now_100ns > slot.last_100ns + apart);
    };
    const auto task = static_cast<std::size_t>(std::ranges::find_if(slots, is_free) -
                                               slots.begin());
    return static_cast<std::uint16_t>(std::min(task, tasks_max));
}

/// Of a list each element is told; the call is one, also where its beginning was not seen.
void RecordedThreads::enter(Thread& in, const Event& event) {
    if (!model::nests(event.call)) return;
    const bool goes_on =
        event.place != 0 && !in.calls.empty() && in.calls.back().call == event.call &&
        in.calls.back().module == event.module;
    if (!goes_on) in.calls.push_back(event);
}

/// Returns that were not seen are passed over.
void RecordedThreads::leave(Thread& in, const Event& event) {
    const auto innermost =
        std::find_if(in.calls.rbegin(), in.calls.rend(),
                     [&](const Event& call) {
                         return call.call == event.call && call.module == event.module;
                     });
    if (innermost == in.calls.rend()) return;
    entered   = *innermost;
    has_ended = true;
    in.calls.erase(std::prev(innermost.base()), in.calls.end());
}

void RecordedThreads::forget() {
    threads.clear();
    slots.clear();
    has_ended = false;
}

}  // namespace interlock::harness
