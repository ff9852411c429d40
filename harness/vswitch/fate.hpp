#pragma once

// What becomes of the packets that the switch brings in.

#include <array>
#include <cstddef>
#include <cstdint>

namespace interlock::harness {

/// As far as a packet of the switch's own has come: the last that holds.
enum class Fate : std::uint8_t {
    kept_above,     // No extension has passed it on to the lower end.
    unaddressed,    // It came there without a destination, and the switch knew none either.
    kept_below,     // It was turned round, and no extension has passed it on to the upper end.
    not_delivered,  // It came there, but none of its destinations was connected any more.
    delivered,      // At least one adapter has it.
};
inline constexpr std::size_t fate_count = static_cast<std::size_t>(Fate::delivered) + 1;

/// How many packets are finished, and how they came to that.
struct FinishedPackets {
    std::array<std::uint64_t, fate_count> by_fate = {};  // By Fate; none of those below.
    std::uint64_t cloned = 0;  // Not delivered itself, but an extension has made clones of it.
};

}  // namespace interlock::harness
