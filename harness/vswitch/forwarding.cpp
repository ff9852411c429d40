// Forwarding by the switch itself, for packets that no extension gave a destination: it learns
// where an address was seen, and floods what it does not know. Page: hybrid-forwarding.

#include "harness/vswitch/switch.hpp"

namespace interlock::harness {
namespace {

constexpr std::size_t destination_offset = 0;
constexpr std::size_t source_offset      = 6;

/// A port takes part in a VLAN when it is the port's own; the external port carries all of them.
bool in_vlan(const SwitchPort& port, std::uint16_t vlan) {
    return port.type == PortType::external || port.vlan == vlan;
}

/// What stands for a port in forwarding: its adapter, or on the external port a bound one.
const SwitchNic* receiver_on(const SwitchPort& port) {
    const SwitchNic* found = nullptr;
    for (const SwitchNic& nic : port.nics) {
        if (!nic.usable) continue;
        if (!found || (nic.index > 0 && found->index == 0)) found = &nic;
    }
    return found;
}

std::uint16_t vlan_of(const Packet& packet) {
    NDIS_NET_BUFFER_LIST_8021Q_INFO tag{};
    tag.Value = packet.nbl->NetBufferListInfo[Ieee8021QNetBufferListInfo];
    return tag.TagHeader.VlanId;
}

}  // namespace

void Switch::flood(Packet& packet, std::uint16_t vlan) {
    const auto ports = static_cast<std::uint32_t>(state.ports().size());
    if (packet.capacity < ports) grow_destinations(packet, ports);
    for (const SwitchPort& port : state.ports()) {
        if (port.id == packet.port || !in_vlan(port, vlan)) continue;
        if (const SwitchNic* const to = receiver_on(port)) add_natively(packet, port.id, to->index);
    }
}

void Switch::add_natively(Packet& packet, model::PortId port, model::NicIndex nic) {
    auto& element  = destination_at(packet, static_cast<std::uint32_t>(packet.destinations.size()));
    element.PortId = port;
    element.NicIndex = nic;
    commit(packet, port, nic);
}

void Switch::forward_natively(Packet& packet) {
    const SwitchPort* const from = state.port(packet.port);
    const std::uint16_t     tag  = vlan_of(packet);
    const std::uint16_t     vlan = tag != 0 || !from ? tag : from->vlan;
    if (from) macs.learn(header_address(packet, source_offset), vlan, {packet.port, packet.nic});
    const std::uint64_t address = header_address(packet, destination_offset);
    const auto* const   known   = is_group(address) ? nullptr : macs.find(address, vlan);
    if (!known || !may_receive(known->port, known->nic)) return flood(packet, vlan);
    if (known->port != packet.port) add_natively(packet, known->port, known->nic);
}

}  // namespace interlock::harness
