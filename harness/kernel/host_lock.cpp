#include "harness/kernel/host_lock.hpp"

#include <utility>

namespace interlock::harness {

HostLock::Came HostLock::come_in(Guest& me) {
    std::unique_lock held(mutex);
    if (holder == nullptr && !closed) {
        holder = &me;
        return Came::by_itself;
    }
    at_door.push_back(&me);
    somebody_at_door = true;
    came.notify_one();
    return wait(held, me) ? Came::handed : Came::not_at_all;
}

bool HostLock::wait(Guest& me) {
    std::unique_lock held(mutex);
    return wait(held, me);
}

bool HostLock::wait(std::unique_lock<std::mutex>& held, Guest& me) {
    me.turn.wait(held, [&] { return holder == &me || closed; });
    return !closed;
}

void HostLock::hand_to(Guest& next) {
    const std::scoped_lock held(mutex);
    holder = &next;
    next.turn.notify_one();
}

bool HostLock::leave_empty() {
    const std::scoped_lock held(mutex);
    if (!at_door.empty()) return false;
    holder = nullptr;
    return true;
}

std::vector<HostLock::Guest*> HostLock::take_from_door() {
    const std::scoped_lock held(mutex);
    somebody_at_door = false;
    return std::exchange(at_door, {});
}

void HostLock::wait_at_door() {
    std::unique_lock held(mutex);
    came.wait(held, [&] { return !at_door.empty(); });
}

void HostLock::close(std::span<Guest* const> all) {
    const std::scoped_lock held(mutex);
    closed = true;
    for (Guest* const guest : all)
        guest->turn.notify_one();
}

}  // namespace interlock::harness
