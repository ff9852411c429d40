// Spin locks. Pages: ndisacquirespinlock, ndisdpracquirespinlock (ndis), keacquirespinlock,
// keacquirespinlockatdpclevel, keacquireinstackqueuedspinlock (wdm).

#include "harness/ddi/ddi.hpp"

namespace interlock::harness {

namespace {

// A lock's own bytes: zero while nobody holds it, as KeInitializeSpinLock leaves them.
void set_holder(KSPIN_LOCK& lock, const Task* holder) {
    lock = holder ? KSPIN_LOCK{holder->id} + 1 : 0;
}

void spin_until_free(World& world, const KSPIN_LOCK& lock, std::string_view call) {
    if (!world.locks.is_held(&lock)) return;
    record_wait(world, WaitedFor::lock);
    while (world.locks.is_held(&lock))
        world.kernel.block(&lock, call);
}

enum class Patience : std::uint8_t { endless, none };

void take(World& world, KSPIN_LOCK& lock, LockForm form, std::uint8_t irql_before,
          Patience patience = Patience::endless) {
    Task& task = world.kernel.current();
    if (lock != 0 && !world.locks.is_held(&lock)) {
        report_misuse(model::Misuse::bad_argument);  // Never initialised, or written over.
    }
    hold_lock({.lock        = &lock,
               .task        = task.id,
               .form        = form,
               .irql_before = irql_before,
               .tried       = patience == Patience::none});
    set_holder(lock, &task);
    ++task.locks;
}

void initialize(KSPIN_LOCK& lock) {
    World& here = world();
    if (here.locks.is_held(&lock)) {
        report_misuse(model::Misuse::lock_freed_while_held);
        here.locks.forget_within(&lock, sizeof lock);
    }
    here.lock_order.forget_within(&lock, sizeof lock);
    set_holder(lock, nullptr);
}

}  // namespace

std::uint8_t acquire_spin_lock(KSPIN_LOCK& lock, LockForm form, std::string_view call) {
    World&             here = enter(call, dispatch_level);
    Task&              task = here.kernel.current();
    const std::uint8_t irql = task.irql;
    if (form == LockForm::spin && task.irql < dispatch_level) task.irql = dispatch_level;
    if (here.locks.find(&lock, task.id)) {
        report_misuse(model::Misuse::lock_taken_twice);  // And goes on, as no kernel could.
    } else {
        spin_until_free(here, lock, call);
    }
    take(here, lock, form, irql);
    return irql;
}

void release_spin_lock(KSPIN_LOCK& lock, LockForm form, std::uint8_t irql_after,
                       std::string_view call) {
    World&            here = enter(call, dispatch_level);
    Task&             task = here.kernel.current();
    const Held* const held = here.locks.find(&lock, task.id, form);
    if (held == nullptr || held->form != form) report_misuse(model::Misuse::lock_not_held);
    if (held != nullptr) {
        here.races.unlocked(&lock, held->form);
        here.locks.release(held);
        --task.locks;
        if (!here.locks.is_held(&lock)) {
            set_holder(lock, nullptr);
            here.kernel.wake_all(&lock);
        }
    }
    if (form == LockForm::spin) {
        if (irql_after > dispatch_level) report_misuse(model::Misuse::bad_argument);
        task.irql = irql_after > dispatch_level ? dispatch_level : irql_after;
    }
    here.kernel.yield(call);
}

}  // namespace interlock::harness

using namespace interlock;
using namespace interlock::harness;

extern "C" {

void NdisAllocateSpinLock(NDIS_SPIN_LOCK* lock) noexcept {
    enter("NdisAllocateSpinLock", any_level);
    initialize(lock->SpinLock);
    lock->OldIrql = passive_level;
}

void NdisFreeSpinLock(NDIS_SPIN_LOCK* lock) noexcept {
    enter("NdisFreeSpinLock", any_level);
    initialize(lock->SpinLock);
}

void NdisAcquireSpinLock(NDIS_SPIN_LOCK* lock) noexcept {
    lock->OldIrql = acquire_spin_lock(lock->SpinLock, LockForm::spin, "NdisAcquireSpinLock");
}

void NdisReleaseSpinLock(NDIS_SPIN_LOCK* lock) noexcept {
    release_spin_lock(lock->SpinLock, LockForm::spin, lock->OldIrql, "NdisReleaseSpinLock");
}

void NdisDprAcquireSpinLock(NDIS_SPIN_LOCK* lock) noexcept {
    acquire_spin_lock(lock->SpinLock, LockForm::spin_at_dispatch, "NdisDprAcquireSpinLock");
    lock->OldIrql = dispatch_level;
}

void NdisDprReleaseSpinLock(NDIS_SPIN_LOCK* lock) noexcept {
    release_spin_lock(lock->SpinLock, LockForm::spin_at_dispatch, dispatch_level,
                      "NdisDprReleaseSpinLock");
}

void KeInitializeSpinLock(KSPIN_LOCK* lock) noexcept {
    enter("KeInitializeSpinLock", any_level);
    initialize(*lock);
}

KIRQL KeAcquireSpinLockRaiseToDpc(KSPIN_LOCK* lock) noexcept {
    return acquire_spin_lock(*lock, LockForm::spin, "KeAcquireSpinLock");
}

void KeReleaseSpinLock(KSPIN_LOCK* lock, KIRQL irql) noexcept {
    release_spin_lock(*lock, LockForm::spin, irql, "KeReleaseSpinLock");
}

void KeAcquireSpinLockAtDpcLevel(KSPIN_LOCK* lock) noexcept {
    acquire_spin_lock(*lock, LockForm::spin_at_dispatch, "KeAcquireSpinLockAtDpcLevel");
}

void KeReleaseSpinLockFromDpcLevel(KSPIN_LOCK* lock) noexcept {
    release_spin_lock(*lock, LockForm::spin_at_dispatch, dispatch_level,
                      "KeReleaseSpinLockFromDpcLevel");
}

BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(KSPIN_LOCK* lock) noexcept {
    World& here = enter("KeTryToAcquireSpinLockAtDpcLevel", dispatch_level);
    if (here.locks.is_held(lock)) return FALSE;
    take(here, *lock, LockForm::spin_at_dispatch, dispatch_level, Patience::none);
    return TRUE;
}

void KeAcquireInStackQueuedSpinLock(KSPIN_LOCK* lock, KLOCK_QUEUE_HANDLE* handle) noexcept {
    handle->LockQueue.Lock = lock;
    handle->OldIrql = acquire_spin_lock(*lock, LockForm::spin, "KeAcquireInStackQueuedSpinLock");
}

void KeReleaseInStackQueuedSpinLock(KLOCK_QUEUE_HANDLE* handle) noexcept {
    release_spin_lock(*handle->LockQueue.Lock, LockForm::spin, handle->OldIrql,
                      "KeReleaseInStackQueuedSpinLock");
}

void KeAcquireInStackQueuedSpinLockAtDpcLevel(KSPIN_LOCK*         lock,
                                              KLOCK_QUEUE_HANDLE* handle) noexcept {
    handle->LockQueue.Lock = lock;
    acquire_spin_lock(*lock, LockForm::spin_at_dispatch,
                      "KeAcquireInStackQueuedSpinLockAtDpcLevel");
}

void KeReleaseInStackQueuedSpinLockFromDpcLevel(KLOCK_QUEUE_HANDLE* handle) noexcept {
    release_spin_lock(*handle->LockQueue.Lock, LockForm::spin_at_dispatch, dispatch_level,
                      "KeReleaseInStackQueuedSpinLockFromDpcLevel");
}

}  // extern "C"
