// Providers, sublayers, callouts and filters, added and deleted. An object that another names stays
// until that is gone. Pages: fwpmcalloutadd0, fwpmcalloutdeletebyid0 (fwpmk), fwpmprovideradd0,
// fwpmsublayeradd0, fwpmfilteradd0 and their deletes, wfp-error-codes (win32/fwp).

#include <algorithm>
#include <cstring>

#include "harness/wfp/filter_engine.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

template <typename Object>
auto find_key(std::vector<Object>& objects, const GUID& key) {
    return std::ranges::find_if(objects, [&](const Object& one) { return one.key == key; });
}

template <typename Object, typename Id>
auto find_id(std::vector<Object>& objects, Id id) {
    return std::ranges::find_if(objects, [&](const Object& one) { return one.id == id; });
}

template <typename Object>
bool has_key(std::vector<Object>& objects, const GUID& key) {
    return find_key(objects, key) != objects.end();
}

bool is_layer(const GUID& key) {
    return key == FWPM_LAYER_DATAGRAM_DATA_V4 || key == FWPM_LAYER_DATAGRAM_DATA_V6;
}

/// What is wrong with what any object says of itself.
NTSTATUS wrong_with(FilterEngine& engine, const FWPM_DISPLAY_DATA0& display, const GUID& provider) {
    if (display.name == nullptr) return STATUS_FWP_NULL_DISPLAY_NAME;
    if (!is_zero(provider) && !has_key(engine.now.providers, provider))
        return STATUS_FWP_PROVIDER_NOT_FOUND;
    return STATUS_SUCCESS;
}

/// Whether some object names the provider.
bool names_provider(const EngineObjects& objects, const GUID& key) {
    const auto names = [&](const auto& object) { return object.provider == key; };
    return std::ranges::any_of(objects.sublayers, names) ||
           std::ranges::any_of(objects.callouts, names) ||
           std::ranges::any_of(objects.filters, names);
}

bool calls_out(const FWPM_ACTION0& action) {
    return (action.type & FWP_ACTION_FLAG_CALLOUT) != 0;
}

bool names_callout(const EngineObjects& objects, const GUID& key) {
    return std::ranges::any_of(objects.filters, [&](const EngineFilter& filter) {
        return calls_out(filter.action) && filter.action.calloutKey == key;
    });
}

/// The heavier, the earlier. Without a weight of its own: the more conditions, the heavier.
std::uint64_t weight_of(const FWPM_FILTER0& filter) {
    if (filter.weight.type == FWP_UINT64) return *filter.weight.uint64;
    if (filter.weight.type == FWP_UINT8) return std::uint64_t{filter.weight.uint8} << 60;
    return filter.numFilterConditions;
}

/// A key for a filter that has none of its own.
GUID key_of(std::uint64_t id) {
    GUID key{.Data1 = 0xF117E500, .Data2 = 0, .Data3 = 0, .Data4 = {}};
    std::memcpy(key.Data4, &id, sizeof id);
    return key;
}

NTSTATUS wrong_with(FilterEngine& engine, const FWPM_FILTER0& filter) {
    EngineObjects& now = engine.now;
    if (const NTSTATUS wrong =
            wrong_with(engine, filter.displayData, key_or_zero(filter.providerKey)))
        return wrong;
    if (!is_layer(filter.layerKey)) return STATUS_FWP_LAYER_NOT_FOUND;
    if (!is_zero(filter.subLayerKey) && !has_key(now.sublayers, filter.subLayerKey))
        return STATUS_FWP_SUBLAYER_NOT_FOUND;
    if (calls_out(filter.action) && !has_key(now.callouts, filter.action.calloutKey))
        return STATUS_FWP_CALLOUT_NOT_FOUND;
    if (filter.numFilterConditions > 0 && filter.filterCondition == nullptr)
        return STATUS_FWP_NULL_POINTER;
    if (!is_zero(filter.filterKey) && has_key(now.filters, filter.filterKey))
        return STATUS_FWP_ALREADY_EXISTS;
    return STATUS_SUCCESS;
}

