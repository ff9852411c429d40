// Callouts: their functions registered, told of filters, and let go of. Pages:
// fwpscalloutregister2, fwpscalloutunregisterbyid0, fwpsflowassociatecontext0,
// fwpsflowremovecontext0, fwps_callout_notify_fn2 (fwpsk).

#include <algorithm>

#include "harness/kernel/outside.hpp"
#include "harness/wfp/filter_engine.hpp"

namespace interlock::harness {

namespace {

constexpr std::uint32_t callout_tag = tag_of("WfpC");

/// What of a callout lies in the pool: that it is there.
struct CalloutPiece {
    std::uint32_t id = 0;
};

}  // namespace

RegisteredCallout* FilterEngine::registered_by(const GUID& key) {
    const auto found = std::ranges::find_if(registered, [&](const RegisteredCallout& callout) {
        return callout.functions.calloutKey == key;
    });
    return found == registered.end() ? nullptr : &*found;
}

RegisteredCallout* FilterEngine::registered_by(std::uint32_t id) {
    const auto found = std::ranges::find(registered, id, &RegisteredCallout::id);
    return found == registered.end() ? nullptr : &*found;
}

FWPS_FILTER2 as_callouts_see(const FilterEngine& engine, const EngineFilterHead& filter) {
    FWPS_FILTER2 seen{};
    seen.filterId      = filter.id;
    seen.weight.type   = FWP_EMPTY;
    seen.context       = filter.context;
    seen.action.type   = filter.action.type;
    const auto callout = std::ranges::find_if(engine.now.callouts, [&](const EngineCallout& one) {
        return one.key == filter.action.calloutKey;
    });
    if (callout != engine.now.callouts.end()) seen.action.calloutId = callout->id;
    return seen;
}

NTSTATUS notify(FilterEngine& engine, const EngineFilterHead& filter,
                FWPS_CALLOUT_NOTIFY_TYPE what) {
    if ((filter.action.type & FWP_ACTION_FLAG_CALLOUT) == 0) return STATUS_SUCCESS;
    RegisteredCallout* callout = engine.registered_by(filter.action.calloutKey);
    if (callout == nullptr || callout->functions.notifyFn == nullptr) return STATUS_SUCCESS;
    const std::uint32_t id       = callout->id;
    const auto          function = callout->functions.notifyFn;
    FWPS_FILTER2        seen     = as_callouts_see(engine, filter);
    NTSTATUS            status   = STATUS_SUCCESS;
    ++callout->calls;
    {
        const ExtensionCode code(callout->module);
        const GUID* const   key = what == FWPS_CALLOUT_NOTIFY_ADD_FILTER ? &filter.key : nullptr;
        status                  = call_outside(function, what, key, &seen);
    }
    callout = engine.registered_by(id);  // Others may have come and gone meanwhile.
    --callout->calls;
    world().kernel.wake_all(&engine.registered);
    return status;
}

void notify_of_those_gone(FilterEngine& engine) {
    while (!engine.going.empty()) {
        const EngineFilterHead filter = engine.going.back();
        engine.going.pop_back();
        notify(engine, filter, FWPS_CALLOUT_NOTIFY_DELETE_FILTER);
    }
}

}  // namespace interlock::harness

using namespace interlock;
using namespace interlock::harness;

namespace {

NTSTATUS unregister(World& here, const RegisteredCallout* found, std::string_view call) {
    FilterEngine& engine = filter_engine(here);
    if (found == nullptr) return STATUS_FWP_CALLOUT_NOT_FOUND;
    if (found->unregisters) return STATUS_FWP_IN_USE;
    if (!found->flows.empty()) return STATUS_DEVICE_BUSY;
    const std::uint32_t id                = found->id;
    engine.registered_by(id)->unregisters = true;
    if (found->calls > 0) record_wait(here, WaitedFor::object);
    while (engine.registered_by(id)->calls > 0)
        here.kernel.block(&engine.registered, call);
    free_object(engine.registered_by(id)->piece, callout_tag);
    std::erase_if(engine.registered, [id](const auto& callout) { return callout.id == id; });
    return STATUS_SUCCESS;
}

auto flow_of(RegisteredCallout& callout, std::uint64_t flow, std::uint16_t layer) {
    return std::ranges::find_if(callout.flows, [=](const RegisteredCallout::Flow& one) {
        return one.id == flow && one.layer == layer;
    });
}

}  // namespace

