#include "harness/race/races.hpp"

#include <algorithm>
#include <mutex>
#include <set>

#include "harness/image.hpp"
#include "harness/ndis/ndis.hpp"
#include "harness/world.hpp"

namespace interlock::harness {

thread_local constinit Races* memory_watch = nullptr;

namespace {

constexpr std::size_t cell_accesses_max  = 64;        // More are forgotten, the oldest first.
constexpr std::size_t piece_watched_max  = 1U << 20;  // Of more memory only the beginning.
constexpr std::size_t access_watched_max = 1U << 16;

/// Places live for ever; other stages of this process may have the same.
std::string_view for_ever(std::string place) {
    static std::mutex            one_at_a_time;
    static std::set<std::string> all;
    const std::scoped_lock       lock(one_at_a_time);
    return *all.insert(std::move(place)).first;
}

/// One race that the pages let a driver have: see the header.
bool is_let_pass(const Access& one, const Access& other) {
    const bool one_reads = one.kind.marked == Marked::plain && !one.kind.writes && !one.kind.wide;
    return one_reads && other.kind.marked != Marked::plain;
}

bool is_conflict(const Access& one, const Access& other) {
    if ((one.mask & other.mask) == 0 || (!one.kind.writes && !other.kind.writes)) return false;
    if (one.kind.marked != Marked::plain && other.kind.marked != Marked::plain) return false;
    return !is_let_pass(one, other) && !is_let_pass(other, one);
}

/// Whatever races with `before` races with `now`, which knows of it.
bool replaces(const Access& now, const Access& before) {
    return (before.mask & ~now.mask) == 0 && (now.kind.writes || !before.kind.writes) &&
           (now.kind.marked == Marked::plain || before.kind.marked != Marked::plain) &&
           (!before.kind.wide || now.kind.wide || now.kind.writes);
}

bool says_the_same(const Access& one, const Access& other) {
    return one.task == other.task && one.time == other.time && one.mask == other.mask &&
           one.kind.writes == other.kind.writes && one.kind.marked == other.kind.marked &&
           one.kind.wide == other.kind.wide && one.locks == other.locks;
}

}  // namespace

Races::~Races() {
    if (memory_watch == this) memory_watch = nullptr;
}

void Races::begin(bool preempt, bool detect) {
    preempting   = preempt;
    detecting    = detect;
    memory_watch = preempt || detect ? this : nullptr;
    world.kernel.watch(detect ? this : nullptr);
    if (!detect) return;
    order.begin();
    shadow.begin();
    lock_sets.assign(1, {});
    lock_set_numbers.clear();
    pieces.clear();
    names.clear();
    told.clear();
    watch_variables();
}

void Races::watch_variables() {
    for (const Image& image : world.images) {
        for (const std::span<const std::byte> stretch : image.variables())
            shadow.watch(stretch.data(), stretch.size());
    }
}

void Races::allocated(const void* memory, std::size_t bytes) {
    if (!detecting || memory == nullptr) return;
    const std::size_t watched                        = std::min(bytes, piece_watched_max);
    pieces[reinterpret_cast<std::uintptr_t>(memory)] = bytes;
    shadow.watch(memory, watched);
}

void Races::freed(const void* memory, std::size_t bytes) {
    if (!orders()) return;
    const std::size_t watched = std::min(bytes, piece_watched_max);
    look_at(reinterpret_cast<std::uintptr_t>(memory),
            {.kind  = {.writes = true, .frees = true, .wide = true},
             .bytes = static_cast<std::uint32_t>(watched),
             .code  = 0});
    shadow.unwatch(memory, watched);
    pieces.erase(reinterpret_cast<std::uintptr_t>(memory));
    order.forget_within(memory, bytes);
}

void Races::access(const void* memory, std::size_t bytes, AccessKind kind, const void* code) {
    if (!world.kernel.inside_task() || bytes == 0 || world.kernel.is_on_stack(memory)) return;
    if (preempting) world.kernel.yield(place_of(code));
    const Access made{.kind  = kind,
                      .bytes = static_cast<std::uint32_t>(std::min(bytes, access_watched_max)),
                      .code  = reinterpret_cast<std::uintptr_t>(code)};
    look_at_lent(memory, made);
    if (!orders()) return;
    look_at(reinterpret_cast<std::uintptr_t>(memory), made);
    pass_on(memory, kind);
}

/// What the host lends a driver, and has back.
void Races::look_at_lent(const void* memory, const Access& access) {
    const model::ModuleId module = module_of(access.code);
    if (world.ndis == nullptr || !world.ndis->look_at_access(memory, access.bytes, module)) return;
    tell_lent(access);
}

/// Interlocked operations and volatile reads and writes acquire and release.
void Races::pass_on(const void* word, const AccessKind& kind) {
    if (kind.marked == Marked::plain) return;
    if (kind.reads) acquire(word, Through::value);
    if (kind.writes) release(word, Through::value);
}

std::string_view Races::place_of(const void* code) {
    const auto [place, fresh] = places.try_emplace(code);
    if (!fresh) return place->second;
    const auto at = reinterpret_cast<std::uintptr_t>(code);
    for (const Image& image : world.images) {
        if (image.offset_of(at)) return place->second = for_ever(image.place_name(at));
    }
    return place->second = "memory";
}

model::ModuleId Races::module_of(std::uintptr_t code) const {
    for (std::size_t module = 0; module < world.images.size(); ++module) {
        if (world.images[module].offset_of(code)) return static_cast<model::ModuleId>(module);
    }
    return world.kernel.current().module;
}

std::uint32_t Races::locks_held() {
    LockSet      held;
    const TaskId task = world.kernel.current().id;
    for (const Held& one : world.locks.held())
        if (one.task == task) held.push_back({one.lock, one.form, one.stack});
    if (held.empty()) return 0;
    const auto [place, fresh] = lock_set_numbers.try_emplace(held, lock_sets.size());
    if (fresh) lock_sets.push_back(held);
    return place->second;
}

void Races::look_at(std::uintptr_t at, Access access) {
    constexpr std::size_t cell_bytes = Shadow::cell_bytes;
    const std::uintptr_t  end        = at + access.bytes;
    bool                  completed  = false;
    for (std::uintptr_t cell = at - at % cell_bytes; cell < end; cell += cell_bytes) {
        std::uint32_t* const newest = shadow.cell(cell);
        if (newest == nullptr) continue;
        if (!completed) {
            access.task  = world.kernel.current().id;
            access.time  = order.now(access.task);
            access.locks = locks_held();
            access.stack = world.stacks.take();
            completed    = true;
        }
        const std::size_t from = cell < at ? at - cell : 0;
        const std::size_t to   = std::min<std::size_t>(cell_bytes, end - cell);
        access.mask            = static_cast<std::uint8_t>((0xFFU << from) & (0xFFU >> (8 - to)));
        look_at_cell(*newest, access, std::max(cell, at));
    }
}

bool Races::is_known(const Access& before) const {
    return order.knows(world.kernel.current().id, before.task, before.time);
}

void Races::look_at_cell(std::uint32_t& newest, const Access& access, std::uintptr_t at) {
    if (newest != 0 && says_the_same(shadow[newest], access)) return;
    std::size_t    kept = 0;
    std::uint32_t* link = &newest;
    while (*link != 0) {
        const std::uint32_t place  = *link;
        const Access        before = shadow[place];
        const bool          known  = is_known(before);
        if (!known && is_conflict(before, access)) tell(before, access, at);
        if ((known && replaces(access, before)) || kept == cell_accesses_max) {
            *link = before.next;
            shadow.drop(place);
        } else {
            link = &shadow[place].next;
            ++kept;
        }
    }
    Access added = access;
    added.next   = newest;
    newest       = shadow.add(added);
}

}  // namespace interlock::harness
