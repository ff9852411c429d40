#pragma once

// What stands and what does not after some steps, as long as nobody refuses and everything ends.
// It helps to write sensible scenarios; what a switch may really do, the switch decides in a run.

#include <cstdint>
#include <map>
#include <string_view>

#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

enum class PlannedPhase : std::uint8_t { created, connected, disconnected };
enum class StackPhase : std::uint8_t { detached, paused, running };

struct PlannedNic {
    NicType      type  = NicType::synthetic;
    PlannedPhase phase = PlannedPhase::created;
};

struct PlannedPort {
    PortType                           type       = PortType::synthetic;
    bool                               validation = false;
    bool                               torn_down  = false;
    std::map<std::uint8_t, PlannedNic> nics;
    std::uint8_t                       properties = 0;  // A bit for each Property.
};

class Plan {
public:
    /// The state before the first step.
    explicit Plan(const Scenario& settings);

    /// Why a switch may not take this step now; empty if it may. Whether it is forced does not
    /// matter.
    std::string_view objection(const Step& step) const;

    /// Whether some step of that verb may be taken now, as far as a quick look tells. Never false
    /// where one may.
    bool may_come_to(Verb verb) const;

    /// Does what the step does. One that may not be taken changes nothing.
    void take(const Step& step);

    const std::map<model::PortId, PlannedPort>& ports() const {
        return all_ports;
    }
    StackPhase stack() const {
        return stack_phase;
    }
    bool active() const {
        return is_active;
    }
    bool is_open(std::uint8_t handle) const {
        return (open_handles >> handle & 1U) != 0;
    }

private:
    std::string_view port_objection(const Step& step) const;
    std::string_view create_port_objection(const Step& step) const;
    std::string_view nic_objection(const Step& step) const;
    std::string_view create_nic_objection(const Step& step) const;
    bool             some_nic(Verb verb) const;
    std::string_view request_objection(const Step& step) const;
    std::string_view send_objection(const Step& step) const;
    std::string_view stack_objection(const Step& step) const;
    std::string_view switch_property_objection(const Step& step) const;
    std::string_view device_objection(const Step& step) const;
    void             take_device_step(const Step& step);
    void             take_port_step(const Step& step);
    void             take_nic_step(const Step& step);
    void             take_switch_property(const Step& step);

    const PlannedPort* port(model::PortId id) const;
    const PlannedNic*  nic(model::PortId id, std::uint8_t index) const;
    bool               is_connected(model::PortId id, std::uint8_t index) const;
    bool               carries_packets(model::PortId id, std::uint8_t index) const;

    std::map<model::PortId, PlannedPort> all_ports;
    StackPhase                           stack_phase             = StackPhase::running;
    bool                                 is_active               = true;
    bool                                 knows_640               = true;  // Of NDIS.
    std::uint8_t                         switch_properties_there = 0;  // A bit for each instance,
    std::uint8_t                         switch_properties_gone  = 0;  // and of what was deleted.
    std::uint16_t                        open_handles            = 0;  // A bit for each.
};

}  // namespace interlock::harness
