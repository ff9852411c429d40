#pragma once

// Which adapter a MAC address was last seen at, per VLAN. What the switch forwards by when no
// extension does.

#include <cstdint>
#include <unordered_map>

#include "model/event.hpp"

namespace interlock::harness {

class MacTable {
public:
    struct Place {
        model::PortId   port = 0;
        model::NicIndex nic  = 0;
    };

    void begin() {
        entries.clear();
    }

    /// @param address  as a number; group addresses are not learnt, nor is more than there is room
    ///                 for: what it does not know, the switch floods.
    void learn(std::uint64_t address, std::uint16_t vlan, Place place);

    /// @return nullptr when it was never seen, or its adapter went away.
    const Place* find(std::uint64_t address, std::uint16_t vlan) const;

    /// Forgets every address seen at that adapter.
    void forget(model::PortId port, model::NicIndex nic);

private:
    static constexpr std::size_t entries_max = 16'384;

    /// An address has 48 bits, a VLAN 12.
    static std::uint64_t key(std::uint64_t address, std::uint16_t vlan) {
        return address << 12 | vlan;
    }

    // Asked by key only, so that its order decides nothing.
    std::unordered_map<std::uint64_t, Place> entries;
};

/// The group bit of an Ethernet address: multicast or broadcast.
constexpr bool is_group(std::uint64_t address) {
    return (address >> 40 & 1) != 0;
}

}  // namespace interlock::harness
