#pragma once

// Questions and orders to the system about one of its network interfaces, by name, in the network
// namespace in which they are asked.

#include <string>

namespace interlock::harness {

/// @return its index, or 0 if there is none of that name.
unsigned index_of_interface(const std::string& name);

/// Whether it is up and has a peer: IFF_UP and IFF_RUNNING. False if there is none.
bool interface_runs(const std::string& name);

/// @return whether it is up now.
bool bring_interface_up(const std::string& name);

/// What its driver calls itself, "veth"; empty if nobody says.
std::string driver_of_interface(const std::string& name);

}  // namespace interlock::harness
