#pragma once

// What goes with what, among the types of ports and adapters.

#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

/// A guest's own adapter, which may be saved and restored, and has a VM behind it.
constexpr bool is_guest(NicType type) {
    return type == NicType::synthetic || type == NicType::emulated;
}

/// Whether adapters of this type go on ports of that type; the two are numbered differently.
/// Source: ne-ntddndis-_ndis_switch_port_type, PORT-12.
constexpr bool fits(NicType nic, PortType port) {
    switch (port) {
        case PortType::generic:
            return true;
        case PortType::external:
            return nic == NicType::external;
        case PortType::synthetic:
            return nic == NicType::synthetic;
        case PortType::emulated:
            return nic == NicType::emulated;
        case PortType::internal:
            return nic == NicType::internal;
    }
    return false;
}

/// The adapter that belongs on such a port: on a generic one, a synthetic one.
constexpr NicType nic_type_for(PortType port) {
    switch (port) {
        case PortType::external:
            return NicType::external;
        case PortType::emulated:
            return NicType::emulated;
        case PortType::internal:
            return NicType::internal;
        default:
            return NicType::synthetic;
    }
}

}  // namespace interlock::harness
