// NDIS timers. Pages: ndisallocatetimerobject, ndissettimerobject, ndiscanceltimerobject,
// ndisfreetimerobject (ndis).

#include "harness/ddi/timers.hpp"
#include "harness/kernel/outside.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

struct TimerObject {
    NDIS_TIMER_FUNCTION* function = nullptr;
    void*                context  = nullptr;  // Unless the call that sets it gives another.
};

BOOLEAN set(NDIS_HANDLE handle, LARGE_INTEGER due, LONG period_ms, void* context,
            std::string_view call) {
    enter(call, dispatch_level);
    auto* const timer = object_of<TimerObject>(handle, timer_tag);
    if (timer == nullptr) return FALSE;
    void* const given = context ? context : timer->context;
    const bool  was_set =
        set_timer(timer, due_at(due), period_ms, [function = timer->function, given] {
            call_outside(function, nullptr, given, nullptr, nullptr);
        });
    return was_set ? TRUE : FALSE;
}

}  // namespace

extern "C" {

NDIS_STATUS NdisAllocateTimerObject(NDIS_HANDLE for_whom, NDIS_TIMER_CHARACTERISTICS* given,
                                    NDIS_HANDLE* handle) noexcept {
    World& here = enter("NdisAllocateTimerObject", dispatch_level);
    if (given->Header.Type != NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS ||
        given->Header.Size < NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1 ||
        given->TimerFunction == nullptr) {
        report_misuse(model::Misuse::bad_argument);
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    if (const Failure* fault = here.faults.strike(FaultPoint("NdisAllocateTimerObject")))
        return fault->status;
    auto* const timer = make_object<TimerObject>(timer_tag, for_whom);
    timer->function   = given->TimerFunction;
    timer->context    = given->FunctionContext;
    *handle           = timer;
    return NDIS_STATUS_SUCCESS;
}

BOOLEAN NdisSetTimerObject(NDIS_HANDLE handle, LARGE_INTEGER due, LONG period_ms,
                           void* context) noexcept {
    return set(handle, due, period_ms, context, "NdisSetTimerObject");
}

BOOLEAN NdisSetCoalescableTimerObject(NDIS_HANDLE handle, LARGE_INTEGER due, LONG period_ms,
                                      void* context, ULONG) noexcept {
    return set(handle, due, period_ms, context, "NdisSetCoalescableTimerObject");
}

/// A periodic timer has no callback under way afterwards; a one-shot timer may have.
BOOLEAN NdisCancelTimerObject(NDIS_HANDLE handle) noexcept {
    World& here = enter("NdisCancelTimerObject", dispatch_level);
    if (object_or_misuse(handle, timer_tag) == nullptr) return FALSE;
    const bool periodic = is_periodic(handle);
    if (periodic) check_irql(passive_level, "NdisCancelTimerObject");
    const bool was_set = cancel_timer(handle);
    if (periodic && here.kernel.current().irql < dispatch_level) {
        wait_for_callbacks(handle, "NdisCancelTimerObject");
    }
    return was_set ? TRUE : FALSE;
}

void NdisFreeTimerObject(NDIS_HANDLE handle) noexcept {
    enter("NdisFreeTimerObject", dispatch_level);
    void* const timer = object_or_misuse(handle, timer_tag);
    if (timer == nullptr) return;
    if (is_set(timer)) report_misuse(model::Misuse::bad_argument);
    cancel_timer(timer);
    free_object(timer, timer_tag);
}

}  // extern "C"
