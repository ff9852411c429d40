#include "harness/vswitch/own_packets.hpp"

#include "harness/vswitch/packet_call.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

std::uint32_t found_in(const Module& module, const NET_BUFFER_LIST& nbl) {
    namespace context          = model::context;
    const bool          in_use = NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(&nbl)->AsUINT64 != 0;
    const std::uint32_t used   = in_use ? context::detail_not_zero : 0;
    return nbl.SourceHandle == &module ? used : used | context::foreign_source_handle;
}

/// The default port is everybody's; any other must have a connected adapter there.
bool may_be_source(model::PortId port, model::NicIndex nic) {
    return port == NDIS_SWITCH_DEFAULT_PORT_ID || the_switch().may_receive(port, nic);
}

void put_source(Packet& packet, model::PortId port, model::NicIndex nic) {
    const SwitchNic* const at = the_switch().ports().nic(port, nic);
    packet.port               = port;
    packet.nic                = nic;
    packet.source_incarnation = at ? at->incarnation : 0;
    auto& detail              = detail_of(packet);
    detail.SourcePortId       = port & 0xFFFF;
    detail.SourceNicIndex     = nic & 0xFF;
}

/// The elements as they are, exclusions included.
void copy_destinations(Packet& to, Packet& from) {
    const auto used = static_cast<std::uint32_t>(to.destinations.size());
    const auto more = static_cast<std::uint32_t>(from.destinations.size());
    if (used + more > to.capacity) grow_destinations(to, used + more);
    for (std::uint32_t place = 0; place < more; ++place) {
        destination_at(to, used + place) = destination_at(from, place);
        the_switch().commit_again(to, from.destinations[place]);
    }
}

/// All that travels out of band; what is the switch's own, apart.
void copy_slots(NET_BUFFER_LIST& to, const NET_BUFFER_LIST& from) {
    for (int slot = 0; slot < MaxNetBufferListInfo; ++slot) {
        if (slot == SwitchForwardingDetail || slot == SwitchForwardingReserved) continue;
        to.NetBufferListInfo[slot] = from.NetBufferListInfo[slot];
    }
}

void copy_context(Packet& to, Packet& from, UINT32 flags) {
    if (!(flags & NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_SWITCH_INFO_ONLY))
        copy_slots(*to.nbl, *from.nbl);
    to.port               = from.port;
    to.nic                = from.nic;
    to.source_incarnation = from.source_incarnation;
    to.native             = from.native;
    if (to.parent == 0) to.parent = from.id;
    detail_of(to) = detail_of(from);
    if (flags & NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_DESTINATIONS) copy_destinations(to, from);
    const auto used                        = static_cast<std::uint32_t>(to.destinations.size());
    detail_of(to).NumAvailableDestinations = (to.capacity - used) & 0xFFFF;
}

}  // namespace

NDIS_STATUS allocate_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl) {
    PacketCall call(context, {.call = model::Call::AllocateNetBufferListForwardingContext}, nbl,
                    [&](const Module& module, const Packet& packet) {
                        const bool own = packet.alive && packet.maker == module.id;
                        return own ? found_in(module, *nbl) : 0;
                    });
    if (!call.at_home() || call.packet->array) return call.left(NDIS_STATUS_INVALID_PARAMETER);
    constexpr FaultPoint point("AllocateNetBufferListForwardingContext");
    if (const Failure* fault = world().faults.strike(point)) return call.left(fault->status);
    Packet& packet            = *call.packet;
    packet.source_handle      = nbl->SourceHandle;
    packet.port               = NDIS_SWITCH_DEFAULT_PORT_ID;
    packet.nic                = NDIS_SWITCH_DEFAULT_NIC_INDEX;
    packet.native             = false;
    packet.source_incarnation = 0;
    grow_destinations(packet, 1);
    auto& detail                    = detail_of(packet);
    detail.AsUINT64                 = 0;
    detail.NumAvailableDestinations = 1;
    return call.left(NDIS_STATUS_SUCCESS);
}

NDIS_STATUS free_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl) {
    PacketCall call(context, {.call = model::Call::FreeNetBufferListForwardingContext}, nbl);
    if (!call.at_home() || !call.packet->array) return call.left(NDIS_STATUS_INVALID_PARAMETER);
    the_switch().forget_ends_of(*call.packet);
    the_switch().contexts().forget(call.packet->id);
    drop_destinations(*call.packet);
    detail_of(*call.packet).AsUINT64 = 0;
    return call.left(NDIS_STATUS_SUCCESS);
}

NDIS_STATUS set_source(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl, NDIS_SWITCH_PORT_ID port,
                       NDIS_SWITCH_NIC_INDEX nic) {
    PacketCall call(context, {.call = model::Call::SetNetBufferListSource}, nbl,
                    PacketCall::Source{port, nic});
    const bool fits = call.at_home() && call.packet->array && may_be_source(port, nic);
    if (!fits) return call.left(NDIS_STATUS_INVALID_PARAMETER);
    put_source(*call.packet, port, nic);
    return call.left(NDIS_STATUS_SUCCESS);
}

NDIS_STATUS copy_info(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST target, PNET_BUFFER_LIST source,
                      UINT32 flags) {
    Packet* const      from = world().ndis->packets().find(source);
    const model::Event event{
        .call = model::Call::CopyNetBufferListInfo, .parent = from ? from->id : 0, .flags = flags};
    PacketCall call(context, event, target);
    const bool fits = call.at_home() && call.packet->array && from && from->alive && from->array &&
                      from != call.packet;
    constexpr FaultPoint point("CopyNetBufferListInfo");
    const Failure* const fault = fits ? world().faults.strike(point) : nullptr;
    if (fault) return call.left(fault->status);
    if (fits) copy_context(*call.packet, *from, flags);
    return call.left(fits ? NDIS_STATUS_SUCCESS : NDIS_STATUS_INVALID_PARAMETER);
}

}  // namespace interlock::harness
