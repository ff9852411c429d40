// What an OID request says of itself: the fields of its events. Which field means what for which
// OID: model/call.hpp.

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "harness/vswitch/digest.hpp"
#include "harness/vswitch/switch.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

namespace buffer = model::buffer;

struct Carried {
    model::Oid oid    = 0;
    void*      buffer = nullptr;
    ULONG      bytes  = 0;
    ULONG      needed = 0;
    bool       beyond = false;  // More was written than there is room for.
};

Carried carried_by(const NDIS_OID_REQUEST& raw) {
    const auto& data = raw.DATA;
    switch (raw.RequestType) {
        case NdisRequestMethod: {
            const auto& method = data.METHOD_INFORMATION;
            return {method.Oid, method.InformationBuffer,
                    std::max(method.InputBufferLength, method.OutputBufferLength),
                    method.BytesNeeded, method.BytesWritten > method.OutputBufferLength};
        }
        case NdisRequestSetInformation: {
            const auto& set = data.SET_INFORMATION;
            return {set.Oid, set.InformationBuffer, set.InformationBufferLength, set.BytesNeeded};
        }
        default: {
            const auto& query = data.QUERY_INFORMATION;
            return {query.Oid, query.InformationBuffer, query.InformationBufferLength,
                    query.BytesNeeded, query.BytesWritten > query.InformationBufferLength};
        }
    }
}

template <typename Parameters>
const Parameters* as(const Carried& carried) {
    if (!carried.buffer || carried.bytes < sizeof(Parameters)) return nullptr;
    return static_cast<const Parameters*>(carried.buffer);
}

std::uint32_t whole_digest(const Carried& carried) {
    return digest_of(carried.buffer, carried.bytes);
}

bool is_well_formed(const Carried& carried, std::size_t least) {
    const auto* const header = as<NDIS_OBJECT_HEADER>(carried);
    return header && header->Type == NDIS_OBJECT_TYPE_DEFAULT && header->Revision >= 1 &&
           header->Size >= least && carried.bytes >= header->Size;
}

/// Takes what the structure says, if it is there; says so if it is not, or is out of form.
template <typename Parameters>
const Parameters* read(Request& request, const Carried& carried, std::size_t least) {
    request.flags = is_well_formed(carried, least) ? 0 : buffer::ill_formed;
    return as<Parameters>(carried);
}

void describe_port(Request& request, const Carried& carried) {
    const auto* const port = read<NDIS_SWITCH_PORT_PARAMETERS>(
        request, carried, NDIS_SIZEOF_NDIS_SWITCH_PORT_PARAMETERS_REVISION_1);
    if (!port) return;
    request.port   = port->PortId;
    request.digest = whole_digest(carried);
    request.detail = static_cast<std::uint32_t>(port->PortType) |
                     (port->IsValidationPort ? model::port_type::validation_port : 0U);
}

/// The names by which an adapter is known from its create to its delete.
std::uint32_t identity_of(const NDIS_SWITCH_NIC_PARAMETERS& nic) {
    const auto name_digest = [](const IF_COUNTED_STRING& name, std::uint32_t seed) {
        const std::size_t bytes = std::min<std::size_t>(name.Length, sizeof name.String);
        return digest_of(name.String, bytes, seed);
    };
    return name_digest(nic.VmName, name_digest(nic.NicName, 0));
}

bool has_address(const UCHAR (&address)[NDIS_MAX_PHYS_ADDRESS_LENGTH]) {
    return std::ranges::any_of(address, [](UCHAR byte) { return byte != 0; });
}

/// An MTU may be lowered as an adapter begins: it stands in `detail`, and not in that digest.
std::uint32_t digest_without_mtu(const Carried& carried) {
    constexpr std::size_t at   = offsetof(NDIS_SWITCH_NIC_PARAMETERS, MTU);
    const auto* const     from = static_cast<const std::uint8_t*>(carried.buffer);
    constexpr std::size_t then = at + sizeof(ULONG);
    return digest_of(from + then, carried.bytes - then, digest_of(from, at));
}

