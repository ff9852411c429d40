// pcapng: a section, an interface for each adapter, and a packet for each event of one.

#include <bit>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "model/judge.hpp"
#include "reports/export_forms.hpp"
#include "reports/lanes.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Event;
using Nic = std::pair<model::PortId, model::NicIndex>;

static_assert(std::endian::native == std::endian::little, "Blocks are written as they lie here.");

constexpr std::uint32_t section_block = 0x0A0D'0D0A, interface_block = 1, packet_block = 6;
constexpr std::uint32_t byte_order_magic = 0x1A2B'3C4D;
constexpr std::uint16_t link_type_ethernet = 1;

// Options; each block has its own numbers, and 0 and 1 in common.
constexpr std::uint16_t option_end = 0, option_comment = 1;
constexpr std::uint16_t section_application = 4, interface_name = 2, interface_resolution = 9;
constexpr std::uint16_t packet_flags = 2;
constexpr std::uint32_t inbound = 1, outbound = 2;
constexpr char          of_100ns = 7;  // 10^-7 s

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

void add_section(std::string& bytes) {
    std::string body;
    add(body, byte_order_magic);
    add(body, std::uint16_t{1});  // Version 1.0
    add(body, std::uint16_t{0});
    add(body, ~std::uint64_t{0});  // As long as it is.
    add_option(body, option_comment,
               "Recorded by calls, not by contents: packets have no bytes, comments say what "
               "happened to them.");
    add_option(body, section_application, "Interlock");
    add_block(bytes, section_block, body);
}

void add_interface(std::string& bytes, const Nic& nic) {
    std::string body;
    add(body, link_type_ethernet);
    add(body, std::uint16_t{0});
    add(body, std::uint32_t{0});  // No limit to a packet's length.
    add_option(body, interface_name, "nic " + nic_name(nic.first, nic.second));
    add_option(body, interface_resolution, std::string_view(&of_100ns, 1));
    add_block(bytes, interface_block, body);
}

bool tells_of_a_packet(const Event& event) {
    return event.phase == model::Phase::enter && event.object != 0 &&
           topic_of(event.call) == Topic::packet;
}

/// The adapter at which it is seen: its destination as it is delivered, else its source.
Nic nic_of(const Event& event) {
    if (event.call == model::Call::ProtocolEdgeDeliver) return {event.other_port, event.other_nic};
    return {event.port, event.nic};
}

std::uint32_t direction_of(const Event& event) {
    if (event.call == model::Call::ProtocolEdgeSend) return inbound;
    return event.call == model::Call::ProtocolEdgeDeliver ? outbound : 0;
}

std::string comment(const Result& result, std::size_t place) {
    const Event& event = result.trace[place];
    std::string  text  = fmt::format("#{} {}: {}", result.first_event + place,
                                     module_name(result, event.module), in_words(event));
    for (const model::Violation& violation : result.verdict.violations)
        if (violation.at == place)
            text += fmt::format("; {} broken: {}", model::rules()[violation.rule].id,
                                violation.what);
    return text;
}

void add_packet(std::string& bytes, const Result& result, std::size_t place,
                std::uint32_t interface) {
    const Event& event = result.trace[place];
    std::string  body;
    add(body, interface);
    add(body, static_cast<std::uint32_t>(event.time_100ns >> 32));
    add(body, static_cast<std::uint32_t>(event.time_100ns));
    add(body, std::uint32_t{0});  // Captured, and on the wire: nobody knows.
    add(body, std::uint32_t{0});
    add_option(body, option_comment, comment(result, place));
    const std::uint32_t flags = direction_of(event);
    if (flags != 0)
        add_option(body, packet_flags, {reinterpret_cast<const char*>(&flags), sizeof flags});
    add_block(bytes, packet_block, body);
}

}  // namespace

std::string pcapng_bytes(const Result& result) {
    std::map<Nic, std::uint32_t> interfaces;
    for (const Event& event : result.trace)
        if (tells_of_a_packet(event)) interfaces[nic_of(event)];
    std::string bytes;
    add_section(bytes);
    std::uint32_t number = 0;
    for (auto& [nic, interface] : interfaces) {
        interface = number++;
        add_interface(bytes, nic);
    }
    for (std::size_t place = 0; place < result.trace.size(); ++place)
        if (tells_of_a_packet(result.trace[place]))
            add_packet(bytes, result, place, interfaces[nic_of(result.trace[place])]);
    return bytes;
}

}  // namespace interlock::reports
