// Pages: oid-switch-property-add and its neighbours, oid-switch-feature-status-query,
// oid-switch-port-feature-status-query, oid-switch-property-enum.

#include "harness/vswitch/policy_buffers.hpp"

#include <cstring>

#include "harness/ndis/object_header.hpp"

namespace interlock::harness {
namespace {

constexpr GUID feature_id{0x1D4C0C1E, 0x0003, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 3}};

GUID instance_of(std::uint8_t instance) {
    GUID id     = property_id;
    id.Data4[6] = instance;
    return id;
}

}  // namespace

std::size_t bytes_of_policy(const OidToIssue& what) {
    if (what.oid == OID_SWITCH_PROPERTY_DELETE) {
        return sizeof(NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS);
    }
    return sizeof(NDIS_SWITCH_PROPERTY_PARAMETERS) + property_room;
}

/// Of the switch there are custom properties only.
void fill_policy(std::uint8_t* buffer, const OidToIssue& what) {
    if (what.oid == OID_SWITCH_PROPERTY_DELETE) {
        auto& parameters = *reinterpret_cast<NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS*>(buffer);
        set_header(parameters.Header,
                   NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS_REVISION_1);
        parameters.PropertyType       = NdisSwitchPropertyTypeCustom;
        parameters.PropertyId         = property_id;
        parameters.PropertyInstanceId = instance_of(what.instance);
        return;
    }
    auto& parameters = *reinterpret_cast<NDIS_SWITCH_PROPERTY_PARAMETERS*>(buffer);
    set_header(parameters.Header, NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_PARAMETERS_REVISION_1);
    parameters.PropertyType         = NdisSwitchPropertyTypeCustom;
    parameters.PropertyId           = property_id;
    parameters.PropertyVersion      = 0x100;
    parameters.SerializationVersion = NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION_1;
    parameters.PropertyInstanceId   = instance_of(what.instance);
    parameters.PropertyBufferLength = property_room;
    parameters.PropertyBufferOffset = sizeof parameters;
}

std::size_t bytes_of_question(const OidToIssue& what) {
    return what.room + (what.oid == OID_SWITCH_PORT_FEATURE_STATUS_QUERY
                            ? sizeof(NDIS_SWITCH_PORT_FEATURE_STATUS_PARAMETERS)
                            : sizeof(NDIS_SWITCH_FEATURE_STATUS_PARAMETERS));
}

void fill_question(std::uint8_t* buffer, const OidToIssue& what) {
    const auto ask = [&](auto& parameters, std::size_t bytes, auto type) {
        set_header(parameters.Header, bytes);
        parameters.FeatureStatusType         = type;
        parameters.FeatureStatusId           = feature_id;
        parameters.FeatureStatusInstanceId   = feature_id;
        parameters.FeatureStatusVersion      = 0x100;
        parameters.SerializationVersion      = NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION_1;
        parameters.FeatureStatusBufferLength = what.room;
        parameters.FeatureStatusBufferOffset = sizeof parameters;
    };
    if (what.oid == OID_SWITCH_FEATURE_STATUS_QUERY) {
        return ask(*reinterpret_cast<NDIS_SWITCH_FEATURE_STATUS_PARAMETERS*>(buffer),
                   NDIS_SIZEOF_NDIS_SWITCH_FEATURE_STATUS_PARAMETERS_REVISION_1,
                   NdisSwitchFeatureStatusTypeCustom);
    }
    auto& of_port = *reinterpret_cast<NDIS_SWITCH_PORT_FEATURE_STATUS_PARAMETERS*>(buffer);
    ask(of_port, NDIS_SIZEOF_NDIS_SWITCH_PORT_FEATURE_STATUS_PARAMETERS_REVISION_1,
        NdisSwitchPortFeatureStatusTypeCustom);
    of_port.PortId = what.port;
}

std::size_t bytes_of_policies(std::size_t count) {
    return sizeof(NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS) +
           count * (sizeof(NDIS_SWITCH_PROPERTY_ENUM_INFO) + property_room);
}

void list_policy(std::uint8_t* buffer, std::size_t place, std::uint8_t instance) {
    using Info = NDIS_SWITCH_PROPERTY_ENUM_INFO;
    static_assert(sizeof(Info) % 8 == 0 && property_room % 8 == 0, "Values are 8-aligned.");
    auto& info = *reinterpret_cast<Info*>(buffer + bytes_of_policies(place));
    std::memset(&info, 0, sizeof info + property_room);
    set_header(info.Header, NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_ENUM_INFO_REVISION_1);
    info.PropertyInstanceId               = instance_of(instance);
    info.PropertyVersion                  = 0x100;
    info.QwordAlignedPropertyBufferLength = property_room;
    info.PropertyBufferLength             = property_room;
    info.PropertyBufferOffset             = sizeof info;
}

bool is_policy(const NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS& asked) {
    return asked.PropertyType == NdisSwitchPropertyTypeCustom &&
           std::memcmp(&asked.PropertyId, &property_id, sizeof property_id) == 0;
}

}  // namespace interlock::harness
