#include "reports/pcapng_blocks.hpp"

#include <bit>

namespace interlock::reports {
namespace {

static_assert(std::endian::native == std::endian::little, "Blocks are written as they lie here.");

constexpr std::uint32_t section_block = 0x0A0D'0D0A, interface_block = 1, packet_block = 6;
constexpr std::uint32_t byte_order_magic   = 0x1A2B'3C4D;
constexpr std::uint16_t link_type_ethernet = 1;

// Options; each block has its own numbers, and 0 and 1 in common.
constexpr std::uint16_t option_end = 0, option_comment = 1;
constexpr std::uint16_t section_application = 4, interface_name = 2, interface_resolution = 9;
constexpr std::uint16_t packet_flags = 2;
constexpr char          of_100ns     = 7;  // 10^-7 s

template <typename Number>
void add(std::string& bytes, Number number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void pad(std::string& bytes) {
    bytes.append((4 - bytes.size() % 4) % 4, '\0');
}

void add_option(std::string& body, std::uint16_t code, std::string_view value) {
    constexpr std::size_t longest = 0xFFFC;
    value                         = value.substr(0, longest);
    add(body, code);
    add(body, static_cast<std::uint16_t>(value.size()));
    body += value;
    pad(body);
}

/// Its length stands before and behind it.
void add_block(std::string& bytes, std::uint32_t type, std::string body) {
    add(body, option_end);
    add(body, std::uint16_t{0});
    const auto length = static_cast<std::uint32_t>(body.size() + 3 * sizeof(std::uint32_t));
    add(bytes, type);
    add(bytes, length);
    bytes += body;
    add(bytes, length);
}

}  // namespace

PcapngFile::PcapngFile(std::string_view comment) {
    std::string body;
    add(body, byte_order_magic);
    add(body, std::uint16_t{1});  // Version 1.0
    add(body, std::uint16_t{0});
    add(body, ~std::uint64_t{0});  // As long as it is.
    add_option(body, option_comment, comment);
    add_option(body, section_application, "Interlock");
    add_block(written, section_block, body);
}

std::uint32_t PcapngFile::add_interface(std::string_view name) {
    std::string body;
    add(body, link_type_ethernet);
    add(body, std::uint16_t{0});
    add(body, std::uint32_t{0});  // No limit to a packet's length.
    add_option(body, interface_name, name);
    add_option(body, interface_resolution, std::string_view(&of_100ns, 1));
    add_block(written, interface_block, body);
    return interfaces++;
}

void PcapngFile::add_packet(const PcapngPacket& packet) {
    const auto  length = static_cast<std::uint32_t>(packet.bytes.size());
    std::string body;
    add(body, packet.interface);
    add(body, static_cast<std::uint32_t>(packet.time_100ns >> 32));
    add(body, static_cast<std::uint32_t>(packet.time_100ns));
    add(body, length);  // Captured, and on the wire.
    add(body, length);
    body.append(packet.bytes.begin(), packet.bytes.end());
    pad(body);
    add_option(body, option_comment, packet.comment);
    const std::uint32_t flags = packet.direction;
    if (flags != 0)
        add_option(body, packet_flags, {reinterpret_cast<const char*>(&flags), sizeof flags});
    add_block(written, packet_block, body);
}

}  // namespace interlock::reports
