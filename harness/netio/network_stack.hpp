#pragma once

// The network stack of the management operating system, as its IP helper tells it: interfaces,
// addresses, routes, neighbours, and who wants to know of changes.
//
// What there is follows from the switch: each connected internal adapter is an interface, with an
// address of either version, a route to its own network and one to everywhere; and there is the
// loopback interface. It is the same in every run.
// Pages: getiftable2ex, getbestroute2, resolveipnetentry2, notifyipinterfacechange (network).

#include <array>
#include <optional>
#include <vector>

#include <netioapi.h>

#include "harness/ddi/ddi.hpp"

namespace interlock::harness {

struct NetworkInterface {
    model::PortId         port = 0;  // 0: the loopback interface.
    NET_LUID              luid{};
    NET_IFINDEX           index = 0;
    GUID                  guid{};
    std::array<UCHAR, 6>  mac{};
    ULONG                 mtu = 1500;
    std::array<UCHAR, 4>  address{};  // IPv4, in network order.
    UINT8                 prefix_bits = 24;
    std::array<UCHAR, 16> address6{};
    UINT8                 prefix6_bits = 64;

    bool is_loopback() const {
        return port == 0;
    }
};

/// A neighbour that has answered.
struct Neighbour {
    NET_IFINDEX          index = 0;
    SOCKADDR_INET        address{};
    std::array<UCHAR, 6> mac{};
};

enum class Watched : std::uint8_t { interfaces, addresses, routes };

/// A registration for changes; its handle is its address.
struct ChangeNotification {
    Watched         what    = Watched::interfaces;
    ADDRESS_FAMILY  family  = AF_UNSPEC;
    void*           context = nullptr;
    model::ModuleId module  = model::host_module;
    std::uint32_t   calls   = 0;  // Under way, or as good as begun.
    bool            is_over = false;

    PIPINTERFACE_CHANGE_CALLBACK       on_interface = nullptr;
    PUNICAST_IPADDRESS_CHANGE_CALLBACK on_address   = nullptr;
    PIPFORWARD_CHANGE_CALLBACK         on_route     = nullptr;
};

struct NetworkStack {
    NetworkStack();

    std::vector<NetworkInterface>    interfaces;
    std::vector<Neighbour>           neighbours;
    std::vector<ChangeNotification*> notifications;

    const NetworkInterface* interface_by(const NET_LUID& luid) const;
    const NetworkInterface* interface_by(NET_IFINDEX index) const;

    /// As rows name one: by the LUID, without it by the index.
    const NetworkInterface* interface_by(const NET_LUID& luid, NET_IFINDEX index) const;
};

NetworkStack& network_stack(World& world);

/// NetCfgInstanceId of the adapter at that port.
GUID instance_id(model::PortId port, model::NicIndex nic);

/// An internal adapter of the switch is connected, or no more: the interface comes or goes. Again
/// and again is no matter.
void interface_comes(World& world, model::PortId port, const std::array<UCHAR, 6>& mac);
void interface_goes(World& world, model::PortId port);

// --- Rows ----------------------------------------------------------------------------------------

MIB_IF_ROW2              if_row(const NetworkInterface& of);
MIB_IPINTERFACE_ROW      ip_interface_row(const NetworkInterface& of, ADDRESS_FAMILY family);
MIB_UNICASTIPADDRESS_ROW address_row(const NetworkInterface& of, ADDRESS_FAMILY family);

MIB_IPNET_ROW2 neighbour_row(const NetworkStack& stack, const Neighbour& of);

/// Its routes of that family: to its own network, and (not over the loopback interface) by the
/// router of that network to everywhere.
std::vector<MIB_IPFORWARD_ROW2> route_rows(const NetworkInterface& of, ADDRESS_FAMILY family);

SOCKADDR_INET address_of(const NetworkInterface& of, ADDRESS_FAMILY family);

/// Whether the first bits of the address are those of the prefix.
bool lies_within(const SOCKADDR_INET& address, const SOCKADDR_INET& prefix, UINT8 bits);

bool same_address(const SOCKADDR_INET& one, const SOCKADDR_INET& other);

/// Whether a family is asked for by this one, which may be AF_UNSPEC.
inline bool includes(ADDRESS_FAMILY asked, ADDRESS_FAMILY family) {
    return asked == AF_UNSPEC || asked == family;
}

inline bool is_family(ADDRESS_FAMILY family) {
    return family == AF_UNSPEC || family == AF_INET || family == AF_INET6;
}

}  // namespace interlock::harness