EngineFilter kept(const FWPM_FILTER0& filter, std::uint64_t id, const EngineSession* owner) {
    EngineFilter made;
    made.id       = id;
    made.key      = is_zero(filter.filterKey) ? key_of(id) : filter.filterKey;
    made.provider = key_or_zero(filter.providerKey);
    made.layer    = filter.layerKey;
    made.sublayer = filter.subLayerKey;
    made.weight   = weight_of(filter);
    made.context  = filter.rawContext;
    made.action   = filter.action;
    made.conditions.assign(filter.filterCondition,
                           filter.filterCondition + filter.numFilterConditions);
    made.of = owner;
    return made;
}

NTSTATUS delete_callout(EngineChange& change, std::vector<EngineCallout>::iterator callout) {
    if (callout == change.engine.now.callouts.end()) return STATUS_FWP_CALLOUT_NOT_FOUND;
    if (names_callout(change.engine.now, callout->key)) return STATUS_FWP_IN_USE;
    change.engine.now.callouts.erase(callout);
    return STATUS_SUCCESS;
}

NTSTATUS delete_filter(EngineChange& change, std::vector<EngineFilter>::iterator filter) {
    if (filter == change.engine.now.filters.end()) return STATUS_FWP_FILTER_NOT_FOUND;
    const EngineFilterHead going = *filter;
    change.engine.now.filters.erase(filter);
    notify(change.engine, going, FWPS_CALLOUT_NOTIFY_DELETE_FILTER);
    return STATUS_SUCCESS;
}

}  // namespace

