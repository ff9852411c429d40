// Pages: oid-switch-*, ns-ntddndis-_ndis_switch_port_parameters, _nic_parameters, _nic_save_state,
// _nic_oid_request, _port_property_parameters.

#include "harness/vswitch/oid_buffers.hpp"

#include <algorithm>
#include <cstring>

#include "harness/check.hpp"
#include "harness/netio/network_stack.hpp"
#include "harness/scenario/kinds.hpp"
#include "harness/ndis/object_header.hpp"
#include "harness/vswitch/policy_buffers.hpp"
#include "harness/vswitch/switch_state.hpp"

namespace interlock::harness {
namespace {

/// Copies a name into an IF_COUNTED_STRING, with a number behind it.
void set_name(IF_COUNTED_STRING& to, std::string_view text, std::uint32_t number) {
    std::size_t length = 0;
    for (const char letter : text)
        to.String[length++] = static_cast<WCHAR>(letter);
    for (std::uint32_t unit = 100; unit > 0; unit /= 10) {
        to.String[length++] = static_cast<WCHAR>('0' + number / unit % 10);
    }
    to.Length = static_cast<USHORT>(length * sizeof(WCHAR));
}

NDIS_SWITCH_PORT_STATE port_state_at(model::Oid oid) {
    if (oid == OID_SWITCH_PORT_TEARDOWN) return NdisSwitchPortStateTeardown;
    if (oid == OID_SWITCH_PORT_DELETE) return NdisSwitchPortStateDeleted;
    return NdisSwitchPortStateCreated;
}

NDIS_SWITCH_NIC_STATE nic_state_at(model::Oid oid) {
    switch (oid) {
        case OID_SWITCH_NIC_CREATE:
            return NdisSwitchNicStateCreated;
        case OID_SWITCH_NIC_DISCONNECT:
            return NdisSwitchNicStateDisconnected;
        case OID_SWITCH_NIC_DELETE:
            return NdisSwitchNicStateDeleted;
        default:
            return NdisSwitchNicStateConnected;
    }
}

}  // namespace

void fill(NDIS_SWITCH_PORT_PARAMETERS& parameters, const OidToIssue& what) {
    set_header(parameters.Header, NDIS_SIZEOF_NDIS_SWITCH_PORT_PARAMETERS_REVISION_1);
    parameters.PortId = what.port;
    set_name(parameters.PortName, "port ", what.port);
    set_name(parameters.PortFriendlyName, "the port ", what.port);
    parameters.PortType         = static_cast<NDIS_SWITCH_PORT_TYPE>(what.port_type);
    parameters.IsValidationPort = what.validation;
    parameters.PortState        = port_state_at(what.oid);
}

void fill(NDIS_SWITCH_NIC_PARAMETERS& parameters, const OidToIssue& what) {
    const MacAddress mac = mac_of(what.port, what.nic);
    set_header(parameters.Header, NDIS_SIZEOF_NDIS_SWITCH_NIC_PARAMETERS_REVISION_1);
    set_name(parameters.NicName, "nic ", what.port * 100 + what.nic);
    set_name(parameters.NicFriendlyName, "the nic ", what.port * 100 + what.nic);
    if (is_guest(what.nic_type)) {
        set_name(parameters.VmName, "vm ", what.port);
        set_name(parameters.VmFriendlyName, "the vm ", what.port);
        std::memcpy(parameters.VMMacAddress, mac.data(), mac.size());
    }
    parameters.PortId   = what.port;
    parameters.NicIndex = what.nic;
    parameters.NicType  = static_cast<NDIS_SWITCH_NIC_TYPE>(what.nic_type);
    parameters.NicState = nic_state_at(what.oid);
    parameters.MTU      = 1500;
    if (what.nic_type == NicType::internal || what.nic_type == NicType::external)
        parameters.NetCfgInstanceId = instance_id(what.port, what.nic);
    std::memcpy(parameters.PermanentMacAddress, mac.data(), mac.size());
    std::memcpy(parameters.CurrentMacAddress, mac.data(), mac.size());
}

namespace {

constexpr GUID foreign_extension{0x1D4C0C1E, 0x0002, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 2}};

void fill(NDIS_SWITCH_NIC_SAVE_STATE& parameters, const OidToIssue& what) {
    set_header(parameters.Header, NDIS_SIZEOF_NDIS_SWITCH_NIC_SAVE_STATE_REVISION_1);
    parameters.PortId         = what.port;
    parameters.NicIndex       = what.nic;
    parameters.SaveDataOffset = sizeof parameters;
    parameters.SaveDataSize   = what.room;
    // What is restored was saved by an extension that is not there any more.
    if (what.oid == OID_SWITCH_NIC_RESTORE) parameters.ExtensionId = foreign_extension;
}

void address(NDIS_OID_REQUEST& raw, model::Oid oid, void* buffer, ULONG bytes,
             NDIS_REQUEST_TYPE as) {
    raw.Header.Type     = NDIS_OBJECT_TYPE_OID_REQUEST;
    raw.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    raw.Header.Size     = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    raw.RequestType     = as;
    if (as != NdisRequestMethod) {
        raw.DATA.SET_INFORMATION.Oid                     = oid;
        raw.DATA.SET_INFORMATION.InformationBuffer       = buffer;
        raw.DATA.SET_INFORMATION.InformationBufferLength = bytes;
        return;
    }
    raw.DATA.METHOD_INFORMATION.Oid                = oid;
    raw.DATA.METHOD_INFORMATION.InformationBuffer  = buffer;
    raw.DATA.METHOD_INFORMATION.InputBufferLength  = bytes;
    raw.DATA.METHOD_INFORMATION.OutputBufferLength = bytes;
}

NDIS_REQUEST_TYPE type_of(model::Oid oid) {
    return is_method(oid) ? NdisRequestMethod : NdisRequestSetInformation;
}

// What is encapsulated stands behind the structure that encapsulates it. Of the structures of the
// offloads the longest, NDIS_NIC_SWITCH_VF_PARAMETERS, finds room; only the header is filled.
constexpr std::size_t request_room = (sizeof(NDIS_SWITCH_NIC_OID_REQUEST) + 7) / 8 * 8;
constexpr std::size_t inner_room   = 2048;

struct InnerRow {
    model::Oid        oid;
    NDIS_REQUEST_TYPE type;  // What allocates is answered with what it allocated.
};
constexpr InnerRow inner_rows[] = {
    {OID_802_3_MULTICAST_LIST, NdisRequestSetInformation},
    {OID_RECEIVE_FILTER_ALLOCATE_QUEUE, NdisRequestMethod},
    {OID_RECEIVE_FILTER_FREE_QUEUE, NdisRequestSetInformation},
    {OID_RECEIVE_FILTER_SET_FILTER, NdisRequestMethod},
    {OID_RECEIVE_FILTER_CLEAR_FILTER, NdisRequestSetInformation},
    {OID_NIC_SWITCH_ALLOCATE_VF, NdisRequestMethod},
    {OID_NIC_SWITCH_FREE_VF, NdisRequestSetInformation},
};
static_assert(std::size(inner_rows) == static_cast<std::size_t>(Inner::free_vf) + 1);

/// A guest asks for its adapter, or the host for the external NIC.
void fill_inner(NDIS_OID_REQUEST& inner, Inner what, std::uint8_t* buffer) {
    const bool     empty = what == Inner::multicast_list;
    const InnerRow row   = inner_rows[static_cast<std::size_t>(what)];
    if (!empty) set_header(*reinterpret_cast<NDIS_OBJECT_HEADER*>(buffer), inner_room);
    address(inner, row.oid, empty ? nullptr : buffer, empty ? 0 : inner_room, row.type);
}

void fill(NDIS_SWITCH_NIC_OID_REQUEST& parameters, const OidToIssue& what,
          NDIS_OID_REQUEST& inner) {
    fill_inner(inner, what.inner, reinterpret_cast<std::uint8_t*>(&parameters) + request_room);
    set_header(parameters.Header, NDIS_SIZEOF_NDIS_SWITCH_NIC_OID_REQUEST_REVISION_1);
    parameters.SourcePortId        = what.port;
    parameters.SourceNicIndex      = what.nic;
    parameters.DestinationPortId   = what.other_port;
    parameters.DestinationNicIndex = what.other_nic;
    parameters.OidRequest          = &inner;
}

/// Bytes of a property behind its parameters.
std::uint16_t room_of(Property property) {
    constexpr std::size_t domain = sizeof(NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN);
    constexpr auto        more   = static_cast<std::uint16_t>((domain + 7) / 8 * 8);
    return property == Property::routing_domain ? more : property_room;
}

std::size_t bytes_of_property(const OidToIssue& what) {
    if (what.oid == OID_SWITCH_PORT_PROPERTY_DELETE) {
        return sizeof(NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS);
    }
    return sizeof(NDIS_SWITCH_PORT_PROPERTY_PARAMETERS) + room_of(what.property);
}

void fill(NDIS_SWITCH_PORT_PROPERTY_ISOLATION& property) {
    set_header(property.Header, NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_ISOLATION_REVISION_1);
    property.IsolationMode        = NdisIsolationModeVlan;
    property.AllowUntaggedTraffic = TRUE;
}

/// Without entries: no list of them is laid out on the page.
void fill(NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN& property) {
    set_header(property.Header, NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN_REVISION_1);
    property.RoutingDomainId = property_id;
}

/// What the other types hold is not public, or the custom property's own.
void fill_value(std::uint8_t* buffer, const OidToIssue& what) {
    switch (what.property) {
        case Property::vlan:
            return fill_vlan(*reinterpret_cast<NDIS_SWITCH_PORT_PROPERTY_VLAN*>(buffer), what.vlan);
        case Property::isolation:
            return fill(*reinterpret_cast<NDIS_SWITCH_PORT_PROPERTY_ISOLATION*>(buffer));
        case Property::routing_domain:
            return fill(*reinterpret_cast<NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN*>(buffer));
        default:
            return;
    }
}

void fill_property(std::uint8_t* buffer, const OidToIssue& what) {
    const auto type = property_type_of(what.property);
    if (what.oid == OID_SWITCH_PORT_PROPERTY_DELETE) {
        auto& parameters = *reinterpret_cast<NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS*>(buffer);
        set_header(parameters.Header,
                   NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS_REVISION_1);
        parameters.PortId             = what.port;
        parameters.PropertyType       = type;
        parameters.PropertyInstanceId = property_id;
        parameters.PropertyId         = property_id;
        return;
    }
    auto& parameters = *reinterpret_cast<NDIS_SWITCH_PORT_PROPERTY_PARAMETERS*>(buffer);
    set_header(parameters.Header, NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_PARAMETERS_REVISION_1);
    parameters.PortId               = what.port;
    parameters.PropertyType         = type;
    parameters.PropertyVersion      = 0x100;
    parameters.SerializationVersion = NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION_1;
    parameters.PropertyInstanceId   = property_id;
    parameters.PropertyId           = property_id;
    parameters.PropertyBufferLength = room_of(what.property);
    parameters.PropertyBufferOffset = sizeof parameters;
    fill_value(buffer + sizeof parameters, what);
}

std::size_t bytes_of(const OidToIssue& what) {
    switch (shape_of(what.oid)) {
        case OidShape::port:
            return sizeof(NDIS_SWITCH_PORT_PARAMETERS);
        case OidShape::nic:
            return sizeof(NDIS_SWITCH_NIC_PARAMETERS);
        case OidShape::save:
            return sizeof(NDIS_SWITCH_NIC_SAVE_STATE) + what.room;
        case OidShape::request:
            return request_room + (what.inner == Inner::multicast_list ? 0 : inner_room);
        case OidShape::switch_property:
            return bytes_of_policy(what);
        case OidShape::feature:
            return bytes_of_question(what);
        case OidShape::property:
            return bytes_of_property(what);
        default:
            return 0;
    }
}

void fill_buffer(std::uint8_t* buffer, const OidToIssue& what, NDIS_OID_REQUEST& inner) {
    switch (shape_of(what.oid)) {
        case OidShape::port:
            return fill(*reinterpret_cast<NDIS_SWITCH_PORT_PARAMETERS*>(buffer), what);
        case OidShape::nic:
            return fill(*reinterpret_cast<NDIS_SWITCH_NIC_PARAMETERS*>(buffer), what);
        case OidShape::save:
            return fill(*reinterpret_cast<NDIS_SWITCH_NIC_SAVE_STATE*>(buffer), what);
        case OidShape::request:
            return fill(*reinterpret_cast<NDIS_SWITCH_NIC_OID_REQUEST*>(buffer), what, inner);
        case OidShape::property:
            return fill_property(buffer, what);
        case OidShape::switch_property:
            return fill_policy(buffer, what);
        case OidShape::feature:
            return fill_question(buffer, what);
        default:
            return;
    }
}

}  // namespace

