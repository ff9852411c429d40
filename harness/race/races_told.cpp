// How a race is told: an event that charges the module whose access came later, and notes with
// both accesses, the memory, and the locks that one held and the other did not.

#include <algorithm>

#include "harness/hex.hpp"
#include "harness/image.hpp"
#include "harness/race/races.hpp"
#include "harness/world.hpp"

namespace interlock::harness {

namespace {

constexpr std::size_t told_max = 16;  // Pairs of code in one run.

std::string deed(const Access& access) {
    std::string text = access.kind.frees ? "freed" : access.kind.writes ? "wrote" : "read";
    text += " " + std::to_string(access.bytes) + (access.bytes == 1 ? " byte" : " bytes");
    if (access.kind.marked == Marked::volatile_) text += " (volatile)";
    if (access.kind.marked == Marked::interlocked) text += " (interlocked)";
    return text;
}

}  // namespace

std::string Races::name_of(TaskId task) const {
    if (task >= names.size()) return "?";
    return std::string(harness::name(names[task].role)) + " " + std::to_string(names[task].number);
}

void Races::tell_lent(const Access& access) {
    if (!world.stacks.on()) return;
    const auto trace = static_cast<std::uint32_t>(world.recorder.trace().size() - 1);
    world.stacks.add({trace, deed(access), world.stacks.take()});
}

void Races::tell(const Access& before, const Access& now, std::uintptr_t at) {
    if (told.size() == told_max || !told.insert({before.code, now.code}).second) return;
    told.insert({now.code, before.code});
    model::Event event;
    event.call   = model::Call::Misused;
    event.module = module_of(now.code);
    event.detail = static_cast<std::uint32_t>(model::Misuse::data_race);
    world.recorder.add(event);
    if (!world.stacks.on()) return;

    const auto trace = static_cast<std::uint32_t>(world.recorder.trace().size() - 1);
    world.stacks.add({trace, name_of(now.task) + " " + deed(now), now.stack});
    world.stacks.add(
        {trace, name_of(before.task) + " had before, unordered, " + deed(before), before.stack});
    note_memory(trace, at);
    note_locks(trace, before, now);
}

void Races::note_memory(std::uint32_t event, std::uintptr_t at) {
    const auto above = pieces.upper_bound(at);
    if (above != pieces.begin()) {
        const auto [begin, bytes] = *std::prev(above);
        if (at - begin < bytes) {
            const auto stack = world.stacks.of(reinterpret_cast<const void*>(begin));
            return world.stacks.add({event,
                                     "at +" + hex_number(at - begin) + " of " +
                                         std::to_string(bytes) + " bytes that were allocated",
                                     stack});
        }
    }
    for (const Image& image : world.images) {
        if (image.offset_of(at))
            return world.stacks.add({event, "in the variable " + image.place_name(at), 0});
    }
}

void Races::note_locks(std::uint32_t event, const Access& before, const Access& now) {
    const LockSet& earlier = lock_sets[before.locks];
    const LockSet& later   = lock_sets[now.locks];
    if (earlier.empty() && later.empty())
        return world.stacks.add({event, "neither held a lock", 0});
    const auto tell_of = [&](const LockSet& held, TaskId who, const LockSet& others, TaskId other) {
        for (const LockTaken& one : held) {
            const bool both = std::ranges::find(others, one.lock, &LockTaken::lock) != others.end();
            const std::string text =
                both ? name_of(who) + " held, as the other did, the lock taken"
                     : name_of(who) + " held a lock that " + name_of(other) + " did not, taken";
            world.stacks.add({event, text, one.stack});
        }
    };
    tell_of(later, now.task, earlier, before.task);
    tell_of(earlier, before.task, later, now.task);
}

}  // namespace interlock::harness
