#pragma once

// Two computers and a wire between them: network namespaces of two processes. Nothing of it is
// outside, and all of it goes when the processes end, however they do.

#include <stdexcept>
#include <string>
#include <vector>

#include "harness/pcap.hpp"

namespace interlock::props::real_frames {

/// Something the machine does not let us do, which is no fault: no rights, no `ip`, no veth.
struct NotHere : std::runtime_error {
    using runtime_error::runtime_error;
};

// The two sides. Each knows its own end of the wire by the same name.
inline constexpr const char* wire_name    = "wire";
inline constexpr const char* near_address = "10.77.0.1";
inline constexpr const char* far_address  = "10.77.0.2";

/// Puts this process into a new network namespace.
void leave_the_network();

/// Puts the wire between this process and another, each in a namespace of its own.
/// @pre the other one has left the network
void lay_wire_to(int other_process);

/// Gives this side's end of the wire its address, and switches it on. What is sent is then as it
/// is on a real wire: with checksums, and no frame longer than the MTU.
void switch_on(const char* address);

/// Hears everything on this side's end of the wire, in both directions, from now on.
class Ear {
public:
    Ear();
    ~Ear();
    Ear(const Ear&)            = delete;
    Ear& operator=(const Ear&) = delete;

    /// What was on the wire until now, in order.
    std::vector<harness::CapturedFrame> heard() const;

private:
    int socket = -1;
};

/// @throws std::system_error  named after what was done
int must(int result, const std::string& what);

}  // namespace interlock::props::real_frames