bool is_method(model::Oid oid) {
    return oid == OID_SWITCH_NIC_SAVE || oid == OID_SWITCH_NIC_REQUEST ||
           shape_of(oid) == OidShape::feature;
}

OidShape shape_of(model::Oid oid) {
    switch (oid) {
        case OID_SWITCH_PORT_CREATE:
        case OID_SWITCH_PORT_UPDATED:
        case OID_SWITCH_PORT_TEARDOWN:
        case OID_SWITCH_PORT_DELETE:
            return OidShape::port;
        case OID_SWITCH_NIC_CREATE:
        case OID_SWITCH_NIC_CONNECT:
        case OID_SWITCH_NIC_UPDATED:
        case OID_SWITCH_NIC_DISCONNECT:
        case OID_SWITCH_NIC_DELETE:
            return OidShape::nic;
        case OID_SWITCH_NIC_SAVE:
        case OID_SWITCH_NIC_SAVE_COMPLETE:
        case OID_SWITCH_NIC_RESTORE:
        case OID_SWITCH_NIC_RESTORE_COMPLETE:
            return OidShape::save;
        case OID_SWITCH_NIC_REQUEST:
            return OidShape::request;
        case OID_SWITCH_PORT_PROPERTY_ADD:
        case OID_SWITCH_PORT_PROPERTY_UPDATE:
        case OID_SWITCH_PORT_PROPERTY_DELETE:
            return OidShape::property;
        case OID_SWITCH_PROPERTY_ADD:
        case OID_SWITCH_PROPERTY_UPDATE:
        case OID_SWITCH_PROPERTY_DELETE:
            return OidShape::switch_property;
        case OID_SWITCH_FEATURE_STATUS_QUERY:
        case OID_SWITCH_PORT_FEATURE_STATUS_QUERY:
            return OidShape::feature;
        default:
            return OidShape::other;
    }
}

