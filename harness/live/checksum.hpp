#pragma once

#include <cstdint>
#include <span>

namespace interlock::harness {

/// Does what the sender left to the hardware: the Internet checksum (RFC 1071) of all from `start`
/// on, at `start + offset`, where the sum over the pseudo-header stands already.
/// @return false, and nothing is done, if that is not in the frame.
bool complete_checksum(std::span<std::uint8_t> frame, std::size_t start, std::size_t offset);

}  // namespace interlock::harness
