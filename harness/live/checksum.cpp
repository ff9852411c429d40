#include "harness/live/checksum.hpp"

namespace interlock::harness {

bool complete_checksum(std::span<std::uint8_t> frame, std::size_t start, std::size_t offset) {
    if (start > frame.size() || offset + 2 > frame.size() - start) return false;
    std::uint64_t sum = 0;
    for (std::size_t at = start; at < frame.size(); at += 2) {
        const std::uint32_t low = at + 1 < frame.size() ? frame[at + 1] : 0;
        sum += std::uint32_t{frame[at]} << 8 | low;
    }
    while (sum >> 16 != 0)
        sum = (sum & 0xFFFF) + (sum >> 16);
    // Of the two zeroes there are, this one says that there is a checksum (RFC 768).
    const auto value          = static_cast<std::uint16_t>(sum == 0xFFFF ? 0xFFFF : ~sum);
    frame[start + offset]     = static_cast<std::uint8_t>(value >> 8);
    frame[start + offset + 1] = static_cast<std::uint8_t>(value);
    return true;
}

}  // namespace interlock::harness
