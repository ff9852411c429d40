#pragma once

// What the switch itself promises to whoever is connected to it, checked on a run's trace and on
// the frames that came out. Not by the judge: this is a second pair of eyes, on the host.

#include <cstdint>
#include <string>
#include <vector>

#include "harness/stage.hpp"

namespace interlock::props {

/// A frame as it was delivered.
struct Delivery {
    model::PortId             port = 0;
    model::NicIndex           nic  = 0;
    std::vector<std::uint8_t> bytes;
};

/// How often each promise was put to the test.
struct Kept {
    std::uint64_t frames = 0, packets = 0, requests = 0;
};

/// The promises:
/// - an adapter gets frames only from the beginning of its connect to the end of its disconnect,
///   and no frame twice;
/// - what it gets is byte for byte what was sent;
/// - everything that was begun is finished, once: packets at either edge, and OID requests;
/// - at the end nothing is left that waits for anything.
/// @param deliveries  in order, as StageOptions::delivered was told of them.
/// @return which promise was broken, and how; empty if none was.
std::string broken_promise(const harness::Scenario&     scenario,
                           const harness::Performance&  performance,
                           const std::vector<Delivery>& deliveries, Kept& kept);

}  // namespace interlock::props
