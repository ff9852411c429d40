#pragma once

// Frames from captures and into them: the classic pcap format, Ethernet only.
// Source: draft-ietf-opsawg-pcap.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/scenario/error.hpp"

namespace interlock::harness {

struct CapturedFrame {
    std::uint64_t             time_ns = 0;  // Since 1970; of a run, since its start.
    std::vector<std::uint8_t> bytes;
    std::uint32_t             bytes_on_wire = 0;  // More than there are `bytes` if it was cut.

    friend bool operator==(const CapturedFrame&, const CapturedFrame&) = default;
};

inline constexpr std::uint32_t frame_bytes_max = 262'144;  // As for tcpdump.

/// Reads both byte orders, in microseconds or nanoseconds.
/// @param file  named in errors.
std::variant<std::vector<CapturedFrame>, InputError> parse_pcap(std::span<const std::uint8_t> bytes,
                                                                std::string_view              file);
std::variant<std::vector<CapturedFrame>, InputError> read_pcap(const std::string& file);

/// Little-endian, in nanoseconds. parse_pcap(to_pcap(frames)) == frames.
/// @pre no frame has more than frame_bytes_max bytes, nor fewer on the wire than in it; times are
/// before the year 2106.
std::vector<std::uint8_t> to_pcap(std::span<const CapturedFrame> frames);

/// @return what went wrong, if anything.
std::optional<InputError> write_pcap(const std::string&             file,
                                     std::span<const CapturedFrame> frames);

}  // namespace interlock::harness
