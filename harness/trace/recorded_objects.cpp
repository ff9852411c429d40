#include "harness/trace/recorded_objects.hpp"

#include <algorithm>
#include <utility>

#include "model/call_traits.hpp"

namespace interlock::harness {

using model::Call;
using model::Event;
using model::ObjectId;
using model::Phase;

void RecordedObjects::finished(ObjectId id) {
    const std::uint64_t address = objects.address_of(id);
    if (address != 0) objects.leaves(address, objects.at(address)->origin);
}

void RecordedObjects::name(Event& event, std::uint64_t object, std::uint64_t parent) {
    using enum Call;
    using enum Origin;
    if (object == 0) return;
    event.parent      = parent == 0 ? 0 : objects.id_at(parent);
    const auto* found = objects.at(object);
    const bool  down  = found != nullptr && found->origin == above;
    switch (event.call) {
        case FilterOidRequest:
        case FilterSendNetBufferLists:
            event.object = objects.fresh(object, above);
            return;
        case NdisAllocateCloneOidRequest:
            event.object = objects.fresh(object, elsewhere);
            return;
        case FilterReceiveNetBufferLists:  // The switch turns round what was sent.
            event.object = down ? found->id : objects.fresh(object, elsewhere);
            return;
        case FilterCancelOidRequest:
        case NdisFCancelOidRequest:
            event.object = objects.id_at(object);
            return;
        default:
            event.object = found != nullptr ? found->id : objects.fresh(object, elsewhere);
    }
    if (event.call == NdisFOidRequestComplete || event.call == NdisFSendNetBufferListsComplete)
        objects.leaves(object, above);
    if (event.call == NdisFreeCloneOidRequest || event.call == NdisFReturnNetBufferLists)
        objects.leaves(object, elsewhere);
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

RecordedThreads::Thread& RecordedThreads::thread_of(std::uint64_t thread, std::uint64_t now_100ns) {
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
    const auto task =
        static_cast<std::size_t>(std::ranges::find_if(slots, is_free) - slots.begin());
    return static_cast<std::uint16_t>(std::min(task, tasks_max));
}

/// Of a list each element is told; the call is one, also where its beginning was not seen.
void RecordedThreads::enter(Thread& in, const Event& event) {
    if (!model::nests(event.call)) return;
    const bool goes_on = event.place != 0 && !in.calls.empty() &&
                         in.calls.back().call == event.call &&
                         in.calls.back().module == event.module;
    if (!goes_on) in.calls.push_back(event);
}

/// Returns that were not seen are passed over.
void RecordedThreads::leave(Thread& in, const Event& event) {
    const auto innermost = std::find_if(in.calls.rbegin(), in.calls.rend(), [&](const Event& call) {
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
