#pragma once

// Which adapter a MAC address was last seen at, per VLAN. What the switch forwards by when no
// extension does.

#include <cstdint>
#include <vector>

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

    /// @param address  as a number; group addresses are not learnt.
    void learn(std::uint64_t address, std::uint16_t vlan, Place place);

    /// @return nullptr when it was never seen, or its adapter went away.
    const Place* find(std::uint64_t address, std::uint16_t vlan) const;

    /// Forgets every address seen at that adapter.
    void forget(model::PortId port, model::NicIndex nic);

private:
    struct Entry {
        std::uint64_t address = 0;
        std::uint16_t vlan    = 0;
        Place         place;
    };
    std::vector<Entry> entries;  // Few: searched from the newest.
};

/// The group bit of an Ethernet address: multicast or broadcast.
constexpr bool is_group(std::uint64_t address) {
    return (address >> 40 & 1) != 0;
}

}  // namespace interlock::harness
