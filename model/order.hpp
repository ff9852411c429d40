#pragma once

// What is certain of the order in which the events of a trace happened. A recorder on a real host
// knows of each thread what it did first; of two threads, only as exactly as their clocks agree and
// as it comes to write.

#include <cstdint>

#include "model/event.hpp"

namespace interlock::model {

/// Each task's own order, as the trace has it, is always certain.
struct PartialOrder {
    bool by_cpu    = false;  // So is each CPU's,
    bool by_object = false;  // and that of the events of one OID request or packet.

    /// Two events that nothing else orders, and whose times differ by no more than this, may have
    /// happened in either order.
    std::uint64_t skew_100ns = 0;

    friend bool operator==(const PartialOrder&, const PartialOrder&) = default;
};

/// Whether `first`, which stands before `second` in the trace, is certain to have happened before.
bool is_certain(const PartialOrder& order, const Event& first, const Event& second);

/// Whether two neighbours in a trace may change places and no judge can tell. Says so of packets
/// that are handed on by different tasks and have nothing to do with each other; of whatever else
/// it says no, also where that would do no harm.
bool may_swap(const Event& one, const Event& other);

/// Whether it may change places with all others of which this holds, too, but for those that are of
/// the same packet, or task.
bool stands_alone(const Event& event);

}  // namespace interlock::model
