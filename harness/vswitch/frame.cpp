#include "harness/vswitch/frame.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "harness/vswitch/switch_state.hpp"

namespace interlock::harness {
namespace {

MacAddress target(const Step& step, model::PortId from_port) {
    switch (step.towards) {
        case Towards::everyone:
            return {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
        case Towards::group:
            return {0x01, 0x00, 0x5E, 0x00, 0x00, 0x05};
        case Towards::nobody:
            return {0x02, 0xDE, 0xAD, 0x00, 0x00, 0x01};
        default:
            break;
    }
    // In a mixed list the other source answers the first.
    if (from_port == step.other_port && from_port != step.port) return mac_of(step.port, step.nic);
    return mac_of(step.other_port, step.other_nic);
}

constexpr std::size_t period = 256;

/// Each byte is seven more than the one before it; so each value comes once in a period.
constexpr auto pattern = [] {
    std::array<std::uint8_t, 2 * period> bytes{};
    for (std::size_t at = 0; at < bytes.size(); ++at)
        bytes[at] = static_cast<std::uint8_t>(7 * at);
    return bytes;
}();

/// Goes on with the pattern behind its byte `last`.
void fill_up(std::vector<std::uint8_t>& frame, std::size_t bytes, std::uint8_t last) {
    constexpr unsigned inverse_of_7 = 183;  // Modulo 256.
    const std::size_t  behind       = last * inverse_of_7 % period + 1;
    const auto         all          = std::span(pattern).subspan(behind, period);
    while (frame.size() < bytes) {
        const auto more = all.first(std::min(period, bytes - frame.size()));
        frame.insert(frame.end(), more.begin(), more.end());
    }
}

}  // namespace

void write_frame(std::vector<std::uint8_t>& frame, const Step& step, model::PortId from_port,
                 model::NicIndex from_nic, std::uint8_t place) {
    const MacAddress to   = target(step, from_port);
    const MacAddress from = mac_of(from_port, from_nic);
    frame.assign(to.begin(), to.end());
    frame.insert(frame.end(), from.begin(), from.end());
    if (step.tag_in_frame && step.vlan != 0) {
        frame.insert(frame.end(), {0x81, 0x00, static_cast<std::uint8_t>(step.vlan >> 8),
                                   static_cast<std::uint8_t>(step.vlan)});
    }
    const std::uint16_t type = ether_type(step.payload);
    frame.insert(frame.end(),
                 {static_cast<std::uint8_t>(type >> 8), static_cast<std::uint8_t>(type), place});
    fill_up(frame, step.bytes, place);
    frame.resize(std::max<std::size_t>(step.bytes, 14));
}

}  // namespace interlock::harness
