// Kernel timers and deferred procedure calls. Pages: keinitializetimerex, kesettimerex,
// kecanceltimer, keinitializedpc, keinsertqueuedpc, keflushqueueddpcs (wdm).

#include "harness/ddi/dispatcher.hpp"
#include "harness/ddi/timers.hpp"
#include "harness/kernel/outside.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

/// What stands in the reserved words of a KDPC.
struct Dpc {
    KDEFERRED_ROUTINE* routine;
    void*              context;
    void*              first;
    void*              second;
};
static_assert(sizeof(Dpc) <= sizeof(KDPC));

Dpc& inside(KDPC* dpc) {
    return *reinterpret_cast<Dpc*>(dpc);
}

void call_deferred(KDPC* dpc) {
    const Dpc now = inside(dpc);  // The routine may free it.
    call_outside(now.routine, dpc, now.context, now.first, now.second);
}

BOOLEAN set(KTIMER* timer, LARGE_INTEGER due, LONG period_ms, KDPC* dpc, std::string_view call) {
    enter(call, dispatch_level);
    signal(timer->Header, 0);
    const bool was_set = set_timer(timer, due_at(due), period_ms, [timer, dpc] {
        signal(timer->Header, 1);
        if (dpc != nullptr) call_deferred(dpc);
    });
    return was_set ? TRUE : FALSE;
}

}  // namespace

extern "C" {

void KeInitializeTimer(KTIMER* timer) noexcept {
    KeInitializeTimerEx(timer, NotificationTimer);
}

void KeInitializeTimerEx(KTIMER* timer, TIMER_TYPE type) noexcept {
    enter("KeInitializeTimerEx", dispatch_level);
    initialize(timer->Header,
               type == NotificationTimer ? DispatcherType::notification_timer
                                         : DispatcherType::synchronization_timer,
               0);
}

BOOLEAN KeSetTimer(KTIMER* timer, LARGE_INTEGER due, KDPC* dpc) noexcept {
    return set(timer, due, 0, dpc, "KeSetTimer");
}

BOOLEAN KeSetTimerEx(KTIMER* timer, LARGE_INTEGER due, LONG period_ms, KDPC* dpc) noexcept {
    return set(timer, due, period_ms, dpc, "KeSetTimerEx");
}

BOOLEAN KeCancelTimer(KTIMER* timer) noexcept {
    enter("KeCancelTimer", dispatch_level);
    return cancel_timer(timer) ? TRUE : FALSE;
}

BOOLEAN KeReadStateTimer(KTIMER* timer) noexcept {
    enter("KeReadStateTimer", dispatch_level);
    return timer->Header.SignalState > 0 ? TRUE : FALSE;
}

void KeInitializeDpc(KDPC* dpc, KDEFERRED_ROUTINE* routine, void* context) noexcept {
    enter("KeInitializeDpc", any_level);
    *dpc = {};

    inside(dpc).routine = routine;
    inside(dpc).context = context;
}

/// As a timer that is due at once.
BOOLEAN KeInsertQueueDpc(KDPC* dpc, void* first, void* second) noexcept {
    World& here = enter("KeInsertQueueDpc", any_level);
    if (is_set(dpc)) return FALSE;
    inside(dpc).first  = first;
    inside(dpc).second = second;
    set_timer(dpc, here.kernel.now(), 0, [dpc] { call_deferred(dpc); });
    return TRUE;
}

BOOLEAN KeRemoveQueueDpc(KDPC* dpc) noexcept {
    enter("KeRemoveQueueDpc", any_level);
    return cancel_timer(dpc) ? TRUE : FALSE;
}

void KeFlushQueuedDpcs() noexcept {
    World& here = enter("KeFlushQueuedDpcs", passive_level);
    if (here.kernel.current().irql < dispatch_level) {
        wait_for_callbacks(nullptr, "KeFlushQueuedDpcs");
    }
}

}  // extern "C"
