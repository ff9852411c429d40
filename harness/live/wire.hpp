#pragma once

// What a port of the live switch is plugged into: a TAP device, an interface of this machine, or
// captures. Frames are whole Ethernet frames without the FCS; a VLAN tag is in the frame.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "harness/kernel/kernel.hpp"
#include "harness/live/port_spec.hpp"
#include "harness/scenario/error.hpp"

namespace interlock::harness {

using Frame = std::span<const std::uint8_t>;

/// The longest frame that is taken: 9000 bytes of payload, header and two tags.
inline constexpr std::size_t live_frame_bytes_max  = 9022;
inline constexpr std::size_t ethernet_header_bytes = 14;

/// So many frames are taken or given at a time.
inline constexpr std::size_t wire_batch = 64;

/// Why a frame was lost outside of the switch.
enum class Loss : std::uint8_t {
    too_short,  // In: fewer bytes than an Ethernet header has.
    too_long,   // In or out: more than `live_frame_bytes_max`.
    offloaded,  // In: several segments in one, which whoever sent it left to the hardware.
    overrun,    // In: the system had no room to keep it until we came.
    no_room,    // Out: the system takes no more just now.
    refused,    // Out: the interface is down or gone, or does not take such a frame.
};
inline constexpr std::size_t loss_count = static_cast<std::size_t>(Loss::refused) + 1;

struct WireCounts {
    std::uint64_t                         received = 0, received_bytes = 0;  // Given to the switch.
    std::uint64_t                         sent = 0, sent_bytes = 0;
    std::array<std::uint64_t, loss_count> lost = {};  // By Loss.

    void receive(std::size_t bytes) {
        ++received;
        received_bytes += bytes;
    }
    void send(std::size_t bytes) {
        ++sent;
        sent_bytes += bytes;
    }
    void lose(Loss why, std::uint64_t frames = 1) {
        lost[static_cast<std::size_t>(why)] += frames;
    }
};

class Wire {
public:
    virtual ~Wire() = default;

    /// Is readable when there are frames. -1: there is nothing to wait for but `due`.
    virtual int descriptor() const = 0;

    /// When frames come by themselves.
    virtual Time100ns due() const {
        return ~Time100ns{0};
    }

    /// Up to `wire_batch` frames that are there; valid until the next call.
    virtual std::span<const Frame> receive(Time100ns now) = 0;

    /// Gives a frame, at the next `flush` at the latest.
    virtual void send(Frame frame) = 0;
    virtual void flush()           = 0;

    /// Nothing is received or sent from here on: all that was is out when it returns.
    virtual void close() {
        flush();
    }

    /// Whether the other end is there.
    virtual bool has_link() {
        return true;
    }

    /// Valid until the next call.
    virtual const WireCounts& counts() = 0;
};

/// @param start_ns  since 1970: when the run began, for captures.
std::variant<std::unique_ptr<Wire>, InputError> open_wire(const PortSpec& spec,
                                                          std::uint64_t   start_ns);

// Each kind, in a file of its own. What is wrong is told with `spec.text`.
std::variant<std::unique_ptr<Wire>, InputError> open_tap(const PortSpec& spec);
std::variant<std::unique_ptr<Wire>, InputError> open_packet_socket(const PortSpec& spec);
std::variant<std::unique_ptr<Wire>, InputError> open_captures(const PortSpec& spec,
                                                              std::uint64_t   start_ns);

}  // namespace interlock::harness
