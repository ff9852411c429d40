#pragma once

// What a step of a world touched, as far as it is known: nothing but memory of the one extension
// whose code ran, or everything.

#include "harness/sched/exhaustive.hpp"

namespace interlock::harness {

/// Of the world of this thread. A step touches nothing but its extension's memory if it began in
/// the extension's code at a call that only locks, came to its next place there, let no time pass,
/// and wrote no event to the trace. It touches nothing but what the switch has if it began and
/// ended in code of the switch and no extension's code ran. Any other touches everything.
///
/// For the switch and an extension have memory in common, such as packets, this holds only where
/// an extension writes to none that it has handed on. One that does has a data race there; the
/// schedules that are pruned are then not proven.
FootprintOf world_footprint();

}  // namespace interlock::harness
