// Whether the filter engine's service runs. Pages: fwpmbfestateget0, fwpmbfestatesubscribechanges0,
// fwpmbfestateunsubscribechanges0 (fwpmk).

#include <algorithm>

#include "harness/kernel/outside.hpp"
#include "harness/wfp/filter_engine.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

constexpr std::uint32_t service_tag    = tag_of("WfpB");
constexpr Time100ns     starts_up_late = 50 * millisecond;

/// Calls back on a thread of the system's own.
void call_back(World& here, ServiceSubscription* subscription, FWPM_SERVICE_STATE state) {
    ++subscription->calls;
    here.kernel.spawn({Role::work_item, ++here.ddi.work_items}, cpu_beside(here.kernel.current()),
                      passive_level, [&here, subscription, state] {
                          if (!subscription->is_over) {
                              const ExtensionCode code(subscription->module);
                              call_outside(subscription->callback, subscription->context, state);
                          }
                          --subscription->calls;
                          here.kernel.wake_all(subscription);
                      });
}

void change_state(FWPM_SERVICE_STATE state) {
    World&        here   = world();
    FilterEngine& engine = filter_engine(here);
    engine.service       = state;
    for (ServiceSubscription* const subscription : engine.subscriptions)
        call_back(here, subscription, state);
}

/// A driver may be loaded before the service runs: then it comes up a little later.
FilterEngine& engine_with_service(World& here) {
    FilterEngine& engine = filter_engine(here);
    if (engine.is_asked) return engine;
    engine.is_asked = true;
    if (here.kernel.choose("filter-engine-runs", 2) == 0) {
        engine.service = FWPM_SERVICE_RUNNING;
        return engine;
    }
    engine.service = FWPM_SERVICE_START_PENDING;
    here.kernel.at(here.kernel.now() + starts_up_late, {Role::work_item, ++here.ddi.work_items},
                   passive_level, [] { change_state(FWPM_SERVICE_RUNNING); });
    return engine;
}

}  // namespace

extern "C" {

FWPM_SERVICE_STATE FwpmBfeStateGet0() noexcept {
    return engine_with_service(enter("FwpmBfeStateGet0", dispatch_level)).service;
}

NTSTATUS FwpmBfeStateSubscribeChanges0(void*, FWPM_SERVICE_STATE_CHANGE_CALLBACK0 callback,
                                       void* context, HANDLE* handle) noexcept {
    World& here = enter("FwpmBfeStateSubscribeChanges0", passive_level);
    if (callback == nullptr || handle == nullptr) return STATUS_INVALID_PARAMETER;
    if (const Failure* fault = here.faults.strike(FaultPoint("FwpmBfeStateSubscribeChanges0")))
        return fault->status;
    FilterEngine& engine       = engine_with_service(here);
    auto* const   subscription = make_object<ServiceSubscription>(service_tag);
    if (subscription == nullptr) return STATUS_INSUFFICIENT_RESOURCES;
    subscription->callback = callback;
    subscription->context  = context;
    subscription->module   = here.kernel.current().module;
    engine.subscriptions.push_back(subscription);
    *handle = subscription;
    return STATUS_SUCCESS;
}

/// Waits until its callback does not run: from within the callback that is for ever.
NTSTATUS FwpmBfeStateUnsubscribeChanges0(HANDLE handle) noexcept {
    World&      here         = enter("FwpmBfeStateUnsubscribeChanges0", passive_level);
    auto* const subscription = object_of<ServiceSubscription>(handle, service_tag);
    if (subscription == nullptr) return STATUS_INVALID_HANDLE;
    subscription->is_over = true;
    std::erase(filter_engine(here).subscriptions, subscription);
    if (subscription->calls > 0) record_wait(here, WaitedFor::object);
    while (subscription->calls > 0)
        here.kernel.block(subscription, "FwpmBfeStateUnsubscribeChanges0");
    free_object(subscription, service_tag);
    return STATUS_SUCCESS;
}

}  // extern "C"
