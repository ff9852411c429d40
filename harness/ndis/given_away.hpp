#pragma once

// What an extension gave away and may not touch. Page: sending-data-from-a-filter-driver, "Send
// Requests Initiated by a Filter Driver".

#include <cstdint>

#include "harness/ndis/packet.hpp"

namespace interlock::harness {

/// A module has handed it on: until somebody gets it, nobody changes its status and where it points
/// to, nor, where no other NBL shows the same bytes, its data. What is written into its information
/// out of band, its scratch and its context is not looked at.
void give_away(Packet& packet, model::ModuleId by);

/// Takes the sum of it, where there is none yet: from now on somebody could change it.
void sum_up(Packet& packet);

/// Whether it was changed since it was summed up.
bool is_touched(const Packet& packet);

/// Somebody owns it from now on. @return whether it was changed meanwhile.
bool take_up(Packet& packet);

/// Whether some of these bytes belong to a packet that was given away, or that is finished, and
/// that nobody has just now. Of an extension's NBL: only where it points to, and its status.
bool is_of_given(const Packet& packet, const void* memory, std::size_t bytes);

/// A packet of the switch's own was taken back: nobody has it, and nobody changes any of it.
void keep_remains(Packet& packet);

}  // namespace interlock::harness
