// The protocol edge's control path.
// Page: hyper-v-extensible-switch-control-path-for-oid-requests.

#include <cstring>

#include "harness/await.hpp"
#include "harness/vswitch/switch.hpp"

namespace interlock::harness {
namespace {

struct Carried {
    model::Oid oid    = 0;
    void*      buffer = nullptr;
    ULONG      bytes  = 0;
};

Carried carried_by(const NDIS_OID_REQUEST& raw) {
    const auto& data = raw.DATA;
    switch (raw.RequestType) {
        case NdisRequestMethod:
            return {data.METHOD_INFORMATION.Oid, data.METHOD_INFORMATION.InformationBuffer,
                    data.METHOD_INFORMATION.InputBufferLength};
        case NdisRequestSetInformation:
            return {data.SET_INFORMATION.Oid, data.SET_INFORMATION.InformationBuffer,
                    data.SET_INFORMATION.InformationBufferLength};
        default:
            return {data.QUERY_INFORMATION.Oid, data.QUERY_INFORMATION.InformationBuffer,
                    data.QUERY_INFORMATION.InformationBufferLength};
    }
}

template <typename Parameters>
const Parameters* as(const Carried& carried) {
    if (!carried.buffer || carried.bytes < sizeof(Parameters)) return nullptr;
    return static_cast<const Parameters*>(carried.buffer);
}

constexpr std::uint32_t validation_port = 0x100;  // In `detail` of a PORT_CREATE.

void describe_port(Request& request, const Carried& carried) {
    const auto* const port = as<NDIS_SWITCH_PORT_PARAMETERS>(carried);
    if (!port) return;
    request.port   = port->PortId;
    request.detail = static_cast<std::uint32_t>(port->PortType) |
                     (port->IsValidationPort ? validation_port : 0U);
}

void describe_nic(Request& request, const Carried& carried) {
    const auto* const nic = as<NDIS_SWITCH_NIC_PARAMETERS>(carried);
    if (!nic) return;
    request.port   = nic->PortId;
    request.nic    = nic->NicIndex;
    request.detail = static_cast<std::uint32_t>(nic->NicType);
}

void describe_save(Request& request, const Carried& carried) {
    const auto* const save = as<NDIS_SWITCH_NIC_SAVE_STATE>(carried);
    if (!save) return;
    request.port = save->PortId;
    request.nic  = save->NicIndex;
}

void describe_nic_request(Request& request, const Carried& carried) {
    const auto* const nic = as<NDIS_SWITCH_NIC_OID_REQUEST>(carried);
    if (!nic) return;
    request.port       = nic->SourcePortId;
    request.nic        = nic->SourceNicIndex;
    request.other_port = nic->DestinationPortId;
    request.other_nic  = nic->DestinationNicIndex;
    if (nic->OidRequest) request.detail = carried_by(*nic->OidRequest).oid;
}

/// PORT_PROPERTY_* and PORT_FEATURE_STATUS_QUERY begin with header, flags and PortId alike.
void describe_by_port_id(Request& request, const Carried& carried) {
    const auto* const port = as<NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS>(carried);
    if (port) request.port = port->PortId;
}

}  // namespace

void Switch::describe(Request& request) {
    const Carried carried = carried_by(*request.raw);
    request.oid           = carried.oid;
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
            return describe_by_port_id(request, carried);
        default:
            break;
    }
    if (carried.oid != OID_SWITCH_PORT_PROPERTY_ENUM) return;
    const auto* const port = as<NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS>(carried);
    if (port) request.port = port->PortId;
}

void Switch::count_oid(const Request& request, std::int32_t by) {
    const auto add = [by](std::uint32_t& number) { number += static_cast<std::uint32_t>(by); };
    if (SwitchPort* const port = state.port(request.port)) add(port->oids);
    if (SwitchNic* const nic = state.nic(request.port, request.nic)) add(nic->oids);
    if (request.oid != OID_SWITCH_NIC_REQUEST) return;
    if (SwitchNic* const nic = state.nic(request.other_port, request.other_nic)) add(nic->oids);
}

std::optional<NDIS_STATUS> Switch::issue(const OidToIssue& what) {
    if (issued_used == issued.size()) issued.emplace_back();
    Issued& made     = issued[issued_used++];
    made.raw         = NDIS_OID_REQUEST{};
    made.inner       = NDIS_OID_REQUEST{};
    made.buffer      = make_buffer(what, made.raw, made.inner);
    Request& request = ndis.make_request(&made.raw);
    describe(request);
    request.refused = what.refused == Refused::below;
    count_oid(request, +1);
    world.recorder.add(event_of(model::Call::ProtocolEdgeOidRequest, request));
    NDIS_STATUS status = what.refused == Refused::above ? NDIS_STATUS_DATA_NOT_ACCEPTED
                                                        : ndis.issue(request, model::host_module);
    if (status == NDIS_STATUS_PENDING) {
        if (!await(world, &request, "ProtocolEdgeOidRequest", [&] { return request.answered; })) {
            return std::nullopt;
        }
        status = request.status;
    }
    request.alive = false;
    count_oid(request, -1);
    model::Event complete = event_of(model::Call::ProtocolEdgeOidRequestComplete, request);
    complete.status       = static_cast<model::Status>(status);
    world.recorder.add(complete);
    return status;
}

bool Switch::last_save_was_claimed() const {
    const auto& saved =
        *reinterpret_cast<const NDIS_SWITCH_NIC_SAVE_STATE*>(issued[issued_used - 1].buffer.get());
    constexpr GUID nobody{};
    return std::memcmp(&saved.ExtensionId, &nobody, sizeof nobody) != 0;
}

}  // namespace interlock::harness
