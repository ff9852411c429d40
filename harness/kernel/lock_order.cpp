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

/// Whether some chain of edges leads there, whoever took them: most often none does.
bool LockOrder::leads_to(const void* from, const void* lock) const {
    std::vector<const void*> reached{from};
    for (std::size_t i = 0; i < reached.size(); ++i) {
        if (reached[i] == lock) return true;
        for (const Edge& edge : edges) {
            const void* const next = edge.taken.lock.lock;
            if (edge.told || edge.taken.under.lock != reached[i]) continue;
            if (std::ranges::find(reached, next) == reached.end()) reached.push_back(next);
        }
    }
    return false;
}

/// Whether `next` may stand behind the chain that begins with `edge`: another task that holds what
/// the last one waits for, with no lock that keeps it apart from any of them.
bool LockOrder::follows(const Edge& edge, const Chain& chain, const Edge& next) const {
    const Edge& last  = chain.empty() ? edge : *chain.back();
    const auto  apart = [&](const Edge& one) {
        return one.taken.lock.task != next.taken.lock.task && !share_one(one.gates, next.gates);
    };
    return !next.told && next.taken.under.lock == last.taken.lock.lock &&
           keep_each_other_out(next.taken.under.form, last.taken.lock.form) && apart(edge) &&
           std::ranges::all_of(chain, [&](const Edge* one) { return apart(*one); });
}

/// The chain leads from the lock that was taken round to the one it was taken under.
bool LockOrder::closes(const Edge& edge, Chain& chain) {
    constexpr std::size_t edges_max = 4;  // With `edge` a circle of five locks.
    if (chain.size() == edges_max) return false;
    for (Edge& next : edges) {
        if (!follows(edge, chain, next)) continue;
        chain.push_back(&next);
        const bool round = next.taken.lock.lock == edge.taken.under.lock;
        if (round && keep_each_other_out(next.taken.lock.form, edge.taken.under.form)) return true;
        if (!round && closes(edge, chain)) return true;
        chain.pop_back();
    }
    return false;
}

std::optional<Inversion> LockOrder::take(const Held& lock, std::span<const Held> spinning,
                                         std::uint32_t stack) {
    if (lock.tried) return std::nullopt;
    std::vector<Held> all(spinning.begin(), spinning.end());
    all.insert(all.end(), waitable.held().begin(), waitable.held().end());
    std::optional<Inversion> found;
    for (const Held& under : all) {
        if (under.task != lock.task || under.lock == lock.lock) continue;
        Edge edge{
            .taken = {.under = under, .lock = lock, .stack_of_under = under.stack, .stack = stack},
            .gates = gates_of(all, lock.task, under.lock)};
        if (is_known(edge)) continue;
        Chain chain;
        if (leads_to(lock.lock, under.lock) && closes(edge, chain)) {
            found = Inversion{.now = edge.taken, .earlier = {}};
            for (Edge* const other : chain) {
                other->told = true;
                found->earlier.push_back(other->taken);
            }
            edge.told = true;
        }
        edges.push_back(std::move(edge));
    }
    return found;
}

void LockOrder::release(const void* lock, TaskId task) {
    if (const Held* const held = waitable.find(lock, task)) waitable.release(held);
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
    waitable.forget_within(memory, bytes);
}

}  // namespace interlock::harness