void describe_nic(Request& request, const Carried& carried) {
    const auto* const nic = read<NDIS_SWITCH_NIC_PARAMETERS>(
        request, carried, NDIS_SIZEOF_NDIS_SWITCH_NIC_PARAMETERS_REVISION_1);
    if (!nic) return;
    constexpr ULONG nic_initializing = 0x1;  // NDIS_SWITCH_NIC_FLAGS_NIC_INITIALIZING
    request.port                     = nic->PortId;
    request.nic                      = nic->NicIndex;
    request.digest                   = digest_without_mtu(carried);
    request.detail = static_cast<std::uint32_t>(nic->NicType) & model::nic_type::mask;
    request.detail |= std::min<std::uint32_t>(nic->MTU, buffer::number_max)
                      << model::nic_type::mtu_shift;
    if (nic->Flags & nic_initializing) request.flags |= buffer::nic_initializing;
    if (nic->VFAssigned) request.flags |= buffer::vf_assigned;
    if (has_address(nic->VMMacAddress)) request.flags |= buffer::vm_mac;
    request.flags |= buffer::with_number(identity_of(*nic));
}

void describe_save(Request& request, const Carried& carried) {
    const auto* const save = read<NDIS_SWITCH_NIC_SAVE_STATE>(
        request, carried, NDIS_SIZEOF_NDIS_SWITCH_NIC_SAVE_STATE_REVISION_1);
    if (!save) return;
    constexpr GUID nobody{};
    request.port   = save->PortId;
    request.nic    = save->NicIndex;
    request.digest = whole_digest(carried);
    request.detail = save->SaveDataSize | static_cast<std::uint32_t>(save->SaveDataOffset)
                                              << buffer::offset_shift;
    if (std::memcmp(&save->ExtensionId, &nobody, sizeof nobody) == 0) return;
    const std::uint32_t owner = digest_of(&save->ExtensionId, sizeof save->ExtensionId);
    request.flags |= buffer::named | buffer::with_number(owner);
}

std::uint32_t form_of(const NDIS_OID_REQUEST* inner) {
    if (!inner) return buffer::no_inner;
    if (inner->RequestType == NdisRequestMethod) return buffer::inner_method;
    return inner->RequestType == NdisRequestSetInformation ? buffer::inner_set : 0;
}

void describe_nic_request(Request& request, const Carried& carried) {
    const auto* const nic = read<NDIS_SWITCH_NIC_OID_REQUEST>(
        request, carried, NDIS_SIZEOF_NDIS_SWITCH_NIC_OID_REQUEST_REVISION_1);
    if (!nic) return;
    request.port       = nic->SourcePortId;
    request.nic        = nic->SourceNicIndex;
    request.other_port = nic->DestinationPortId;
    request.other_nic  = nic->DestinationNicIndex;
    request.flags |= form_of(nic->OidRequest);
    if (!nic->OidRequest) return;
    const Carried inner = carried_by(*nic->OidRequest);
    request.detail      = inner.oid;
    request.digest      = digest_of(inner.buffer, inner.buffer ? inner.bytes : 0, inner.oid);
}

std::uint32_t identity_of(const GUID& kind, const GUID& instance, bool custom) {
    constexpr GUID any{};
    return digest_of(&instance, sizeof instance, digest_of(custom ? &kind : &any, sizeof kind));
}

void describe_port_property(Request& request, const Carried& carried) {
    const bool deletes = carried.oid == OID_SWITCH_PORT_PROPERTY_DELETE;
    const auto take    = [&](const auto& property) {
        const bool custom = property.PropertyType == NdisSwitchPortPropertyTypeCustom;
        request.port      = property.PortId;
        request.digest    = whole_digest(carried);
        request.detail    = static_cast<std::uint32_t>(property.PropertyType);
        request.flags |= buffer::with_number(
               identity_of(property.PropertyId, property.PropertyInstanceId, custom));
    };
    if (deletes) {
        const auto* const property = read<NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS>(
            request, carried, NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS_REVISION_1);
        if (property) take(*property);
    } else {
        const auto* const property = read<NDIS_SWITCH_PORT_PROPERTY_PARAMETERS>(
            request, carried, NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_PARAMETERS_REVISION_1);
        if (property) take(*property);
    }
}

