#pragma once

// What a generator may know of the extensions that its scenarios are for.

#include <cstdint>
#include <vector>

namespace interlock::harness {

struct KnownDevices {
    bool                       any   = false;  // Some extension makes device objects.
    std::vector<std::uint32_t> codes = {};     // I/O control codes that they seem to know

    /// Whether steps for devices make sense.
    explicit operator bool() const {
        return any;
    }
};

}  // namespace interlock::harness
