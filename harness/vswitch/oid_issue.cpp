// The protocol edge's control path.
// Page: hyper-v-extensible-switch-control-path-for-oid-requests.

#include <cstring>

#include "harness/await.hpp"
#include "harness/vswitch/switch.hpp"

namespace interlock::harness {

void Switch::count_oid(const Request& request, std::int32_t by) {
    const auto add = [by](std::uint32_t& number) { number += static_cast<std::uint32_t>(by); };
    if (SwitchPort* const port = state.port(request.port)) add(port->oids);
    if (SwitchNic* const nic = state.nic(request.port, request.nic)) add(nic->oids);
    if (request.oid != OID_SWITCH_NIC_REQUEST) return;
    if (SwitchNic* const nic = state.nic(request.other_port, request.other_nic)) add(nic->oids);
}

/// A campaign issues the same few requests again and again.
const Sealed& Switch::sealed(const OidToIssue& what) {
    const auto [entry, is_new] = sealed_before.try_emplace(what);
    Sealed& made               = entry->second;
    if (!is_new) return made;
    NDIS_OID_REQUEST raw{}, inner{};
    Request          request{};
    const auto*      bytes = buffers.make(what, raw, inner);
    request.raw            = &raw;
    describe(request);
    made.bytes.assign(bytes, bytes + raw.DATA.SET_INFORMATION.InformationBufferLength);
    made.said = request;
    return made;
}

Switch::Issued& Switch::make_request(const OidToIssue& what) {
    if (issued_used == issued.size()) issued.emplace_back();
    Issued& made     = issued[issued_used++];
    made.raw         = NDIS_OID_REQUEST{};
    made.sum         = 0;
    Request& request = ndis.make_request(&made.raw);
    if (is_method(what.oid)) {
        made.inner  = NDIS_OID_REQUEST{};
        made.buffer = buffers.make(what, made.raw, made.inner);
        describe(request);
    } else {
        request.sealed              = &sealed(what);
        static_cast<Said&>(request) = request.sealed->said;
        made.buffer                 = buffers.copy(request.sealed->bytes, what.oid, made.raw);
    }
    made.raw.RequestId = &made;  // By it the request can be cancelled.
    if (world.flaw != HostFlaw::none && spoil(world.flaw, what, made.buffer)) {
        request.sealed = nullptr;
        describe(request);
    }
    made.request = &request;
    made.whole   = buffers.youngest();
    return made;
}

NDIS_STATUS Switch::hand_to_stack(const OidToIssue& what, Request& request) {
    if (what.refused == Refused::above) return NDIS_STATUS_DATA_NOT_ACCEPTED;
    const bool behind = world.flaw == HostFlaw::disconnects_behind_the_stack;
    if (!behind || what.oid != OID_SWITCH_NIC_DISCONNECT)
        return ndis.issue(request, model::host_module);
    take_effect(request, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

std::optional<NDIS_STATUS> Switch::issue(const OidToIssue& what) {
    Issued&  made    = make_request(what);
    Request& request = *made.request;
    request.refused  = what.refused == Refused::below;
    count_oid(request, +1);
    world.recorder.add(event_of(model::Call::ProtocolEdgeOidRequest, request));
    NDIS_STATUS status = hand_to_stack(what, request);
    if (status == NDIS_STATUS_PENDING) {
        issue_too_early(what);
        cancel_if_asked(request);
        if (!await(world, &request, "ProtocolEdgeOidRequest", [&] { return request.answered; })) {
            return std::nullopt;
        }
        status = request.status;
    }
    request.alive    = false;
    request.answered = true;
    is_finished(request);
    count_oid(request, -1);
    model::Event complete = event_of(model::Call::ProtocolEdgeOidRequestComplete, request);
    complete.status       = static_cast<model::Status>(status);
    complete.detail       = detail_of_result(request, status);
    world.recorder.add(complete);
    close(made);
    forget_finished();
    return status;
}

void Switch::cancel_if_asked(const Request& request) {
    if (!cancels_next || request.answered) return;
    cancels_next = false;
    ndis.cancel_oid(request.raw->RequestId, model::host_module);
}

/// What a faulty switch issues while `what` is under way.
std::vector<OidToIssue> Switch::too_early(const OidToIssue& what) {
    const auto as = [&](model::Oid oid) {
        OidToIssue next = what;
        next.oid        = oid;
        return next;
    };
    const SwitchPort* const port = state.port(what.port);
    switch (world.flaw) {
        case HostFlaw::requests_overlap:
            if (what.oid == OID_SWITCH_PORT_UPDATED) return {{.oid = OID_SWITCH_NIC_REQUEST}};
            return {};
        case HostFlaw::updates_before_updated:
            if (what.oid == OID_SWITCH_PORT_UPDATED) return {what};
            return {};
        case HostFlaw::property_before_created:
            if (what.oid == OID_SWITCH_PORT_CREATE) return {as(OID_SWITCH_PORT_PROPERTY_ADD)};
            return {};
        case HostFlaw::port_deleted_under_a_request:
            if (what.oid != OID_SWITCH_PORT_PROPERTY_ADD || port->has_nic()) return {};
            return {as(OID_SWITCH_PORT_TEARDOWN), as(OID_SWITCH_PORT_DELETE)};
        default:
            return {};
    }
}

void Switch::issue_too_early(const OidToIssue& what) {
    if (world.flaw == HostFlaw::none || issuing_too_early) return;
    issuing_too_early = true;
    for (const OidToIssue& next : too_early(what))
        issue(next);
    issuing_too_early = false;
}

std::uint32_t Switch::room_wanted(const OidToIssue& issued_last) const {
    const auto& method = issued[issued_used - 1].raw.DATA.METHOD_INFORMATION;
    if (method.BytesNeeded <= method.InputBufferLength) return 0;
    return method.BytesNeeded - (method.InputBufferLength - issued_last.room);
}

bool Switch::last_save_was_claimed() const {
    const auto& saved =
        *reinterpret_cast<const NDIS_SWITCH_NIC_SAVE_STATE*>(issued[issued_used - 1].buffer);
    constexpr GUID nobody{};
    return std::memcmp(&saved.ExtensionId, &nobody, sizeof nobody) != 0;
}

}  // namespace interlock::harness