extern "C" {

NTSTATUS FwpmProviderAdd0(HANDLE handle, const FWPM_PROVIDER0* provider, void*) noexcept {
    EngineChange change(handle, "FwpmProviderAdd0");
    if (change.status != STATUS_SUCCESS) return change.status;
    if (provider == nullptr) return STATUS_FWP_NULL_POINTER;
    if (const NTSTATUS wrong = wrong_with(change.engine, provider->displayData, GUID{}))
        return wrong;
    if (has_key(change.engine.now.providers, provider->providerKey))
        return STATUS_FWP_ALREADY_EXISTS;
    if (const Failure* fault = world().faults.strike(FaultPoint("FwpmProviderAdd0")))
        return fault->status;
    change.engine.now.providers.push_back({provider->providerKey, change.owner()});
    return STATUS_SUCCESS;
}

NTSTATUS FwpmProviderDeleteByKey0(HANDLE handle, const GUID* key) noexcept {
    EngineChange change(handle, "FwpmProviderDeleteByKey0");
    if (change.status != STATUS_SUCCESS) return change.status;
    if (key == nullptr) return STATUS_FWP_NULL_POINTER;
    EngineObjects& now      = change.engine.now;
    const auto     provider = find_key(now.providers, *key);
    if (provider == now.providers.end()) return STATUS_FWP_PROVIDER_NOT_FOUND;
    if (names_provider(now, *key)) return STATUS_FWP_IN_USE;
    now.providers.erase(provider);
    return STATUS_SUCCESS;
}

NTSTATUS FwpmSubLayerAdd0(HANDLE handle, const FWPM_SUBLAYER0* sublayer, void*) noexcept {
    EngineChange change(handle, "FwpmSubLayerAdd0");
    if (change.status != STATUS_SUCCESS) return change.status;
    if (sublayer == nullptr) return STATUS_FWP_NULL_POINTER;
    const GUID provider = key_or_zero(sublayer->providerKey);
    if (const NTSTATUS wrong = wrong_with(change.engine, sublayer->displayData, provider))
        return wrong;
    if (has_key(change.engine.now.sublayers, sublayer->subLayerKey))
        return STATUS_FWP_ALREADY_EXISTS;
    if (const Failure* fault = world().faults.strike(FaultPoint("FwpmSubLayerAdd0")))
        return fault->status;
    change.engine.now.sublayers.push_back(
        {sublayer->subLayerKey, provider, sublayer->weight, change.owner()});
    return STATUS_SUCCESS;
}

NTSTATUS FwpmSubLayerDeleteByKey0(HANDLE handle, const GUID* key) noexcept {
    EngineChange change(handle, "FwpmSubLayerDeleteByKey0");
    if (change.status != STATUS_SUCCESS) return change.status;
    if (key == nullptr) return STATUS_FWP_NULL_POINTER;
    EngineObjects& now      = change.engine.now;
    const auto     sublayer = find_key(now.sublayers, *key);
    if (sublayer == now.sublayers.end()) return STATUS_FWP_SUBLAYER_NOT_FOUND;
    const auto names = [&](const EngineFilter& filter) { return filter.sublayer == *key; };
    if (std::ranges::any_of(now.filters, names)) return STATUS_FWP_IN_USE;
    now.sublayers.erase(sublayer);
    return STATUS_SUCCESS;
}

/// The identifier is that of the registered callout, if it is registered already.
NTSTATUS FwpmCalloutAdd0(HANDLE handle, const FWPM_CALLOUT0* callout, void*, UINT32* id) noexcept {
    EngineChange change(handle, "FwpmCalloutAdd0");
    if (change.status != STATUS_SUCCESS) return change.status;
    if (callout == nullptr) return STATUS_FWP_NULL_POINTER;
    FilterEngine& engine   = change.engine;
    const GUID    provider = key_or_zero(callout->providerKey);
    if (const NTSTATUS wrong = wrong_with(engine, callout->displayData, provider)) return wrong;
    if (!is_layer(callout->applicableLayer)) return STATUS_FWP_LAYER_NOT_FOUND;
    if (has_key(engine.now.callouts, callout->calloutKey)) return STATUS_FWP_ALREADY_EXISTS;
    if (const Failure* fault = world().faults.strike(FaultPoint("FwpmCalloutAdd0")))
        return fault->status;
    const RegisteredCallout* const known  = engine.registered_by(callout->calloutKey);
    const std::uint32_t            number = known ? known->id : ++engine.callout_last;
    engine.now.callouts.push_back(
        {callout->calloutKey, provider, callout->applicableLayer, number, change.owner()});
    if (id != nullptr) *id = number;
    return STATUS_SUCCESS;
}

NTSTATUS FwpmCalloutDeleteById0(HANDLE handle, UINT32 id) noexcept {
    EngineChange change(handle, "FwpmCalloutDeleteById0");
    if (change.status != STATUS_SUCCESS) return change.status;
    return delete_callout(change, find_id(change.engine.now.callouts, id));
}

NTSTATUS FwpmCalloutDeleteByKey0(HANDLE handle, const GUID* key) noexcept {
    EngineChange change(handle, "FwpmCalloutDeleteByKey0");
    if (change.status != STATUS_SUCCESS) return change.status;
    if (key == nullptr) return STATUS_FWP_NULL_POINTER;
    return delete_callout(change, find_key(change.engine.now.callouts, *key));
}

/// A filter that its callout's notifyFn refuses is not added.
NTSTATUS FwpmFilterAdd0(HANDLE handle, const FWPM_FILTER0* filter, void*, UINT64* id) noexcept {
    EngineChange change(handle, "FwpmFilterAdd0");
    if (change.status != STATUS_SUCCESS) return change.status;
    if (filter == nullptr) return STATUS_FWP_NULL_POINTER;
    FilterEngine& engine = change.engine;
    if (const NTSTATUS wrong = wrong_with(engine, *filter)) return wrong;
    if (const Failure* fault = world().faults.strike(FaultPoint("FwpmFilterAdd0")))
        return fault->status;
    engine.now.filters.push_back(kept(*filter, ++engine.filter_last, change.owner()));
    const EngineFilterHead added = engine.now.filters.back();
    if (!NT_SUCCESS(notify(engine, added, FWPS_CALLOUT_NOTIFY_ADD_FILTER))) {
        engine.now.filters.erase(find_id(engine.now.filters, added.id));
        return STATUS_FWP_CALLOUT_NOTIFICATION_FAILED;
    }
    if (id != nullptr) *id = added.id;
    return STATUS_SUCCESS;
}

NTSTATUS FwpmFilterDeleteById0(HANDLE handle, UINT64 id) noexcept {
    EngineChange change(handle, "FwpmFilterDeleteById0");
    if (change.status != STATUS_SUCCESS) return change.status;
    return delete_filter(change, find_id(change.engine.now.filters, id));
}

NTSTATUS FwpmFilterDeleteByKey0(HANDLE handle, const GUID* key) noexcept {
    EngineChange change(handle, "FwpmFilterDeleteByKey0");
    if (change.status != STATUS_SUCCESS) return change.status;
    if (key == nullptr) return STATUS_FWP_NULL_POINTER;
    return delete_filter(change, find_key(change.engine.now.filters, *key));
}

}  // extern "C"