void describe_switch_property(Request& request, const Carried& carried) {
    const auto take = [&](const auto& property) {
        request.digest = whole_digest(carried);
        request.detail = static_cast<std::uint32_t>(property.PropertyType);
        request.flags |= buffer::with_number(
            identity_of(property.PropertyId, property.PropertyInstanceId, true));
    };
    if (carried.oid == OID_SWITCH_PROPERTY_DELETE) {
        const auto* const property = read<NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS>(
            request, carried, NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS_REVISION_1);
        if (property) take(*property);
    } else {
        const auto* const property = read<NDIS_SWITCH_PROPERTY_PARAMETERS>(
            request, carried, NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_PARAMETERS_REVISION_1);
        if (property) take(*property);
    }
}

void describe_feature(Request& request, const Carried& carried) {
    request.flags = buffer::with_number(std::min<std::uint32_t>(carried.bytes, buffer::number_max));
    if (carried.buffer) request.digest = whole_digest(carried);
    if (carried.oid != OID_SWITCH_PORT_FEATURE_STATUS_QUERY) return;
    const auto* const of_port = as<NDIS_SWITCH_PORT_FEATURE_STATUS_PARAMETERS>(carried);
    if (of_port) request.port = of_port->PortId;
}

void describe_question(Request& request, const Carried& carried) {
    request.flags = buffer::with_number(std::min<std::uint32_t>(carried.bytes, buffer::number_max));
    if (carried.oid != OID_SWITCH_PORT_PROPERTY_ENUM) return;
    const auto* const port = as<NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS>(carried);
    if (port) request.port = port->PortId;
}

bool is_unchanged(const Sealed& sealed, const Carried& carried) {
    return carried.oid == sealed.said.oid && carried.bytes == sealed.bytes.size() &&
           std::memcmp(carried.buffer, sealed.bytes.data(), sealed.bytes.size()) == 0;
}

void describe_anew(Request& request, const Carried& carried) {
    request.oid = carried.oid;
    switch (shape_of(carried.oid)) {
        case OidShape::port:
            return describe_port(request, carried);
        case OidShape::nic:
            return describe_nic(request, carried);
        case OidShape::save:
            return describe_save(request, carried);
        case OidShape::request:
            return describe_nic_request(request, carried);
        case OidShape::property:
            return describe_port_property(request, carried);
        case OidShape::switch_property:
            return describe_switch_property(request, carried);
        case OidShape::feature:
            return describe_feature(request, carried);
        default:
            return describe_question(request, carried);
    }
}

bool is_too_short(NDIS_STATUS status) {
    return status == NDIS_STATUS_INVALID_LENGTH || status == NDIS_STATUS_BUFFER_TOO_SHORT;
}

}  // namespace

void Switch::describe(Request& request) {
    const Carried carried = carried_by(*request.raw);
    if (request.sealed && is_unchanged(*request.sealed, carried)) {
        static_cast<Said&>(request) = request.sealed->said;
    } else {
        describe_anew(request, carried);
    }
}

std::uint32_t Switch::detail_of_result(const Request& request, NDIS_STATUS status) {
    return is_too_short(status) ? carried_by(*request.raw).needed : request.detail;
}

void Switch::describe_result(const Request& request, NDIS_STATUS status, model::Event& event) {
    Request now = request;
    describe(now);
    const bool saves = shape_of(request.oid) == OidShape::save;
    const bool moved = now.port != request.port || now.nic != request.nic ||
                       (saves && (now.detail ^ request.detail) >> buffer::offset_shift != 0);
    const bool beyond = status == NDIS_STATUS_SUCCESS && carried_by(*request.raw).beyond;
    event.flags  = now.flags | (moved ? buffer::moved : 0U) | (beyond ? buffer::overstated : 0U);
    event.digest = now.digest;
    event.detail = is_too_short(status) ? carried_by(*request.raw).needed : now.detail;
}

}  // namespace interlock::harness
