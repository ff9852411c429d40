#include "harness/kernel/alarms.hpp"

#include <algorithm>
#include <utility>

namespace interlock::harness {

void Alarms::begin() {
    heap.clear();
    tasks.clear();
    slots_free.clear();
    last = 0;
}

bool Alarms::later(const Entry& one, const Entry& other) {
    return std::pair(one.due, one.alarm) > std::pair(other.due, other.alarm);
}

Alarms::Id Alarms::push(Entry entry) {
    entry.alarm = ++last;
    heap.push_back(entry);
    std::push_heap(heap.begin(), heap.end(), later);
    return last;
}

Alarms::Id Alarms::add(Time100ns due, Runner& sleeper) {
    return push({.due = due, .sleeper = &sleeper});
}

Alarms::Id Alarms::add(Time100ns due, LaterTask task) {
    if (slots_free.empty()) {
        slots_free.push_back(static_cast<std::uint32_t>(tasks.size()));
        tasks.emplace_back();
    }
    const std::uint32_t slot = slots_free.back();
    slots_free.pop_back();
    tasks[slot] = std::move(task);
    return push({.due = due, .slot = slot});
}

LaterTask Alarms::take(std::uint32_t slot) {
    slots_free.push_back(slot);
    return std::exchange(tasks[slot], {});
}

bool Alarms::cancel(Id alarm) {
    const auto found = std::ranges::find(heap, alarm, &Entry::alarm);
    if (found == heap.end()) return false;
    if (found->sleeper == nullptr) take(found->slot);
    heap.erase(found);
    std::make_heap(heap.begin(), heap.end(), later);
    return true;
}

Alarms::Rung Alarms::ring() {
    std::pop_heap(heap.begin(), heap.end(), later);
    const Entry entry = heap.back();
    heap.pop_back();
    if (entry.sleeper != nullptr) return {.sleeper = entry.sleeper, .task = {}};
    return {.sleeper = nullptr, .task = take(entry.slot)};
}

}  // namespace interlock::harness
