// Reader-writer locks. Pages: ndisallocaterwlock, ndisacquirerwlockread, ndisacquirerwlockwrite,
// ndisreleaserwlock (ndis). A reader is let in while a writer only waits.

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

/// All that is known of it stands in World::locks: it is an address.
struct _NDIS_RW_LOCK_EX {};

namespace {

// What stands in LOCK_STATE_EX::LockState while the lock is held.
constexpr UCHAR not_held = 0, held_for_reading = 3, held_for_writing = 7;

bool may_enter(const World& world, const void* lock, LockForm form) {
    return form == LockForm::read ? !world.locks.is_held_for_writing(lock)
                                  : !world.locks.is_held(lock);
}

enum class Own { nothing, enough, reading_only };

/// What this task holds already: both forms are recursive, but there is no promotion from read to
/// write. Source: nf-ndis-ndisacquirerwlockwrite, "remarks".
Own own_hold(const World& world, const void* lock, LockForm form) {
    const TaskId me = world.kernel.current().id;
    if (world.locks.find(lock, me) == nullptr) return Own::nothing;
    if (form == LockForm::read) return Own::enough;
    return world.locks.find(lock, me, LockForm::write)->form == LockForm::write ? Own::enough
                                                                                : Own::reading_only;
}

void acquire(NDIS_RW_LOCK_EX* handle, LOCK_STATE_EX* state, UCHAR flags, LockForm form,
             std::string_view call) {
    World& here            = enter(call, dispatch_level);
    Task&  task            = here.kernel.current();
    state->OldIrql         = task.irql;
    state->Flags           = flags;
    state->LockState       = not_held;
    const void* const lock = object_or_misuse(handle, rw_lock_tag);
    if (lock == nullptr) return;
    if (!(flags & NDIS_RWL_AT_DISPATCH_LEVEL)) task.irql = dispatch_level;
    const Own own = own_hold(here, lock, form);
    if (own == Own::reading_only) {
        report_misuse(model::Misuse::lock_taken_twice);  // And goes on, as no kernel could.
    } else if (own == Own::nothing && !may_enter(here, lock, form)) {
        record_wait(here, WaitedFor::lock);
        while (!may_enter(here, lock, form))
            here.kernel.block(lock, call);
    }
    state->LockState = form == LockForm::read ? held_for_reading : held_for_writing;
    hold_lock({.lock = lock, .task = task.id, .form = form, .irql_before = state->OldIrql});
    ++task.locks;
}

}  // namespace

extern "C" {

NDIS_RW_LOCK_EX* NdisAllocateRWLock(NDIS_HANDLE for_whom) noexcept {
    World& here = enter("NdisAllocateRWLock", dispatch_level);
    if (here.faults.strike(FaultPoint("NdisAllocateRWLock"))) return nullptr;
    return make_object<NDIS_RW_LOCK_EX>(rw_lock_tag, for_whom);
}

void NdisFreeRWLock(NDIS_RW_LOCK_EX* handle) noexcept {
    World&      here = enter("NdisFreeRWLock", dispatch_level);
    auto* const lock = object_of<NDIS_RW_LOCK_EX>(handle, rw_lock_tag);
    if (lock == nullptr) return;
    if (here.locks.is_held(lock)) report_misuse(model::Misuse::lock_freed_while_held);
    here.locks.forget_within(lock, sizeof *lock);
    here.lock_order.forget_within(lock, sizeof *lock);
    free_object(lock, rw_lock_tag);
}

void NdisAcquireRWLockRead(NDIS_RW_LOCK_EX* lock, LOCK_STATE_EX* state, UCHAR flags) noexcept {
    acquire(lock, state, flags, LockForm::read, "NdisAcquireRWLockRead");
}

void NdisAcquireRWLockWrite(NDIS_RW_LOCK_EX* lock, LOCK_STATE_EX* state, UCHAR flags) noexcept {
    acquire(lock, state, flags, LockForm::write, "NdisAcquireRWLockWrite");
}

void NdisReleaseRWLock(NDIS_RW_LOCK_EX* handle, LOCK_STATE_EX* state) noexcept {
    World&            here = enter("NdisReleaseRWLock", dispatch_level);
    Task&             task = here.kernel.current();
    const void* const lock = object_or_misuse(handle, rw_lock_tag);
    if (lock == nullptr) return;
    const LockForm form = state->LockState == held_for_writing ? LockForm::write : LockForm::read;
    const Held* const held = here.locks.find(lock, task.id, form);
    if (held == nullptr || held->form != form || state->LockState == not_held) {
        report_misuse(model::Misuse::lock_not_held);
    }
    if (held == nullptr) return;
    here.races.unlocked(lock, held->form);
    here.locks.release(held);
    --task.locks;
    if (!(state->Flags & NDIS_RWL_AT_DISPATCH_LEVEL)) task.irql = state->OldIrql;
    state->LockState = not_held;
    here.kernel.wake_all(lock);
    here.kernel.yield("NdisReleaseRWLock");
}

}  // extern "C"
