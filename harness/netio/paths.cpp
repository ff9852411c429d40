// Which way an address is reached, and who answers there. Pages: getbestroute2, getippathentry,
// getipnetentry2, resolveipnetentry2 (network).

#include <algorithm>
#include <cstring>

#include "harness/netio/network_stack.hpp"

namespace interlock::harness {

MIB_IPNET_ROW2 neighbour_row(const NetworkStack& stack, const Neighbour& of) {
    MIB_IPNET_ROW2 row{};
    row.Address               = of.address;
    row.InterfaceIndex        = of.index;
    row.PhysicalAddressLength = static_cast<ULONG>(of.mac.size());
    row.State                 = NlnsReachable;
    std::ranges::copy(of.mac, row.PhysicalAddress);
    if (const auto* const found = stack.interface_by(of.index)) row.InterfaceLuid = found->luid;
    return row;
}

}  // namespace interlock::harness

using namespace interlock;
using namespace interlock::harness;

namespace {

constexpr Time100ns answer_takes = 2 * millisecond;
constexpr Time100ns gives_up     = 3'000 * millisecond;

bool is_set(const SOCKADDR_INET& address) {
    return address.si_family == AF_INET || address.si_family == AF_INET6;
}

/// The narrowest route of that interface to the address.
std::optional<MIB_IPFORWARD_ROW2> route_to(const NetworkInterface& by, const SOCKADDR_INET& to) {
    std::optional<MIB_IPFORWARD_ROW2> best;
    for (const MIB_IPFORWARD_ROW2& row : route_rows(by, to.si_family)) {
        const IP_ADDRESS_PREFIX& prefix = row.DestinationPrefix;
        if (!lies_within(to, prefix.Prefix, prefix.PrefixLength)) continue;
        if (!best || prefix.PrefixLength > best->DestinationPrefix.PrefixLength) best = row;
    }
    return best;
}

bool is_on_link(const NetworkInterface& by, const SOCKADDR_INET& address) {
    const auto route = route_to(by, address);
    return route && route->DestinationPrefix.PrefixLength > 0;
}

/// Locally administered; its last bytes are those of the neighbour's own address.
std::array<UCHAR, 6> mac_of(const SOCKADDR_INET& address) {
    std::array<UCHAR, 6> mac{0x02, 0x4E};
    const auto* const    bytes = address.si_family == AF_INET
                                     ? reinterpret_cast<const UCHAR*>(&address.Ipv4.sin_addr)
                                     : reinterpret_cast<const UCHAR*>(&address.Ipv6.sin6_addr) + 12;
    std::copy_n(bytes, 4, mac.begin() + 2);
    return mac;
}

auto find_neighbour(NetworkStack& stack, NET_IFINDEX index, const SOCKADDR_INET& address) {
    return std::ranges::find_if(stack.neighbours, [&](const Neighbour& one) {
        return one.index == index && same_address(one.address, address);
    });
}

NTSTATUS wrong_with(const MIB_IPNET_ROW2* row) {
    const bool good = row != nullptr && is_set(row->Address) &&
                      (row->InterfaceLuid.Value != 0 || row->InterfaceIndex != 0);
    return good ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

}  // namespace

extern "C" {

NTSTATUS GetBestRoute2(NET_LUID* luid, NET_IFINDEX index, const SOCKADDR_INET*,
                       const SOCKADDR_INET* to, ULONG, MIB_IPFORWARD_ROW2* best,
                       SOCKADDR_INET* source) noexcept {
    World& here = enter("GetBestRoute2", apc_level);
    if (to == nullptr || best == nullptr || source == nullptr || !is_set(*to))
        return STATUS_INVALID_PARAMETER;
    if (luid == nullptr && index == 0) return STATUS_INVALID_PARAMETER;
    const NetworkStack&           stack = network_stack(here);
    const NetworkInterface* const by =
        stack.interface_by(luid != nullptr ? *luid : NET_LUID{}, index);
    if (by == nullptr) return STATUS_NOT_FOUND;
    const auto route = route_to(*by, *to);
    if (!route) return STATUS_NOT_FOUND;
    *best   = *route;
    *source = address_of(*by, to->si_family);
    return STATUS_SUCCESS;
}

NTSTATUS GetIpPathEntry(MIB_IPPATH_ROW* row) noexcept {
    World& here = enter("GetIpPathEntry", apc_level);
    if (row == nullptr || !is_set(row->Destination) ||
        (row->InterfaceLuid.Value == 0 && row->InterfaceIndex == 0))
        return STATUS_INVALID_PARAMETER;
    const NetworkInterface* const by =
        network_stack(here).interface_by(row->InterfaceLuid, row->InterfaceIndex);
    if (by == nullptr) return STATUS_NOT_FOUND;
    const auto route = route_to(*by, row->Destination);
    if (!route) return STATUS_NOT_FOUND;
    row->Source         = address_of(*by, row->Destination.si_family);
    row->InterfaceLuid  = by->luid;
    row->InterfaceIndex = by->index;
    row->CurrentNextHop =
        route->DestinationPrefix.PrefixLength > 0 ? row->Destination : route->NextHop;
    row->PathMtu     = by->mtu;
    row->IsReachable = TRUE;
    return STATUS_SUCCESS;
}

NTSTATUS GetIpNetEntry2(MIB_IPNET_ROW2* row) noexcept {
    World& here = enter("GetIpNetEntry2", apc_level);
    if (const NTSTATUS wrong = wrong_with(row)) return wrong;
    NetworkStack&                 stack = network_stack(here);
    const NetworkInterface* const by = stack.interface_by(row->InterfaceLuid, row->InterfaceIndex);
    if (by == nullptr) return STATUS_NOT_FOUND;
    const auto found = find_neighbour(stack, by->index, row->Address);
    if (found == stack.neighbours.end()) return STATUS_NOT_FOUND;
    *row = neighbour_row(stack, *found);
    return STATUS_SUCCESS;
}

/// Asks the neighbour anew, and waits for its answer; whether there is one, the scheduler says.
NTSTATUS ResolveIpNetEntry2(MIB_IPNET_ROW2* row, const SOCKADDR_INET*) noexcept {
    World& here = enter("ResolveIpNetEntry2", dispatch_level);
    check_may_wait(here, apc_level);
    if (const NTSTATUS wrong = wrong_with(row)) return wrong;
    NetworkStack&           stack = network_stack(here);
    const NetworkInterface* by    = stack.interface_by(row->InterfaceLuid, row->InterfaceIndex);
    if (by == nullptr) return STATUS_NOT_FOUND;
    if (by->is_loopback()) return STATUS_INVALID_PARAMETER;
    if (!is_on_link(*by, row->Address)) return STATUS_BAD_NETWORK_NAME;
    const NET_IFINDEX index = by->index;
    if (const auto old = find_neighbour(stack, index, row->Address); old != stack.neighbours.end())
        stack.neighbours.erase(old);
    const bool answers = here.kernel.choose("neighbour-answers", 2) == 0;
    record_wait(here, WaitedFor::object);
    here.kernel.sleep(answers ? answer_takes : gives_up, "ResolveIpNetEntry2");
    if (!answers) return STATUS_BAD_NETWORK_NAME;
    if (stack.interface_by(index) == nullptr) return STATUS_NOT_FOUND;  // It has gone meanwhile.
    stack.neighbours.push_back(
        {.index = index, .address = row->Address, .mac = mac_of(row->Address)});
    *row = neighbour_row(stack, stack.neighbours.back());
    return STATUS_SUCCESS;
}

}  // extern "C"
