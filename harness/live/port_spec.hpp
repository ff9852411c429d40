#pragma once

// A port of the live switch as the command line says it: "vm1=tap:tap0,steady".

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "harness/scenario/error.hpp"
#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

enum class WireKind : std::uint8_t {
    tap,     // A TAP device, made if there is none of that name. What is behind it is our peer.
    veth,    // One end of a veth pair.
    packet,  // Any interface: all that it receives comes in, all that goes out it sends.
    pcap,    // A capture is played, in its own time; what is delivered is written to another.
    none,    // Nothing. What is delivered there is nobody's.
};

/// Whether the churn driver may take a port down.
enum class Churned : std::uint8_t { yes, no };

/// What of a port lives as long as its link.
enum class LinkBears : std::uint8_t {
    connection,  // That of its adapter.
    port,        // Adapter and port as a whole.
    machine,     // The same, as when a virtual machine starts and stops: the connection begins with
                 // the first frame, which shows that the guest has a driver that works.
};

struct PortSpec {
    std::string text;  // As it was given.
    std::string name;
    WireKind    kind = WireKind::none;
    std::string target;  // The interface, or the capture to play; may be empty with `out`.
    std::string out;     // The capture to write; empty: none.
    PortType    type    = PortType::synthetic;
    Churned     churned = Churned::yes;
    LinkBears   bears   = LinkBears::connection;
};

/// "<name>=<kind>:<target>[,type=<port type>][,steady][,guest][,out=<file>]". The port `up` is
/// external, unless it says otherwise.
std::variant<PortSpec, InputError> parse_port_spec(std::string_view text);

}  // namespace interlock::harness
