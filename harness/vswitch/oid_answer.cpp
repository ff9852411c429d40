// The miniport edge's control path: what the switch itself answers to requests that reach its lower
// end. Pages: oid-switch-parameters, oid-switch-port-array, oid-switch-nic-array,
// oid-switch-port-property-enum, querying-the-hyper-v-extensible-switch-configuration.

#include <algorithm>
#include <cstring>

#include "harness/netio/network_stack.hpp"
#include "harness/ndis/object_header.hpp"
#include "harness/vswitch/policy_buffers.hpp"
#include "harness/vswitch/switch.hpp"
#include "model/listing.hpp"

namespace interlock::harness {
namespace {

/// Room and result of a query or method request.
struct Answer {
    std::uint8_t* buffer  = nullptr;
    ULONG         room    = 0;
    ULONG*        written = nullptr;
    ULONG*        needed  = nullptr;
    HostFlaw      flaw    = HostFlaw::none;

    /// @return whether `bytes` fit; says how many were written, or are needed.
    NDIS_STATUS fits(std::size_t bytes) {
        const bool enough = bytes <= room;
        *written          = enough ? static_cast<ULONG>(bytes) : 0;
        *needed           = enough ? 0 : static_cast<ULONG>(bytes);
        if (flaw == HostFlaw::answers_too_short) *needed = 0;
        return enough ? NDIS_STATUS_SUCCESS : NDIS_STATUS_INVALID_LENGTH;
    }
};

Answer answer_to(NDIS_OID_REQUEST& raw, HostFlaw flaw) {
    if (raw.RequestType == NdisRequestMethod) {
        auto& method = raw.DATA.METHOD_INFORMATION;
        return {static_cast<std::uint8_t*>(method.InformationBuffer), method.OutputBufferLength,
                &method.BytesWritten, &method.BytesNeeded, flaw};
    }
    auto& query = raw.DATA.QUERY_INFORMATION;
    return {static_cast<std::uint8_t*>(query.InformationBuffer), query.InformationBufferLength,
            &query.BytesWritten, &query.BytesNeeded, flaw};
}

/// Elements of an array stand 8-aligned, whatever their own size.
constexpr std::size_t aligned(std::size_t bytes) {
    return (bytes + 7) / 8 * 8;
}

NDIS_STATUS answer_parameters(Answer answer, const SwitchState& state) {
    const NDIS_STATUS status = answer.fits(sizeof(NDIS_SWITCH_PARAMETERS));
    if (status != NDIS_STATUS_SUCCESS) return status;
    auto& parameters = *reinterpret_cast<NDIS_SWITCH_PARAMETERS*>(answer.buffer);
    parameters       = NDIS_SWITCH_PARAMETERS{};
    set_header(parameters.Header, NDIS_SIZEOF_NDIS_SWITCH_PARAMETERS_REVISION_1);
    for (const SwitchPort& port : state.ports()) {
        if (port.phase == PortPhase::created) ++parameters.NumSwitchPorts;
    }
    parameters.IsActive = state.active;
    return status;
}

OidToIssue as_it_is(const SwitchPort& port) {
    model::Oid last = OID_SWITCH_PORT_TEARDOWN;
    if (port.phase == PortPhase::created) last = OID_SWITCH_PORT_CREATE;
    return {.oid        = last,
            .port       = port.id,
            .port_type  = port.type,
            .validation = port.validation};
}

OidToIssue as_it_is(const SwitchPort& port, const SwitchNic& nic) {
    model::Oid last = OID_SWITCH_NIC_DISCONNECT;
    if (nic.phase == NicPhase::connected) last = OID_SWITCH_NIC_CONNECT;
    if (nic.phase == NicPhase::created || nic.phase == NicPhase::connecting) {
        last = OID_SWITCH_NIC_CREATE;
    }
    return {.oid = last, .port = port.id, .nic = nic.index, .nic_type = nic.type};
}

/// A port counts from the completion of its create to the issue of its delete.
bool is_listed(const SwitchPort& port) {
    return port.phase == PortPhase::created || port.phase == PortPhase::tearing_down ||
           port.phase == PortPhase::torn_down;
}

bool is_listed(const SwitchNic& nic, HostFlaw flaw) {
    if (flaw == HostFlaw::lists_what_is_not_there && nic.phase == NicPhase::absent) return true;
    return nic.phase != NicPhase::absent && nic.phase != NicPhase::creating &&
           nic.phase != NicPhase::deleting;
}

template <typename Array, typename Element, typename Fill>
NDIS_STATUS answer_array(Answer answer, std::size_t elements, Fill fill_all) {
    constexpr std::size_t stride = aligned(sizeof(Element));
    constexpr std::size_t first  = aligned(sizeof(Array));
    static_assert(first % 8 == 0 && stride % 8 == 0, "a driver may want its ULONG64 aligned");
    const NDIS_STATUS status = answer.fits(first + elements * stride);
    if (status != NDIS_STATUS_SUCCESS) return status;
    std::memset(answer.buffer, 0, first + elements * stride);
    auto& array = *reinterpret_cast<Array*>(answer.buffer);
    set_header(array.Header, sizeof(Array));
    array.FirstElementOffset = first;
    array.NumElements        = static_cast<ULONG>(elements);
    array.ElementSize        = stride;
    fill_all([&, place = std::size_t{0}]() mutable -> Element& {
        return *reinterpret_cast<Element*>(answer.buffer + first + stride * place++);
    });
    return status;
}

NDIS_STATUS answer_ports(Answer answer, const SwitchState& state) {
    std::size_t elements = 0;
    for (const SwitchPort& port : state.ports())
        elements += is_listed(port);
    return answer_array<NDIS_SWITCH_PORT_ARRAY, NDIS_SWITCH_PORT_PARAMETERS>(
        answer, elements, [&](auto next) {
            for (const SwitchPort& port : state.ports()) {
                if (is_listed(port)) fill(next(), as_it_is(port));
            }
        });
}

NDIS_STATUS answer_nics(Answer answer, const SwitchState& state) {
    std::size_t elements = 0;
    for (const SwitchPort& port : state.ports()) {
        for (const SwitchNic& nic : port.nics)
            elements += is_listed(nic, answer.flaw);
    }
    return answer_array<NDIS_SWITCH_NIC_ARRAY, NDIS_SWITCH_NIC_PARAMETERS>(
        answer, elements, [&](auto next) {
            for (const SwitchPort& port : state.ports()) {
                for (const SwitchNic& nic : port.nics) {
                    if (is_listed(nic, answer.flaw)) fill(next(), as_it_is(port, nic));
                }
            }
        });
}

/// The switch holds a VLAN property for every port, and no other property.
NDIS_STATUS answer_port_properties(Answer answer, const SwitchPort* port) {
    using Parameters        = NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS;
    using Info              = NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO;
    constexpr auto info_at  = aligned(sizeof(Parameters));
    constexpr auto value_at = aligned(sizeof(Info));
    if (answer.room < sizeof(Parameters)) return answer.fits(sizeof(Parameters));
    auto&      parameters = *reinterpret_cast<Parameters*>(answer.buffer);
    const bool vlan       = port && parameters.PropertyType == NdisSwitchPortPropertyTypeVlan;
    const auto bytes = info_at + (vlan ? value_at + sizeof(NDIS_SWITCH_PORT_PROPERTY_VLAN) : 0);
    const NDIS_STATUS status = answer.fits(bytes);
    if (status != NDIS_STATUS_SUCCESS) return status;
    parameters.NumProperties       = vlan ? 1 : 0;
    parameters.FirstPropertyOffset = info_at;
    if (!vlan) return status;
    auto& info = *reinterpret_cast<Info*>(answer.buffer + info_at);
    info       = Info{};
    set_header(info.Header, sizeof(Info));
    info.PropertyVersion      = NDIS_SWITCH_PORT_PROPERTY_VLAN_REVISION_1;
    info.PropertyBufferLength = sizeof(NDIS_SWITCH_PORT_PROPERTY_VLAN);
    info.PropertyBufferOffset = value_at;
    auto* const value         = answer.buffer + info_at + value_at;
    std::memset(value, 0, sizeof(NDIS_SWITCH_PORT_PROPERTY_VLAN));
    fill_vlan(*reinterpret_cast<NDIS_SWITCH_PORT_PROPERTY_VLAN*>(value), port->vlan);
    return status;
}

NDIS_STATUS answer_switch_properties(Answer answer, const SwitchState& state) {
    using Parameters = NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS;
    if (answer.room < sizeof(Parameters)) return answer.fits(sizeof(Parameters));
    auto&      parameters = *reinterpret_cast<Parameters*>(answer.buffer);
    const auto all        = std::ranges::count(state.has_property, true);
    const auto count      = is_policy(parameters) ? static_cast<std::size_t>(all) : 0;
    const auto status     = answer.fits(bytes_of_policies(count));
    if (status != NDIS_STATUS_SUCCESS) return status;
    parameters.NumProperties       = static_cast<ULONG>(count);
    parameters.FirstPropertyOffset = sizeof(Parameters);
    std::size_t place              = 0;
    for (std::uint8_t instance = 0; place < count; ++instance) {
        if (state.has_property[instance]) list_policy(answer.buffer, place++, instance);
    }
    return status;
}

}  // namespace

namespace {

/// A feature of which no extension has given the status is none of the switch's own.
bool is_taken_note_of(model::Oid oid) {
    const OidShape shape = shape_of(oid);
    return shape != OidShape::other && shape != OidShape::feature;
}

template <typename Array>
void tell_listing(model::Event& event, const void* buffer, auto key_of) {
    const auto* const from  = static_cast<const std::uint8_t*>(buffer);
    const auto&       array = *reinterpret_cast<const Array*>(from);
    event.detail            = array.NumElements;
    event.digest            = 0;
    for (ULONG place = 0; place < array.NumElements; ++place)
        event.digest += key_of(from + array.FirstElementOffset + place * array.ElementSize);
}

/// What the answer lists, read from the answer itself.
void tell_listing(model::Event& event, const NDIS_OID_REQUEST& raw) {
    const void* const buffer = raw.DATA.QUERY_INFORMATION.InformationBuffer;
    if (event.oid == OID_SWITCH_PORT_ARRAY)
        tell_listing<NDIS_SWITCH_PORT_ARRAY>(event, buffer, [](const std::uint8_t* element) {
            const auto& port = *reinterpret_cast<const NDIS_SWITCH_PORT_PARAMETERS*>(element);
            return model::listed(port.PortId, 0);
        });
    if (event.oid == OID_SWITCH_NIC_ARRAY)
        tell_listing<NDIS_SWITCH_NIC_ARRAY>(event, buffer, [](const std::uint8_t* element) {
            const auto& nic = *reinterpret_cast<const NDIS_SWITCH_NIC_PARAMETERS*>(element);
            return model::listed(nic.PortId, nic.NicIndex);
        });
}

}  // namespace

NDIS_STATUS Switch::outcome(Request& request) {
    if (request.refused) return NDIS_STATUS_DATA_NOT_ACCEPTED;
    if (world.flaw == HostFlaw::connect_fails && request.oid == OID_SWITCH_NIC_CONNECT) {
        return NDIS_STATUS_FAILURE;
    }
    if (world.flaw == HostFlaw::disconnect_fails && request.oid == OID_SWITCH_NIC_DISCONNECT) {
        return NDIS_STATUS_FAILURE;
    }
    switch (request.oid) {
        case OID_SWITCH_PARAMETERS:
            return answer_parameters(answer_to(*request.raw, world.flaw), state);
        case OID_SWITCH_PORT_ARRAY:
            return answer_ports(answer_to(*request.raw, world.flaw), state);
        case OID_SWITCH_NIC_ARRAY:
            return answer_nics(answer_to(*request.raw, world.flaw), state);
        case OID_SWITCH_PORT_PROPERTY_ENUM:
            return answer_port_properties(answer_to(*request.raw, world.flaw),
                                          state.port(request.port));
        case OID_SWITCH_PROPERTY_ENUM:
            return answer_switch_properties(answer_to(*request.raw, world.flaw), state);
        case OID_SWITCH_NIC_REQUEST:
            return NDIS_STATUS_SUCCESS;
        default:
            return is_taken_note_of(request.oid) ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
    }
}

void Switch::take_effect(const Request& request, NDIS_STATUS status) {
    SwitchPort* const port = state.port(request.port);
    SwitchNic* const  nic  = state.nic(request.port, request.nic);
    const bool        ok   = status == NDIS_STATUS_SUCCESS;
    switch (request.oid) {
        case OID_SWITCH_PORT_CREATE:
            if (port) port->usable = ok;
            break;
        case OID_SWITCH_PORT_TEARDOWN:
            if (port) port->usable = false;
            break;
        case OID_SWITCH_NIC_CONNECT:
            if (nic) nic->usable = ok;
            if (nic && ok && nic->type == NicType::internal)
                interface_comes(world, request.port, nic->mac);
            break;
        case OID_SWITCH_NIC_DISCONNECT:
            if (nic) nic->usable = false;
            if (nic && nic->type == NicType::internal) interface_goes(world, request.port);
            break;
        default:
            break;
    }
}

bool revokes(model::Oid oid) {
    return oid == OID_SWITCH_PORT_TEARDOWN || oid == OID_SWITCH_NIC_DISCONNECT;
}

NDIS_STATUS Switch::take_oid(Request& request) {
    if (revokes(request.oid)) take_effect(request, NDIS_STATUS_SUCCESS);  // At once: REF-08.
    enum Ways : std::uint32_t { at_once, inside_the_call, later, ways };
    const std::uint32_t way = world.kernel.choose("answer-oid", ways);
    if (way == at_once) {
        const NDIS_STATUS status = finish_oid(request);
        return status;
    }
    if (way == inside_the_call) {
        const NDIS_STATUS status = finish_oid(request);
        ndis.answer(request, status);
        return NDIS_STATUS_PENDING;
    }
    world.kernel.spawn({Role::oid_answer, request.id}, any_cpu(), passive_level, [this, &request] {
        const NDIS_STATUS status = finish_oid(request);
        ndis.answer(request, status);
    });
    return NDIS_STATUS_PENDING;
}

NDIS_STATUS Switch::finish_oid(Request& request) {
    const NDIS_STATUS status = outcome(request);
    take_effect(request, status);
    if (request.oid == OID_SWITCH_PARAMETERS) request.detail = state.active ? 1 : 0;
    model::Event event = event_of(model::Call::MiniportEdgeOidRequestComplete, request);
    event.status       = static_cast<model::Status>(status);
    event.detail       = detail_of_result(request, status);
    if (status == NDIS_STATUS_SUCCESS) tell_listing(event, *request.raw);
    world.recorder.add(event);
    return status;
}

}  // namespace interlock::harness
