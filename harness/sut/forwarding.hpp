#pragma once

// How much of what it is offered a switch forwards, while nothing else happens and while other
// ports come and go. After RFC 2889, 5.1: frames of 64 bytes, learnt addresses, offered loads given
// in frames a second; between ports 0 and 1, in both directions. Ports 2 and 3 come and go.

#include <chrono>

#include "harness/sut/switch_under_test.hpp"

namespace interlock::harness {

struct OfferedLoad {
    double                    frames_per_s = 0;  // Of both directions together.
    std::chrono::milliseconds time{500};
    double                    lives_per_s = 0;  // Ports made and deleted again meanwhile.
};

struct Forwarded {
    std::uint64_t sent    = 0;  // Accepted by the switch, or by the wire in front of it.
    std::uint64_t arrived = 0;  // By the time that nothing more came.
    std::uint64_t lives   = 0;
    double        seconds = 0;   // How long was sent.
    SutTrouble    trouble = {};  // Of a port that was to come or go.

    double rate() const {
        return seconds > 0 ? static_cast<double>(arrived) / seconds : 0;
    }
    double loss() const {
        return sent > 0 ? 1.0 - static_cast<double>(arrived) / static_cast<double>(sent) : 0;
    }
};

/// @pre nothing is plugged in; and so it is behind it
Forwarded forward(SwitchUnderTest& tested, const OfferedLoad& load);

}  // namespace interlock::harness
