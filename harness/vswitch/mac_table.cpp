#include "harness/vswitch/mac_table.hpp"

namespace interlock::harness {

void MacTable::learn(std::uint64_t address, std::uint16_t vlan, Place place) {
    if (is_group(address)) return;
    const auto known = entries.find(key(address, vlan));
    if (known != entries.end()) {
        known->second = place;
    } else if (entries.size() < entries_max) {
        entries.emplace(key(address, vlan), place);
    }
}

const MacTable::Place* MacTable::find(std::uint64_t address, std::uint16_t vlan) const {
    const auto known = entries.find(key(address, vlan));
    return known == entries.end() ? nullptr : &known->second;
}

void MacTable::forget(model::PortId port, model::NicIndex nic) {
    std::erase_if(entries, [&](const auto& entry) {
        return entry.second.port == port && entry.second.nic == nic;
    });
}

}  // namespace interlock::harness
