#pragma once

// What an answered OID_SWITCH_PORT_ARRAY or OID_SWITCH_NIC_ARRAY lists, as one number: the sum of
// those of its elements, so that their order does not matter.

#include <cstdint>

#include "model/event.hpp"

namespace interlock::model {

constexpr std::uint32_t listed(PortId port, NicIndex nic) {
    const std::uint64_t key   = std::uint64_t{port} << 16 | nic;
    const std::uint64_t mixed = (key + 1) * 0x9E37'79B9'7F4A'7C15;
    return static_cast<std::uint32_t>(mixed >> 32) | 1U;
}

}  // namespace interlock::model
