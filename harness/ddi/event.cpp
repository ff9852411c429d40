// Events, waiting and sleeping. Pages: ndisinitializeevent, ndiswaitevent, ndismsleep (ndis),
// keinitializeevent, kesetevent, kewaitforsingleobject, kedelayexecutionthread (wdm).

#include "harness/ddi/dispatcher.hpp"
#include "harness/kernel/alarms.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

/// When a wait ends: null is never, zero at once.
Time100ns end_of_wait(const LARGE_INTEGER* timeout) {
    return timeout ? due_at(*timeout) : Alarms::never;
}

bool may_block(const LARGE_INTEGER* timeout) {
    return timeout == nullptr || timeout->QuadPart != 0;
}

LONG set(DISPATCHER_HEADER& header, LONG state, std::string_view call) {
    World&     here   = enter(call, dispatch_level);
    const LONG before = signal(header, state);
    if (state > 0) here.kernel.yield(call);
    return before;
}

void sleep(World& here, Time100ns duration, std::string_view call) {
    check_may_wait(here, apc_level);
    record_wait(here, WaitedFor::sleep);
    here.kernel.sleep(duration, call);
}

}  // namespace

extern "C" {

void NdisInitializeEvent(NDIS_EVENT* event) noexcept {
    enter("NdisInitializeEvent", any_level);
    initialize(event->Event.Header, DispatcherType::notification_event, 0);
}

void NdisSetEvent(NDIS_EVENT* event) noexcept {
    set(event->Event.Header, 1, "NdisSetEvent");
}

void NdisResetEvent(NDIS_EVENT* event) noexcept {
    set(event->Event.Header, 0, "NdisResetEvent");
}

BOOLEAN NdisWaitEvent(NDIS_EVENT* event, UINT milliseconds) noexcept {
    World& here = enter("NdisWaitEvent", dispatch_level);
    check_may_wait(here, passive_level);
    const Time100ns due =
        milliseconds == 0 ? Alarms::never : here.kernel.now() + milliseconds * millisecond;
    return wait_for(event->Event.Header, due, "NdisWaitEvent") ? TRUE : FALSE;
}

void NdisMSleep(ULONG microseconds) noexcept {
    sleep(enter("NdisMSleep", dispatch_level), microseconds * microsecond, "NdisMSleep");
}

void KeInitializeEvent(KEVENT* event, EVENT_TYPE type, BOOLEAN state) noexcept {
    enter("KeInitializeEvent", any_level);
    initialize(event->Header,
               type == NotificationEvent ? DispatcherType::notification_event
                                         : DispatcherType::synchronization_event,
               state ? 1 : 0);
}

LONG KeSetEvent(KEVENT* event, KPRIORITY, BOOLEAN) noexcept {
    return set(event->Header, 1, "KeSetEvent");
}

void KeClearEvent(KEVENT* event) noexcept {
    set(event->Header, 0, "KeClearEvent");
}

LONG KeResetEvent(KEVENT* event) noexcept {
    return set(event->Header, 0, "KeResetEvent");
}

LONG KeReadStateEvent(KEVENT* event) noexcept {
    World& here = enter("KeReadStateEvent", dispatch_level);
    if (event->Header.SignalState > 0) here.kernel.learn_of(event);
    return event->Header.SignalState;
}

NTSTATUS KeWaitForSingleObject(void*          object, KWAIT_REASON, KPROCESSOR_MODE, BOOLEAN,
                               LARGE_INTEGER* timeout) noexcept {
    World& here = enter("KeWaitForSingleObject", dispatch_level);
    if (may_block(timeout)) check_may_wait(here, apc_level);
    auto& header = *static_cast<DISPATCHER_HEADER*>(object);
    return wait_for(header, end_of_wait(timeout), "KeWaitForSingleObject") ? STATUS_SUCCESS
                                                                           : STATUS_TIMEOUT;
}

NTSTATUS KeWaitForMultipleObjects(ULONG count, void* objects[], WAIT_TYPE  type, KWAIT_REASON,
                                  KPROCESSOR_MODE, BOOLEAN, LARGE_INTEGER* timeout,
                                  KWAIT_BLOCK*) noexcept {
    World& here = enter("KeWaitForMultipleObjects", dispatch_level);
    if (may_block(timeout)) check_may_wait(here, apc_level);
    DISPATCHER_HEADER* headers[MAXIMUM_WAIT_OBJECTS] = {};
    if (count == 0 || count > MAXIMUM_WAIT_OBJECTS) {
        report_misuse(model::Misuse::bad_argument);
        return STATUS_INVALID_PARAMETER;
    }
    for (ULONG i = 0; i < count; ++i)
        headers[i] = static_cast<DISPATCHER_HEADER*>(objects[i]);
    const int place =
        wait_for_many(headers, count, type, end_of_wait(timeout), "KeWaitForMultipleObjects");
    return place < 0 ? STATUS_TIMEOUT : STATUS_SUCCESS + place;
}

NTSTATUS KeDelayExecutionThread(KPROCESSOR_MODE, BOOLEAN, LARGE_INTEGER* interval) noexcept {
    World& here = enter("KeDelayExecutionThread", dispatch_level);
    sleep(here, due_at(*interval) - here.kernel.now(), "KeDelayExecutionThread");
    return STATUS_SUCCESS;
}

/// It does not sleep, and so keeps its CPU where it is; but time passes.
void KeStallExecutionProcessor(ULONG microseconds) noexcept {
    World& here = enter("KeStallExecutionProcessor", any_level);
    here.kernel.sleep(microseconds * microsecond, "KeStallExecutionProcessor");
}

}  // extern "C"
