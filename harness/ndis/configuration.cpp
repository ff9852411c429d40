// A driver's parameters. There is no registry: a key holds what was written to it since it was
// opened. Pages: ndisopenconfigurationex, ndisreadconfiguration, ndiswriteconfiguration,
// ndiscloseconfiguration, ndisreadnetworkaddress, ndisopenconfigurationkeybyname (ndis).

#include <algorithm>
#include <array>
#include <cstring>

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

constexpr std::uint32_t configuration_tag = tag_of("NdCf");
constexpr std::size_t   parameters_max = 32, bytes_max = 512;

struct Parameter {
    std::array<WCHAR, 64>        name{};
    USHORT                       name_bytes = 0;
    NDIS_CONFIGURATION_PARAMETER value{};
    std::array<UCHAR, bytes_max> bytes{};  // Of a string or of binary data.
};

struct Key {
    std::array<Parameter, parameters_max> parameters{};
    std::size_t                           count = 0;
};

bool is_named(const Parameter& parameter, const NDIS_STRING& name) {
    return parameter.name_bytes == name.Length &&
           std::memcmp(parameter.name.data(), name.Buffer, name.Length) == 0;
}

Parameter* find(Key& key, const NDIS_STRING& name) {
    for (std::size_t i = 0; i < key.count; ++i)
        if (is_named(key.parameters[i], name)) return &key.parameters[i];
    return nullptr;
}

bool is_integer(NDIS_PARAMETER_TYPE type) {
    return type == NdisParameterInteger || type == NdisParameterHexInteger;
}

/// What of a value lies outside of it, and how much.
std::pair<void*, USHORT> outside(const NDIS_CONFIGURATION_PARAMETER& value) {
    if (is_integer(value.ParameterType)) return {nullptr, USHORT{0}};
    if (value.ParameterType == NdisParameterBinary)
        return {value.ParameterData.BinaryData.Buffer, value.ParameterData.BinaryData.Length};
    return {value.ParameterData.StringData.Buffer, value.ParameterData.StringData.Length};
}

void keep(Parameter& parameter, const NDIS_CONFIGURATION_PARAMETER& value) {
    parameter.value           = value;
    const auto [bytes, count] = outside(value);
    if (bytes == nullptr) return;
    std::memcpy(parameter.bytes.data(), bytes, count);
    if (value.ParameterType == NdisParameterBinary) {
        parameter.value.ParameterData.BinaryData.Buffer = parameter.bytes.data();
    } else {
        parameter.value.ParameterData.StringData.Buffer =
            reinterpret_cast<WCHAR*>(parameter.bytes.data());
        parameter.value.ParameterData.StringData.MaximumLength = bytes_max;
    }
}

}  // namespace

extern "C" {

NDIS_STATUS NdisOpenConfigurationEx(NDIS_CONFIGURATION_OBJECT*, NDIS_HANDLE* handle) noexcept {
    enter("NdisOpenConfigurationEx", passive_level);
    *handle = nullptr;
    constexpr FaultPoint point("NdisOpenConfigurationEx");
    if (const Failure* fault = world().faults.strike(point)) return fault->status;
    *handle = make_object<Key>(configuration_tag);
    return *handle ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

void NdisCloseConfiguration(NDIS_HANDLE handle) noexcept {
    enter("NdisCloseConfiguration", passive_level);
    if (auto* const key = object_of<Key>(handle, configuration_tag))
        free_object(key, configuration_tag);
}

/// The value belongs to the key, until that is closed.
void NdisReadConfiguration(NDIS_STATUS* status, NDIS_CONFIGURATION_PARAMETER** value,
                           NDIS_HANDLE handle, NDIS_STRING* name, NDIS_PARAMETER_TYPE) noexcept {
    World&           here  = enter("NdisReadConfiguration", passive_level);
    auto* const      key   = object_of<Key>(handle, configuration_tag);
    Parameter* const found = key ? find(*key, *name) : nullptr;
    *status                = found ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
    if (!found) return;
    const Failure* const fault = here.faults.strike(FaultPoint("NdisReadConfiguration"));
    if (fault) return void(*status = fault->status);
    *value = &found->value;
}

void NdisWriteConfiguration(NDIS_STATUS* status, NDIS_HANDLE handle, NDIS_STRING* name,
                            NDIS_CONFIGURATION_PARAMETER* value) noexcept {
    World&      here = enter("NdisWriteConfiguration", passive_level);
    auto* const key  = object_of<Key>(handle, configuration_tag);
    *status          = NDIS_STATUS_FAILURE;
    if (key == nullptr) return;
    const Failure* const fault = here.faults.strike(FaultPoint("NdisWriteConfiguration"));
    if (fault) return void(*status = fault->status);
    Parameter* parameter = find(*key, *name);
    *status              = NDIS_STATUS_RESOURCES;
    if (name->Length > sizeof parameter->name || outside(*value).second > bytes_max) return;
    if (parameter == nullptr) {
        if (key->count == parameters_max) return;
        parameter             = &key->parameters[key->count++];
        parameter->name_bytes = name->Length;
        std::memcpy(parameter->name.data(), name->Buffer, name->Length);
    }
    keep(*parameter, *value);
    *status = NDIS_STATUS_SUCCESS;
}

/// Nobody has set one: the adapter's own is used.
void NdisReadNetworkAddress(NDIS_STATUS* status, void**, UINT* length, NDIS_HANDLE) noexcept {
    enter("NdisReadNetworkAddress", passive_level);
    *length = 0;
    *status = NDIS_STATUS_FAILURE;
}

void NdisOpenConfigurationKeyByName(NDIS_STATUS* status, NDIS_HANDLE handle, NDIS_STRING*,
                                    NDIS_HANDLE* subkey) noexcept {
    enter("NdisOpenConfigurationKeyByName", passive_level);
    *status = NDIS_STATUS_FAILURE;
    if (object_of<Key>(handle, configuration_tag) == nullptr) return;
    *subkey = make_object<Key>(configuration_tag);
    *status = *subkey ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

}  // extern "C"
