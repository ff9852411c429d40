#include "harness/netio/network_stack.hpp"

#include <algorithm>

#include "harness/kernel/outside.hpp"

namespace interlock::harness {

namespace {

constexpr ULONG64     luid_ethernet = 6, luid_loopback = 24;
constexpr NET_IFINDEX index_loopback = 1, index_first = 10;

NetworkInterface loopback() {
    NetworkInterface made;
    made.luid.Info.IfType = luid_loopback;
    made.index            = index_loopback;
    made.guid             = instance_id(0, 0);
    made.mtu              = 0xFFFF'FFFF;
    made.address          = {127, 0, 0, 1};
    made.prefix_bits      = 8;
    made.address6[15]     = 1;
    made.prefix6_bits     = 128;
    return made;
}

/// 10.p.p.1 and fd00::p:1 at port p; the adapter's address is the switch's.
NetworkInterface internal(model::PortId port, const std::array<UCHAR, 6>& mac) {
    NetworkInterface made;
    made.port                   = port;
    made.luid.Info.IfType       = luid_ethernet;
    made.luid.Info.NetLuidIndex = (0x8000 + port) & 0xFF'FFFF;
    made.index                  = index_first + port;
    made.guid                   = instance_id(port, 0);
    made.mac                    = mac;
    made.address                = {10, static_cast<UCHAR>(port >> 8), static_cast<UCHAR>(port), 1};
    made.address6 = {0xFD, 0, 0, 0, 0, 0, static_cast<UCHAR>(port >> 8), static_cast<UCHAR>(port)};
    made.address6[15] = 1;
    return made;
}

constexpr std::array<ADDRESS_FAMILY, 2> families = {AF_INET, AF_INET6};

/// All that one notification is told of an interface that comes or goes, on this task.
void tell(const ChangeNotification& to, const NetworkInterface& of, MIB_NOTIFICATION_TYPE change) {
    for (const ADDRESS_FAMILY family : families) {
        if (!includes(to.family, family) || to.is_over) continue;
        if (to.what == Watched::interfaces) {
            MIB_IPINTERFACE_ROW row = ip_interface_row(of, family);
            call_outside(to.on_interface, to.context, &row, change);
        } else if (to.what == Watched::addresses) {
            MIB_UNICASTIPADDRESS_ROW row = address_row(of, family);
            call_outside(to.on_address, to.context, &row, change);
        } else {
            for (std::size_t place = 0; place < route_rows(of, family).size(); ++place) {
                MIB_IPFORWARD_ROW2 row = route_rows(of, family)[place];
                call_outside(to.on_route, to.context, &row, change);
            }
        }
    }
}

void tell_all(World& world, const NetworkInterface& of, MIB_NOTIFICATION_TYPE change) {
    for (ChangeNotification* const one : network_stack(world).notifications) {
        ++one->calls;
        world.kernel.spawn({Role::work_item, ++world.ddi.work_items},
                           cpu_beside(world.kernel.current()), passive_level,
                           [&world, one, of, change] {
                               if (!one->is_over) {
                                   const ExtensionCode code(one->module);
                                   tell(*one, of, change);
                               }
                               --one->calls;
                               world.kernel.wake_all(one);
                           });
    }
}

}  // namespace

NetworkStack::NetworkStack() : interfaces{loopback()} {}

const NetworkInterface* NetworkStack::interface_by(const NET_LUID& luid) const {
    const auto found = std::ranges::find_if(
        interfaces, [&](const NetworkInterface& one) { return one.luid.Value == luid.Value; });
    return found == interfaces.end() ? nullptr : &*found;
}

const NetworkInterface* NetworkStack::interface_by(NET_IFINDEX index) const {
    const auto found = std::ranges::find(interfaces, index, &NetworkInterface::index);
    return found == interfaces.end() ? nullptr : &*found;
}

const NetworkInterface* NetworkStack::interface_by(const NET_LUID& luid, NET_IFINDEX index) const {
    return luid.Value != 0 ? interface_by(luid) : interface_by(index);
}

NetworkStack& network_stack(World& world) {
    if (!world.network_stack) world.network_stack = std::make_shared<NetworkStack>();
    return *world.network_stack;
}

GUID instance_id(model::PortId port, model::NicIndex nic) {
    GUID id{0x1D4C0C1E, 0x0003, 0x4000, {0x80}};
    id.Data4[5] = static_cast<UCHAR>(port >> 8);
    id.Data4[6] = static_cast<UCHAR>(port);
    id.Data4[7] = static_cast<UCHAR>(nic);
    return id;
}

void interface_comes(World& world, model::PortId port, const std::array<UCHAR, 6>& mac) {
    NetworkStack&          stack = network_stack(world);
    const NetworkInterface made  = internal(port, mac);
    if (stack.interface_by(made.index) != nullptr) return;
    stack.interfaces.push_back(made);
    tell_all(world, made, MibAddInstance);
}

void interface_goes(World& world, model::PortId port) {
    NetworkStack& stack = network_stack(world);
    const auto    found = std::ranges::find(stack.interfaces, port, &NetworkInterface::port);
    if (found == stack.interfaces.end()) return;
    const NetworkInterface gone = *found;
    stack.interfaces.erase(found);
    std::erase_if(stack.neighbours, [&](const Neighbour& one) { return one.index == gone.index; });
    tell_all(world, gone, MibDeleteInstance);
}

}  // namespace interlock::harness
