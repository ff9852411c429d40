#pragma once

// What the switch itself knows of its ports and adapters. This is the switch's own bookkeeping, by
// which it keeps its obligations; the judge keeps its own and does not look here.

#include <array>
#include <cstdint>
#include <vector>

#include "harness/scenario/scenario.hpp"
#include "model/event.hpp"

namespace interlock::harness {

using MacAddress = std::array<std::uint8_t, 6>;

enum class PortPhase : std::uint8_t {
    absent,
    creating,
    created,
    tearing_down,
    torn_down,
    deleting
};

enum class NicPhase : std::uint8_t {
    absent,
    creating,
    created,
    connecting,
    connected,
    disconnecting,
    disconnected,
    deleting,
};

struct SwitchNic {
    model::NicIndex index  = 0;
    NicType         type   = NicType::synthetic;
    NicPhase        phase  = NicPhase::absent;
    bool            usable = false;  // Connected at the miniport edge: may be referenced.
    MacAddress      mac{};
    std::uint32_t   packets     = 0;  // That name it as source or committed destination.
    std::uint32_t   oids        = 0;  // Outstanding, that name it.
    std::uint32_t   incarnation = 0;
    std::array<std::uint16_t, model::modules_max> references{};

    bool exists() const {
        return phase != NicPhase::absent;
    }
    std::uint32_t referenced() const;
};

struct SwitchPort {
    model::PortId id            = 0;
    PortType      type          = PortType::synthetic;
    PortPhase     phase         = PortPhase::absent;
    bool          usable        = false;  // Created at the miniport edge: may be referenced.
    bool          validation    = false;
    std::uint32_t oids          = 0;   // Outstanding, that target the port.
    std::uint16_t vlan          = 0;   // Its VLAN property, as the switch holds it.
    bool          properties[6] = {};  // Which were added, by Property.
    std::array<std::uint16_t, model::modules_max> references{};
    std::vector<SwitchNic>                        nics;  // In order of creation.

    std::uint32_t referenced() const;
    bool          has_nic() const;

    /// False of an external port below which adapters are bound, but none is being connected or
    /// is: then nothing comes in over it. PHY-03.
    bool is_operational() const;
};

/// Ports and adapters, found by their numbers. Keeps its memory over `begin`.
class SwitchState {
public:
    void begin();

    /// @return the port of that id, in whatever phase, or nullptr if there never was one.
    SwitchPort* port(model::PortId id);
    SwitchNic*  nic(model::PortId id, model::NicIndex index);

    /// The same, made (absent) if need be.
    SwitchPort& port_to_be(model::PortId id);
    SwitchNic&  nic_to_be(model::PortId id, model::NicIndex index);

    /// All ports, in order of first creation.
    std::vector<SwitchPort>& ports() {
        return all;
    }
    const std::vector<SwitchPort>& ports() const {
        return all;
    }

    /// The port that external traffic uses, if one exists.
    SwitchPort* external_port();

    bool active = false;

    // Custom properties of the switch, by their instance: which it has, as far as it told of them,
    // and which it had.
    std::array<bool, 8> has_property{};
    std::array<bool, 8> lost_property{};

private:
    std::vector<SwitchPort>                 all;
    std::vector<std::vector<SwitchNic>>     spare;    // Memory of ports of earlier runs.
    std::array<std::int16_t, ports_max + 2> place{};  // Place in `all` + 1, by port id.
};

/// The address the switch gives the adapter at (port, index): locally administered, never a group.
MacAddress mac_of(model::PortId port, model::NicIndex index);

}  // namespace interlock::harness
