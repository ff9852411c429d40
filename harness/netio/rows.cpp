// What rows say of an interface. Pages: mib_if_row2, mib_ipinterface_row, mib_unicastipaddress_row,
// mib_ipforward_row2 (netioapi).

#include <algorithm>
#include <cstring>
#include <string>

#include "harness/netio/network_stack.hpp"

namespace interlock::harness {

namespace {

constexpr USHORT  type_ethernet = 6, type_loopback = 24;
constexpr ULONG   for_ever    = 0xFFFF'FFFF;
constexpr ULONG64 ten_gigabit = 10'000'000'000;

std::string alias_of(const NetworkInterface& of) {
    if (of.is_loopback()) return "Loopback Pseudo-Interface 1";
    return "vEthernet (port " + std::to_string(of.port) + ")";
}

void set_text(WCHAR* to, const std::string& text) {
    std::ranges::copy(text, to);
    to[text.size()] = 0;
}

SOCKADDR_INET any_address(ADDRESS_FAMILY family) {
    SOCKADDR_INET address{};
    address.si_family = family;
    return address;
}

UCHAR* bytes_of(SOCKADDR_INET& address) {
    return address.si_family == AF_INET ? reinterpret_cast<UCHAR*>(&address.Ipv4.sin_addr)
                                        : reinterpret_cast<UCHAR*>(&address.Ipv6.sin6_addr);
}

const UCHAR* bytes_of(const SOCKADDR_INET& address) {
    return bytes_of(const_cast<SOCKADDR_INET&>(address));
}

std::size_t byte_count(ADDRESS_FAMILY family) {
    return family == AF_INET ? 4 : 16;
}

UINT8 prefix_bits(const NetworkInterface& of, ADDRESS_FAMILY family) {
    return family == AF_INET ? of.prefix_bits : of.prefix6_bits;
}

/// The address without the bits behind its prefix.
SOCKADDR_INET network_of(const NetworkInterface& of, ADDRESS_FAMILY family) {
    SOCKADDR_INET address = address_of(of, family);
    const UINT8   bits    = prefix_bits(of, family);
    UCHAR* const  bytes   = bytes_of(address);
    for (std::size_t bit = bits; bit < byte_count(family) * 8; ++bit)
        bytes[bit / 8] &= static_cast<UCHAR>(~(0x80 >> bit % 8));
    return address;
}

/// The last but one address of the network.
SOCKADDR_INET router_of(const NetworkInterface& of, ADDRESS_FAMILY family) {
    SOCKADDR_INET address                     = network_of(of, family);
    bytes_of(address)[byte_count(family) - 1] = 254;
    return address;
}

MIB_IPFORWARD_ROW2 route(const NetworkInterface& of, const SOCKADDR_INET& to, UINT8 bits,
                         const SOCKADDR_INET& by) {
    MIB_IPFORWARD_ROW2 row{};
    row.InterfaceLuid     = of.luid;
    row.InterfaceIndex    = of.index;
    row.DestinationPrefix = {.Prefix = to, .PrefixLength = bits};
    row.NextHop           = by;
    row.ValidLifetime     = for_ever;
    row.PreferredLifetime = for_ever;
    row.Metric            = bits == 0 ? 0 : 256;
    row.Protocol          = bits == 0 ? RouteProtocolNetMgmt : RouteProtocolLocal;
    row.Loopback          = of.is_loopback();
    row.Immortal          = TRUE;
    row.Origin            = NlroManual;
    return row;
}

}  // namespace

MIB_IF_ROW2 if_row(const NetworkInterface& of) {
    MIB_IF_ROW2 row{};
    row.InterfaceLuid  = of.luid;
    row.InterfaceIndex = of.index;
    row.InterfaceGuid  = of.guid;
    set_text(row.Alias, alias_of(of));
    set_text(row.Description, of.is_loopback() ? "Software Loopback Interface 1"
                                               : "Hyper-V Virtual Ethernet Adapter");
    if (!of.is_loopback()) {
        row.PhysicalAddressLength = static_cast<ULONG>(of.mac.size());
        std::ranges::copy(of.mac, row.PhysicalAddress);
        std::ranges::copy(of.mac, row.PermanentPhysicalAddress);
    }
    row.Mtu               = of.mtu;
    row.Type              = of.is_loopback() ? type_loopback : type_ethernet;
    row.MediaType         = NdisMedium802_3;
    row.AccessType        = of.is_loopback() ? NET_IF_ACCESS_LOOPBACK : NET_IF_ACCESS_BROADCAST;
    row.DirectionType     = NET_IF_DIRECTION_SENDRECEIVE;
    row.OperStatus        = IfOperStatusUp;
    row.AdminStatus       = NET_IF_ADMIN_STATUS_UP;
    row.MediaConnectState = MediaConnectStateConnected;
    row.ConnectionType    = NET_IF_CONNECTION_DEDICATED;
    row.TransmitLinkSpeed = ten_gigabit;
    row.ReceiveLinkSpeed  = ten_gigabit;
    return row;
}

MIB_IPINTERFACE_ROW ip_interface_row(const NetworkInterface& of, ADDRESS_FAMILY family) {
    MIB_IPINTERFACE_ROW row{};
    row.Family                    = family;
    row.InterfaceLuid             = of.luid;
    row.InterfaceIndex            = of.index;
    row.MaxReassemblySize         = 65'535;
    row.UseAutomaticMetric        = TRUE;
    row.DadTransmits              = family == AF_INET ? 3 : 1;
    row.BaseReachableTime         = 30'000;
    row.RetransmitTime            = 1'000;
    row.LinkLocalAddressBehavior  = LinkLocalAlwaysOn;
    row.Metric                    = 15;
    row.NlMtu                     = of.mtu;
    row.Connected                 = TRUE;
    row.SupportsNeighborDiscovery = TRUE;
    row.SupportsRouterDiscovery   = TRUE;
    row.ReachableTime             = 30'000;
    return row;
}

SOCKADDR_INET address_of(const NetworkInterface& of, ADDRESS_FAMILY family) {
    SOCKADDR_INET address = any_address(family);
    if (family == AF_INET) {
        std::ranges::copy(of.address, bytes_of(address));
    } else {
        std::ranges::copy(of.address6, bytes_of(address));
    }
    return address;
}

MIB_UNICASTIPADDRESS_ROW address_row(const NetworkInterface& of, ADDRESS_FAMILY family) {
    MIB_UNICASTIPADDRESS_ROW row{};
    row.Address                    = address_of(of, family);
    row.InterfaceLuid              = of.luid;
    row.InterfaceIndex             = of.index;
    row.PrefixOrigin               = IpPrefixOriginManual;
    row.SuffixOrigin               = IpSuffixOriginManual;
    row.ValidLifetime              = for_ever;
    row.PreferredLifetime          = for_ever;
    row.OnLinkPrefixLength         = prefix_bits(of, family);
    row.DadState                   = IpDadStatePreferred;
    row.CreationTimeStamp.QuadPart = static_cast<LONGLONG>(system_time_at_start);
    return row;
}

std::vector<MIB_IPFORWARD_ROW2> route_rows(const NetworkInterface& of, ADDRESS_FAMILY family) {
    const SOCKADDR_INET             any = any_address(family);
    std::vector<MIB_IPFORWARD_ROW2> rows{
        route(of, network_of(of, family), prefix_bits(of, family), any)};
    if (!of.is_loopback()) rows.push_back(route(of, any, 0, router_of(of, family)));
    return rows;
}

bool lies_within(const SOCKADDR_INET& address, const SOCKADDR_INET& prefix, UINT8 bits) {
    if (address.si_family != prefix.si_family) return false;
    const UCHAR* const one   = bytes_of(address);
    const UCHAR* const other = bytes_of(prefix);
    for (std::size_t bit = 0; bit < bits; ++bit)
        if (((one[bit / 8] ^ other[bit / 8]) & (0x80 >> bit % 8)) != 0) return false;
    return true;
}

bool same_address(const SOCKADDR_INET& one, const SOCKADDR_INET& other) {
    return lies_within(one, other, static_cast<UINT8>(byte_count(one.si_family) * 8));
}

}  // namespace interlock::harness
