#pragma once

// What packets look like, by chance.

#include <cstdint>

#include "harness/scenario/chance.hpp"
#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

/// How often, in percent, packets are other than the plainest in one way or another. As it stands:
/// the usual.
struct Shapes {
    std::uint8_t  several      = 40;    // Two to eight in a list,
    std::uint8_t  full         = 5;     // or as many as one takes.
    std::uint8_t  buffers      = 25;    // More than one NET_BUFFER.
    std::uint8_t  mdls         = 25;    // More than one MDL.
    std::uint8_t  lengths      = 50;    // Another than 64 bytes,
    std::uint16_t bytes_max    = 9014;  // but no longer than this.
    std::uint8_t  vlan         = 25;
    std::uint8_t  payload      = 30;
    std::uint8_t  tag_in_frame = 40;
    std::uint8_t  at_dispatch  = 20;
    std::uint8_t  mixed        = 15;
    std::uint8_t  native       = 10;
    std::uint8_t  id           = 15;
};

/// For one scenario: most as usual, except some that never come up, or four times as often.
Shapes swarm_shapes(Chance& chance);

/// The fields of a `send` but for whom it is from and to.
void shape_packets(Step& step, const Shapes& shapes, Chance& chance);

/// Few, so that they meet.
std::uint8_t likely_id(Chance& chance);

}  // namespace interlock::harness
