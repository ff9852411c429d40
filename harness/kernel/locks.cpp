#include "harness/kernel/locks.hpp"

#include <algorithm>
#include <functional>

namespace interlock::harness {

namespace {

bool lies_within(const void* at, const void* memory, std::size_t bytes) {
    const auto* const begin = static_cast<const std::byte*>(memory);
    return !std::less<>{}(static_cast<const std::byte*>(at), begin) &&
           std::less<>{}(static_cast<const std::byte*>(at), begin + bytes);
}

}  // namespace

const Held* Locks::find(const void* lock, TaskId task) const {
    for (auto held = all.rbegin(); held != all.rend(); ++held) {
        if (held->lock == lock && held->task == task) return &*held;
    }
    return nullptr;
}

const Held* Locks::find(const void* lock, TaskId task, LockForm form) const {
    for (auto held = all.rbegin(); held != all.rend(); ++held) {
        if (held->lock == lock && held->task == task && held->form == form) return &*held;
    }
    return find(lock, task);
}

bool Locks::is_held(const void* lock) const {
    return std::ranges::find(all, lock, &Held::lock) != all.end();
}

bool Locks::is_held_for_writing(const void* lock) const {
    return std::ranges::any_of(all, [lock](const Held& held) {
        return held.lock == lock && held.form == LockForm::write;
    });
}

bool Locks::is_held_within(const void* memory, std::size_t bytes) const {
    return std::ranges::any_of(
        all, [=](const Held& held) { return lies_within(held.lock, memory, bytes); });
}

void Locks::forget_within(const void* memory, std::size_t bytes) {
    std::erase_if(all, [=](const Held& held) { return lies_within(held.lock, memory, bytes); });
}

}  // namespace interlock::harness
