#include "harness/vswitch/switch_state.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "harness/check.hpp"

namespace interlock::harness {
namespace {

constexpr std::size_t indices_max = 256;  // More than a scenario can say, forced or not.

std::uint32_t sum(const std::array<std::uint16_t, model::modules_max>& references) {
    return std::accumulate(references.begin(), references.end(), std::uint32_t{0});
}

}  // namespace

std::uint32_t SwitchNic::referenced() const {
    return sum(references);
}

std::uint32_t SwitchPort::referenced() const {
    return sum(references);
}

bool SwitchPort::has_nic() const {
    return std::ranges::any_of(nics, &SwitchNic::exists);
}

void SwitchState::begin() {
    for (SwitchPort& port : all) {
        port.nics.clear();
        spare.push_back(std::move(port.nics));
    }
    all.clear();
    place.fill(0);
    active = false;
    has_property.fill(false);
    lost_property.fill(false);
}

SwitchPort* SwitchState::port(model::PortId id) {
    if (id >= place.size() || place[id] == 0) return nullptr;
    return &all[static_cast<std::size_t>(place[id]) - 1];
}

SwitchNic* SwitchState::nic(model::PortId id, model::NicIndex index) {
    SwitchPort* const on = port(id);
    if (!on) return nullptr;
    const auto found = std::ranges::find(on->nics, index, &SwitchNic::index);
    return found == on->nics.end() ? nullptr : &*found;
}

SwitchPort& SwitchState::port_to_be(model::PortId id) {
    if (SwitchPort* const known = port(id)) return *known;
    check(id < place.size(), "a port id beyond what a scenario can say");
    if (all.capacity() == 0) all.reserve(place.size());  // Pointers to ports stay good in a run.
    SwitchPort& made = all.emplace_back();
    made.id          = id;
    place[id]        = static_cast<std::int16_t>(all.size());
    if (!spare.empty()) {
        made.nics = std::move(spare.back());
        spare.pop_back();
    }
    return all.back();
}

SwitchNic& SwitchState::nic_to_be(model::PortId id, model::NicIndex index) {
    if (SwitchNic* const known = nic(id, index)) return *known;
    auto& nics = port_to_be(id).nics;
    if (nics.capacity() == 0) nics.reserve(indices_max);  // Likewise for adapters.
    nics.push_back({.index = index});
    return nics.back();
}

bool SwitchPort::is_operational() const {
    const auto is_bound = [](const SwitchNic& nic) { return nic.index > 0 && nic.exists(); };
    const auto is_up    = [&](const SwitchNic& nic) {
        return is_bound(nic) &&
               (nic.phase == NicPhase::connecting || nic.phase == NicPhase::connected);
    };
    return std::ranges::none_of(nics, is_bound) || std::ranges::any_of(nics, is_up);
}

SwitchPort* SwitchState::external_port() {
    const auto is_external = [](const SwitchPort& port) {
        return port.type == PortType::external && port.phase == PortPhase::created &&
               !port.validation;
    };
    const auto found = std::ranges::find_if(all, is_external);
    return found == all.end() ? nullptr : &*found;
}

MacAddress mac_of(model::PortId port, model::NicIndex index) {
    return {0x02,
            0x15,
            0x5D,
            static_cast<std::uint8_t>(index),
            static_cast<std::uint8_t>(port >> 8),
            static_cast<std::uint8_t>(port)};
}

}  // namespace interlock::harness
