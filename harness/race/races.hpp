#pragma once

// Races: two accesses to the same memory by two tasks, at least one of which writes, where nothing
// makes one happen before the other. Told whether or not they met this time.
//
// What counts as order: locks of every kind, events and what else is waited for, interlocked
// operations, words that are volatile (Microsoft's compiler makes them acquire and release on
// x64), the making of tasks, timers, what NDIS orders itself (docs of `called` and `returned`), and
// that the world has become quiescent. Watched is what a driver has of its own: pool memory and its
// variables. Not watched: stacks, and what the host lends it (NBLs, OID requests, IRPs). That has
// an owner by rules of its own: who accesses a packet or request that it gave away, and that nobody
// has just now, breaks NBL-07 or RUN-07.
//
// An aligned read of a word that is not marked does not race with a volatile or interlocked write:
// "simple reads to properly-aligned variables are atomic". It orders nothing. All else does race.
// Source: interlocked-variable-access; microsoft-specific volatile.

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/kernel/locks.hpp"
#include "harness/race/happens_before.hpp"
#include "harness/race/shadow.hpp"
#include "model/call.hpp"

namespace interlock::harness {

struct World;

class Races final : public TaskWatch {
public:
    explicit Races(World& world) : world(world) {}
    ~Races() override;
    Races(const Races&)            = delete;
    Races& operator=(const Races&) = delete;

    /// A run begins.
    /// @param preempt  another task may go on before each access.
    /// @param detect   races are looked for.
    void begin(bool preempt, bool detect);

    bool detects() const {
        return detecting;
    }

    // --- What makes an order; each does nothing where races are not looked for

    void release(const void* object, Through through);
    void acquire(const void* object, Through through);

    void locked(const void* lock, LockForm form);
    void unlocked(const void* lock, LockForm form);

    /// NDIS calls a module: all that the module did until it was ready is over, and before it is
    /// detached, restarted or unloaded every call into it is.
    void called(model::ModuleId module, model::Call call);
    void returned(model::ModuleId module, model::Call call);

    /// The system calls a module by a pointer that the module gave it.
    void called_back(model::ModuleId module);

    // --- Memory

    void allocated(const void* memory, std::size_t bytes);
    void freed(const void* memory, std::size_t bytes);

    /// An extension's code is about to access memory.
    /// @param code  behind the call that tells of it.
    void access(const void* memory, std::size_t bytes, AccessKind kind, const void* code);

    // --- TaskWatch

    std::uint32_t mark(const Task& task) override;
    void          began(const Task& task, std::uint32_t mark) override;
    void          quiescent(const Task& task) override;
    void          wakes(const Task& task, const void* object) override;
    void          woken(const Task& task, const void* object) override;

private:
    struct LockTaken {
        const void*   lock  = nullptr;
        LockForm      form  = LockForm::spin;
        std::uint32_t stack = 0;  // Where: see CallStacks.

        friend auto operator<=>(const LockTaken&, const LockTaken&) = default;
    };
    using LockSet = std::vector<LockTaken>;

    bool             orders() const;
    std::string_view place_of(const void* code);
    model::ModuleId  module_of(std::uintptr_t code) const;
    std::uint32_t    locks_held();
    void             watch_variables();
    void             look_at_lent(const void* memory, const Access& access);
    void             look_at(std::uintptr_t at, Access access);
    void             look_at_cell(std::uint32_t& newest, const Access& access, std::uintptr_t at);
    bool             is_known(const Access& before) const;
    void             pass_on(const void* word, const AccessKind& kind);

    // How a race is told, and an access to what was lent: races_told.cpp.
    void        tell_lent(const Access& access);
    void        tell(const Access& before, const Access& now, std::uintptr_t at);
    void        note_memory(std::uint32_t event, std::uintptr_t at);
    void        note_locks(std::uint32_t event, const Access& before, const Access& now);
    std::string name_of(TaskId task) const;

    World&        world;
    bool          preempting = false;
    bool          detecting  = false;
    HappensBefore order;
    Shadow        shadow;

    std::vector<LockSet>                                lock_sets;  // By number.
    std::map<LockSet, std::uint32_t>                    lock_set_numbers;
    std::map<const void*, std::string_view>             places;  // By code.
    std::map<std::uintptr_t, std::size_t>               pieces;  // Memory and its bytes.
    std::vector<TaskName>                               names;   // By task.
    std::set<std::pair<std::uintptr_t, std::uintptr_t>> told;    // Which pairs of code.
};

/// Who is told of the accesses of the extensions that this thread runs; nobody: nullptr.
extern thread_local constinit Races* memory_watch;

}  // namespace interlock::harness
