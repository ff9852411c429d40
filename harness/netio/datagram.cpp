#include "harness/netio/datagram.hpp"

#include <optional>

#include "harness/wfp/filter_engine.hpp"

namespace interlock::harness {

namespace {

constexpr std::size_t   ethernet_bytes = 14, tag_bytes = 4, udp_bytes = 8;
constexpr std::uint16_t type_vlan = 0x8100, type_ipv4 = 0x0800;
constexpr std::uint8_t  protocol_udp = 17;

std::uint16_t read16(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

std::uint32_t read32(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint32_t>(read16(bytes, at)) << 16 | read16(bytes, at + 2);
}

/// Where the headers of a UDP datagram in an Ethernet frame begin and end.
struct Headers {
    std::size_t ip = 0, udp = 0, data = 0, end = 0;
};

std::optional<Headers> headers_of(std::span<const std::uint8_t> frame) {
    std::size_t ip = ethernet_bytes;
    if (frame.size() >= ip && read16(frame, ip - 2) == type_vlan) ip += tag_bytes;
    if (frame.size() < ip + 20 || read16(frame, ip - 2) != type_ipv4) return std::nullopt;
    const std::size_t header   = (frame[ip] & 0xFU) * 4U;
    const std::size_t end      = ip + read16(frame, ip + 2);
    const bool        fragment = (read16(frame, ip + 6) & 0x3FFF) != 0;
    if (frame[ip] >> 4 != 4 || header < 20 || frame[ip + 9] != protocol_udp || fragment)
        return std::nullopt;
    const std::size_t udp = ip + header;
    if (end > frame.size() || udp + udp_bytes > end) return std::nullopt;
    return Headers{.ip = ip, .udp = udp, .data = udp + udp_bytes, .end = end};
}

/// The list lies on the task's stack: it is the callout's for the length of the call only.
void show(World& world, model::PortId port, std::span<std::uint8_t> frame, const Headers& at) {
    const auto&             all = network_stack(world).interfaces;
    const NetworkInterface* on  = nullptr;
    for (const NetworkInterface& one : all)
        if (one.port == port) on = &one;
    if (on == nullptr) return;  // It has gone meanwhile.
    MDL mdl{};
    mdl.Size           = sizeof mdl;
    mdl.MdlFlags       = MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL;
    mdl.MappedSystemVa = frame.data();
    mdl.StartVa        = frame.data();
    mdl.ByteCount      = static_cast<ULONG>(at.end);
    NET_BUFFER buffer{};
    NET_BUFFER_FIRST_MDL(&buffer)          = &mdl;
    NET_BUFFER_CURRENT_MDL(&buffer)        = &mdl;
    NET_BUFFER_DATA_OFFSET(&buffer)        = static_cast<ULONG>(at.data);
    NET_BUFFER_CURRENT_MDL_OFFSET(&buffer) = static_cast<ULONG>(at.data);
    NET_BUFFER_DATA_LENGTH(&buffer)        = static_cast<ULONG>(at.end - at.data);
    NET_BUFFER_LIST list{};
    NET_BUFFER_LIST_FIRST_NB(&list) = &buffer;
    classify(world, {.direction       = FWP_DIRECTION_INBOUND,
                     .protocol        = protocol_udp,
                     .local_address   = read32(frame, at.ip + 16),
                     .remote_address  = read32(frame, at.ip + 12),
                     .local_port      = read16(frame, at.udp + 2),
                     .remote_port     = read16(frame, at.udp),
                     .interface_index = on->index,
                     .ip_header_bytes = static_cast<std::uint32_t>(at.udp - at.ip),
                     .list            = &list});
}

}  // namespace

void receive_frame(World& world, model::PortId port, std::span<const std::uint8_t> frame) {
    if (!world.filter_engine || world.filter_engine->registered.empty()) return;
    const auto at = headers_of(frame);
    if (!at) return;
    world.kernel.spawn({Role::work_item, ++world.ddi.work_items}, world.kernel.current().cpu,
                       dispatch_level,
                       [&world, port, at = *at,
                        bytes = std::vector<std::uint8_t>(frame.begin(), frame.end())]() mutable {
                           show(world, port, bytes, at);
                       });
}

}  // namespace interlock::harness