NDIS_SWITCH_PORT_PROPERTY_TYPE property_type_of(Property property) {
    switch (property) {
        case Property::vlan:
            return NdisSwitchPortPropertyTypeVlan;
        case Property::security:
            return NdisSwitchPortPropertyTypeSecurity;
        case Property::profile:
            return NdisSwitchPortPropertyTypeProfile;
        case Property::isolation:
            return NdisSwitchPortPropertyTypeIsolation;
        case Property::routing_domain:
            return NdisSwitchPortPropertyTypeRoutingDomain;
        default:
            return NdisSwitchPortPropertyTypeCustom;
    }
}

void fill_vlan(NDIS_SWITCH_PORT_PROPERTY_VLAN& property, std::uint16_t vlan) {
    set_header(property.Header, NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_VLAN_REVISION_1);
    property.OperationMode               = NdisSwitchPortVlanModeAccess;
    property.VlanProperties.AccessVlanId = vlan;
}

std::uint8_t* OidBuffers::make(const OidToIssue& what, NDIS_OID_REQUEST& raw,
                               NDIS_OID_REQUEST& inner) {
    const std::size_t   bytes  = bytes_of(what);
    std::uint8_t* const buffer = lend(bytes);
    std::memset(buffer, 0, bytes);
    fill_buffer(buffer, what, inner);
    address(raw, what.oid, buffer, static_cast<ULONG>(bytes), type_of(what.oid));
    return buffer;
}

std::uint8_t* OidBuffers::copy(std::span<const std::uint8_t> bytes, model::Oid oid,
                               NDIS_OID_REQUEST& raw) {
    std::uint8_t* const buffer = lend(bytes.size());
    std::ranges::copy(bytes, buffer);
    address(raw, oid, buffer, static_cast<ULONG>(bytes.size()), type_of(oid));
    return buffer;
}

std::uint8_t* OidBuffers::lend(std::size_t bytes) {
    auto* const buffer = static_cast<std::uint8_t*>(blocks.take(bytes));
    check(buffer != nullptr || bytes == 0, "no memory for the buffer of an OID request");
    lent.push_back({buffer, bytes});
    return buffer;
}

void OidBuffers::begin() {
    for (const Lent& one : lent)
        blocks.give_back(one.buffer, one.bytes);
    lent.clear();
}

void OidBuffers::give_back(std::uint8_t* buffer) {
    const auto found = std::ranges::find(lent, buffer, &Lent::buffer);
    check(found != lent.end(), "a buffer came back that was not lent");
    blocks.give_back(found->buffer, found->bytes);
    lent.erase(found);
}

}  // namespace interlock::harness
