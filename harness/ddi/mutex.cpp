// Mutexes, semaphores, fast mutexes and run-down protection. Pages: keinitializemutex,
// keinitializesemaphore, exacquirefastmutex, exacquirerundownprotection (wdm).

#include "harness/ddi/dispatcher.hpp"
#include "harness/kernel/alarms.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

// A run-down reference counts by twos; its lowest bit says that nobody gets one any more.
constexpr ULONG_PTR running_down = 1, one_reference = 2;

void take(FAST_MUTEX& mutex, Task& task, Held held) {
    mutex.Count   = 0;
    mutex.Owner   = &task;
    mutex.OldIrql = task.irql;
    task.irql     = apc_level;
    hold_waitable(held);
    world().kernel.learn_of(&mutex.Event.Header);
}

}  // namespace

extern "C" {

void KeInitializeMutex(KMUTEX* mutex, ULONG) noexcept {
    enter("KeInitializeMutex", any_level).lock_order.forget_within(mutex, sizeof *mutex);
    initialize(mutex->Header, DispatcherType::mutex, 1);
    mutex->Reserved[0] = 0;
}

LONG KeReleaseMutex(KMUTEX* mutex, BOOLEAN) noexcept {
    World& here = enter("KeReleaseMutex", dispatch_level);
    if (mutex->Reserved[0] != here.kernel.current().id + ULONG_PTR{1}) {
        report_misuse(model::Misuse::lock_not_held);
        return mutex->Header.SignalState;
    }
    release_waitable(&mutex->Header);
    if (mutex->Header.SignalState == 0) mutex->Reserved[0] = 0;
    return signal(mutex->Header, mutex->Header.SignalState + 1);
}

void KeInitializeSemaphore(KSEMAPHORE* semaphore, LONG count, LONG limit) noexcept {
    enter("KeInitializeSemaphore", passive_level);
    initialize(semaphore->Header, DispatcherType::semaphore, count);
    semaphore->Limit = limit;
}

LONG KeReleaseSemaphore(KSEMAPHORE* semaphore, KPRIORITY, LONG adjustment, BOOLEAN) noexcept {
    enter("KeReleaseSemaphore", dispatch_level);
    const LONG before = semaphore->Header.SignalState;
    if (adjustment <= 0 || adjustment > semaphore->Limit - before) {
        report_misuse(model::Misuse::bad_argument);
        return before;
    }
    return signal(semaphore->Header, before + adjustment);
}

void ExInitializeFastMutex(FAST_MUTEX* mutex) noexcept {
    enter("ExInitializeFastMutex", dispatch_level).lock_order.forget_within(mutex, sizeof *mutex);
    *mutex       = {};
    mutex->Count = 1;
    initialize(mutex->Event.Header, DispatcherType::synchronization_event, 0);
}

void ExAcquireFastMutex(FAST_MUTEX* mutex) noexcept {
    World& here = enter("ExAcquireFastMutex", apc_level);
    Task&  task = here.kernel.current();
    if (mutex->Owner == &task) report_misuse(model::Misuse::lock_taken_twice);
    while (mutex->Count <= 0 && mutex->Owner != &task) {
        wait_for(mutex->Event.Header, Alarms::never, "ExAcquireFastMutex");
    }
    take(*mutex, task, {.lock = mutex, .form = LockForm::write});
}

BOOLEAN ExTryToAcquireFastMutex(FAST_MUTEX* mutex) noexcept {
    World& here = enter("ExTryToAcquireFastMutex", apc_level);
    if (mutex->Count <= 0) return FALSE;
    take(*mutex, here.kernel.current(), {.lock = mutex, .form = LockForm::write, .tried = true});
    return TRUE;
}

void ExReleaseFastMutex(FAST_MUTEX* mutex) noexcept {
    World& here = enter("ExReleaseFastMutex", apc_level);
    Task&  task = here.kernel.current();
    if (mutex->Owner != &task) {
        report_misuse(model::Misuse::lock_not_held);
        return;
    }
    release_waitable(mutex);
    mutex->Count = 1;
    mutex->Owner = nullptr;
    task.irql    = static_cast<std::uint8_t>(mutex->OldIrql);
    signal(mutex->Event.Header, 1);
    here.kernel.yield("ExReleaseFastMutex");
}

void ExInitializeRundownProtection(EX_RUNDOWN_REF* rundown) noexcept {
    enter("ExInitializeRundownProtection", apc_level);
    rundown->Count = 0;
}

BOOLEAN ExAcquireRundownProtection(EX_RUNDOWN_REF* rundown) noexcept {
    World& here = enter("ExAcquireRundownProtection", dispatch_level);
    here.races.acquire(rundown, Through::value);
    if (rundown->Count & running_down) return FALSE;
    rundown->Count += one_reference;
    return TRUE;
}

void ExReleaseRundownProtection(EX_RUNDOWN_REF* rundown) noexcept {
    World& here = enter("ExReleaseRundownProtection", dispatch_level);
    if (rundown->Count < one_reference) {
        report_misuse(model::Misuse::lock_not_held);
        return;
    }
    rundown->Count -= one_reference;
    here.races.release(rundown, Through::value);
    if (rundown->Count == running_down) here.kernel.wake_all(rundown);
    here.kernel.yield("ExReleaseRundownProtection");
}

void ExWaitForRundownProtectionRelease(EX_RUNDOWN_REF* rundown) noexcept {
    World& here = enter("ExWaitForRundownProtectionRelease", dispatch_level);
    check_may_wait(here, apc_level);
    rundown->Count |= running_down;
    if (rundown->Count != running_down) record_wait(here, WaitedFor::object);
    while (rundown->Count != running_down) {
        here.kernel.block(rundown, "ExWaitForRundownProtectionRelease");
    }
    here.races.acquire(rundown, Through::value);
}

}  // extern "C"