extern "C" {

NTSTATUS FwpsCalloutRegister2(void*, const FWPS_CALLOUT2* callout, UINT32* id) noexcept {
    World& here = enter("FwpsCalloutRegister2", passive_level);
    if (callout == nullptr || callout->classifyFn == nullptr) return STATUS_INVALID_PARAMETER;
    FilterEngine& engine = filter_engine(here);
    if (engine.registered_by(callout->calloutKey)) return STATUS_FWP_ALREADY_EXISTS;
    if (const Failure* fault = here.faults.strike(FaultPoint("FwpsCalloutRegister2")))
        return fault->status;
    const auto added = std::ranges::find_if(engine.now.callouts, [&](const EngineCallout& one) {
        return one.key == callout->calloutKey;
    });
    RegisteredCallout made;
    made.functions = *callout;
    made.id        = added != engine.now.callouts.end() ? added->id : ++engine.callout_last;
    made.module    = here.kernel.current().module;
    made.piece     = make_object<CalloutPiece>(callout_tag);
    engine.registered.push_back(made);
    if (id != nullptr) *id = made.id;
    return STATUS_SUCCESS;
}

NTSTATUS FwpsCalloutUnregisterById0(const UINT32 id) noexcept {
    World& here = enter("FwpsCalloutUnregisterById0", passive_level);
    return unregister(here, filter_engine(here).registered_by(id), "FwpsCalloutUnregisterById0");
}

NTSTATUS FwpsCalloutUnregisterByKey0(const GUID* key) noexcept {
    World& here = enter("FwpsCalloutUnregisterByKey0", passive_level);
    if (key == nullptr) return STATUS_INVALID_PARAMETER;
    return unregister(here, filter_engine(here).registered_by(*key), "FwpsCalloutUnregisterByKey0");
}

NTSTATUS FwpsFlowAssociateContext0(UINT64 flow, UINT16 layer, UINT32 id, UINT64 context) noexcept {
    World&                   here    = enter("FwpsFlowAssociateContext0", dispatch_level);
    RegisteredCallout* const callout = filter_engine(here).registered_by(id);
    if (callout == nullptr || context == 0) return STATUS_INVALID_PARAMETER;
    if (flow_of(*callout, flow, layer) != callout->flows.end()) return STATUS_OBJECT_NAME_EXISTS;
    if (const Failure* fault = here.faults.strike(FaultPoint("FwpsFlowAssociateContext0")))
        return fault->status;
    callout->flows.push_back({flow, layer, context});
    return STATUS_SUCCESS;
}

/// Its flowDeleteFn is told, as when the flow ends.
NTSTATUS FwpsFlowRemoveContext0(UINT64 flow, UINT16 layer, UINT32 id) noexcept {
    World&                   here    = enter("FwpsFlowRemoveContext0", dispatch_level);
    RegisteredCallout* const callout = filter_engine(here).registered_by(id);
    if (callout == nullptr) return STATUS_INVALID_PARAMETER;
    const auto found = flow_of(*callout, flow, layer);
    if (found == callout->flows.end()) return STATUS_UNSUCCESSFUL;
    const std::uint64_t context = found->context;
    callout->flows.erase(found);
    const auto told = callout->functions.flowDeleteFn;
    if (told != nullptr) told(layer, id, context);
    return STATUS_SUCCESS;
}

}  // extern "C"
