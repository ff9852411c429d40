#pragma once

// What the file of an extension says, before it is loaded, about devices that it will make.

#include <span>
#include <string>

#include "harness/scenario/known_devices.hpp"

namespace interlock::harness {

/// Whether one of these modules calls a function that makes a device object, and numbers in their
/// code that look like I/O control codes: what they compare IoControlCode with is among them.
/// @param modules  paths; one that cannot be read says nothing.
KnownDevices known_devices(std::span<const std::string> modules);

}  // namespace interlock::harness
