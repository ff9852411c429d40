#include "harness/vswitch/mac_table.hpp"

#include <algorithm>

namespace interlock::harness {

void MacTable::learn(std::uint64_t address, std::uint16_t vlan, Place place) {
    if (is_group(address)) return;
    const auto known = std::ranges::find_if(entries, [&](const Entry& entry) {
        return entry.address == address && entry.vlan == vlan;
    });
    if (known != entries.end()) {
        known->place = place;
    } else {
        entries.push_back({address, vlan, place});
    }
}

const MacTable::Place* MacTable::find(std::uint64_t address, std::uint16_t vlan) const {
    const auto known = std::ranges::find_if(entries, [&](const Entry& entry) {
        return entry.address == address && entry.vlan == vlan;
    });
    return known == entries.end() ? nullptr : &known->place;
}

void MacTable::forget(model::PortId port, model::NicIndex nic) {
    std::erase_if(entries, [&](const Entry& entry) {
        return entry.place.port == port && entry.place.nic == nic;
    });
}

}  // namespace interlock::harness
