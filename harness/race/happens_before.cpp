#include "harness/race/happens_before.hpp"

namespace interlock::harness {

namespace {

std::uintptr_t address_of(const void* object) {
    return reinterpret_cast<std::uintptr_t>(object);
}

}  // namespace

void HappensBefore::begin() {
    clocks.clear();
    marks.clear();
    marks_free.clear();
    objects.clear();
}

std::uint32_t HappensBefore::mark(TaskId task) {
    if (task >= clocks.size()) return 0;
    if (marks_free.empty()) {
        marks.emplace_back();
        marks_free.push_back(static_cast<std::uint32_t>(marks.size()));
    }
    const std::uint32_t number = marks_free.back();
    marks_free.pop_back();
    marks[number - 1] = clocks[task];
    tick(task);
    return number;
}

void HappensBefore::began(TaskId task, std::uint32_t mark) {
    if (task >= tasks_max) return;
    if (clocks.size() <= task) clocks.resize(task + std::size_t{1});
    if (mark != 0) {
        clocks[task].join(marks[mark - 1]);
        marks_free.push_back(mark);
    }
    clocks[task].set(task, 1);
}

void HappensBefore::quiescent(TaskId task) {
    for (TaskId other = 0; other < clocks.size(); ++other) {
        if (other == task || clocks[other].of(other) == 0) continue;
        clocks[task].set(other, now(other));
        tick(other);
    }
}

void HappensBefore::release(TaskId task, const void* object, Through through) {
    if (task >= clocks.size()) return;
    objects[{address_of(object), through}].join(clocks[task]);
    tick(task);
}

void HappensBefore::acquire(TaskId task, const void* object, Through through) {
    if (task >= clocks.size()) return;
    const auto found = objects.find({address_of(object), through});
    if (found != objects.end()) clocks[task].join(found->second);
}

void HappensBefore::forget_within(const void* memory, std::size_t bytes) {
    const auto begin = objects.lower_bound({address_of(memory), Through{}});
    const auto end   = objects.lower_bound({address_of(memory) + bytes, Through{}});
    objects.erase(begin, end);
}

}  // namespace interlock::harness
