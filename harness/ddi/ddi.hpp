#pragma once

// What the functions of the driver interface have in common.

#include <new>
#include <string_view>

#include <ndis.h>

#include "harness/world.hpp"

namespace interlock::harness {

/// For a function whose page says "Any level".
inline constexpr std::uint8_t any_level = 0xFF;

/// How every function of the interface begins: its documented IRQL is checked, and others may go
/// on before it acts.
/// @param call  the function's name; lives for ever.
World& enter(std::string_view call, std::uint8_t irql_max);

/// Writes to the trace that the extension waits; once, when it does so again and again.
/// @param what  as model::Call::Waited says.
enum class WaitedFor : std::uint8_t { sleep = 1, object = 2, lock = 3 };
void record_wait(World& world, WaitedFor what);

/// Sleeping and waiting are for PASSIVE_LEVEL (or APC_LEVEL) only; otherwise that is reported.
void check_may_wait(World& world, std::uint8_t irql_max);

/// An extension's code comes back at the IRQL at which it was called, and with no lock more;
/// otherwise that is reported.
void check_came_back(const Task& task, std::uint8_t irql_before, std::uint8_t locks_before);

/// Makes this task run an extension's code from here on. The code comes back at the IRQL at which
/// it was called, and with no lock; otherwise that is reported.
class ExtensionCode {
public:
    explicit ExtensionCode(model::ModuleId module);
    ~ExtensionCode();
    ExtensionCode(const ExtensionCode&)            = delete;
    ExtensionCode& operator=(const ExtensionCode&) = delete;

private:
    World&          world;
    model::ModuleId module_before;
    std::uint8_t    irql_before;
    std::uint8_t    locks_before;
};

/// The CPU for a thread that this task makes: not its own, so that both may run.
inline std::uint8_t cpu_beside(const Task& task) {
    return static_cast<std::uint8_t>((task.cpu + 1) % cpu_count);
}

// --- Time: the virtual clock of the run, begun at a fixed moment
// ----------------------------------

inline constexpr Time100ns system_time_at_start = 133'485'408'000'000'000;  // 2024-01-01, UTC.

inline constexpr Time100ns millisecond = 10'000;
inline constexpr Time100ns microsecond = 10;

/// When a documented due time is: negative is relative, positive an absolute system time.
Time100ns due_at(LARGE_INTEGER due);

// --- Objects that an extension knows by a handle
// --------------------------------------------------

consteval std::uint32_t tag_of(const char (&text)[5]) {
    std::uint32_t tag = 0;
    for (int i = 3; i >= 0; --i)
        tag = tag << 8 | static_cast<std::uint8_t>(text[i]);
    return tag;
}

/// What objects of each kind are known by in the pool of objects.
inline constexpr std::uint32_t rw_lock_tag   = tag_of("RWLk");
inline constexpr std::uint32_t timer_tag     = tag_of("Timr");
inline constexpr std::uint32_t work_item_tag = tag_of("Work");
inline constexpr std::uint32_t mdl_tag       = tag_of("Mdl ");
inline constexpr std::uint32_t ndis_mdl_tag  = tag_of("NdMd");  // Of NdisAllocateMdl

/// What was taken for a driver, kept with where it was taken.
/// @param made_for  the handle it gave to NDIS, if it gave any.
void* allocate_for_driver(std::size_t bytes, std::uint32_t tag, PoolKind kind,
                          NDIS_HANDLE made_for = nullptr);

/// When a module is detached, or its driver unloaded: reports what it has not given back, one event
/// for each kind. What NDIS made with the handle of the module is due at the detach.
enum class Going : std::uint8_t { detached, unloaded };
void report_left_behind(model::ModuleId module, Going going);

/// The handle of the module is of no more use: what is left of what was made with it is told of at
/// the unload only.
void forget_handle_of(model::ModuleId module);

/// An object in the pool of objects. It has no destructor: it is forgotten with its run.
template <typename Object>
Object* make_object(std::uint32_t tag, NDIS_HANDLE made_for = nullptr) {
    return new (allocate_for_driver(sizeof(Object), tag, PoolKind::object, made_for)) Object{};
}

/// The object behind a handle; nullptr, reported as bad_argument, if it is none of that tag.
void* object_or_misuse(const void* handle, std::uint32_t tag);

template <typename Object>
Object* object_of(const void* handle, std::uint32_t tag) {
    return static_cast<Object*>(object_or_misuse(handle, tag));
}

void free_object(void* object, std::uint32_t tag);

// --- Spin locks, for functions that take one on the way
// -------------------------------------------

/// A task has a lock from here on. The order in which it and others are taken is looked at.
void hold_lock(Held held);

/// The same of a mutex or a resource, which a task may sleep with, and the end of that.
void hold_waitable(Held held);
void release_waitable(const void* lock);

/// @return the IRQL before.
std::uint8_t acquire_spin_lock(KSPIN_LOCK& lock, LockForm form, std::string_view call);
void         release_spin_lock(KSPIN_LOCK& lock, LockForm form, std::uint8_t irql_after,
                               std::string_view call);

}  // namespace interlock::harness
