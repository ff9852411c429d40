#include "harness/kernel/lock_order.hpp"

#include <algorithm>
#include <functional>

namespace interlock::harness {

namespace {

bool keep_each_other_out(LockForm one, LockForm other) {
    return one != LockForm::read || other != LockForm::read;
}

bool share_one(const std::vector<const void*>& some, const std::vector<const void*>& others) {
    return std::ranges::any_of(
        some, [&](const void* lock) { return std::ranges::find(others, lock) != others.end(); });
}

std::vector<const void*> gates_of(std::span<const Held> all, TaskId task, const void* under) {
    std::vector<const void*> gates;
    for (const Held& held : all) {
        const bool gate = held.task == task && held.lock != under && held.form != LockForm::read;
        if (gate) gates.push_back(held.lock);
    }
    return gates;
}

}  // namespace

bool LockOrder::is_known(const Edge& edge) const {
    return std::ranges::any_of(edges, [&](const Edge& other) {
        return other.taken.under.lock == edge.taken.under.lock &&
               other.taken.lock.lock == edge.taken.lock.lock &&
               other.taken.under.form == edge.taken.under.form &&
               other.taken.lock.form == edge.taken.lock.form &&
               other.taken.lock.task == edge.taken.lock.task && other.gates == edge.gates;
    });
}

LockOrder::Edge* LockOrder::opposite(const Edge& edge) {
    const auto found = std::ranges::find_if(edges, [&](const Edge& other) {
        return !other.told && other.taken.under.lock == edge.taken.lock.lock &&
               other.taken.lock.lock == edge.taken.under.lock &&
               other.taken.lock.task != edge.taken.lock.task &&
               keep_each_other_out(other.taken.under.form, edge.taken.lock.form) &&
               keep_each_other_out(other.taken.lock.form, edge.taken.under.form) &&
               !share_one(other.gates, edge.gates);
    });
    return found == edges.end() ? nullptr : &*found;
}

std::optional<Inversion> LockOrder::take(const Held& lock, std::span<const Held> all,
                                         std::uint32_t stack) {
    std::optional<Inversion> found;
    for (const Held& under : all) {
        if (under.task != lock.task || under.lock == lock.lock) continue;
        Edge edge{
            .taken = {.under = under, .lock = lock, .stack_of_under = under.stack, .stack = stack},
            .gates = gates_of(all, lock.task, under.lock)};
        if (is_known(edge)) continue;
        if (Edge* const other = opposite(edge)) {
            other->told = edge.told = true;
            found                   = Inversion{.earlier = other->taken, .now = edge.taken};
        }
        edges.push_back(std::move(edge));
    }
    return found;
}

void LockOrder::forget_within(const void* memory, std::size_t bytes) {
    const auto* const begin  = static_cast<const std::byte*>(memory);
    const auto        inside = [=](const Held& held) {
        const auto* const at = static_cast<const std::byte*>(held.lock);
        return !std::less<>{}(at, begin) && std::less<>{}(at, begin + bytes);
    };
    std::erase_if(edges, [&](const Edge& edge) {
        return inside(edge.taken.under) || inside(edge.taken.lock);
    });
}

}  // namespace interlock::harness
