#pragma once

// Every numeric field of an event, with its name in trace files and the value at which it is left
// out there. Both encodings of a trace go by this list, in this order.

#include <cstddef>
#include <cstdint>

#include "model/event.hpp"

namespace interlock::harness {

inline constexpr std::size_t numbers_of_an_event = 20;

/// Calls `visit(name, field, left_out)` for each.
template <typename AnyEvent, typename Visitor>
void visit_fields(AnyEvent& event, Visitor visit) {
    visit("step", event.step, 0);
    visit("module", event.module, model::host_module);
    visit("task", event.task, 0);
    visit("cpu", event.cpu, 0);
    visit("irql", event.irql, 0);
    visit("locks", event.locks, 0);
    visit("object", event.object, 0);
    visit("parent", event.parent, 0);
    visit("port", event.port, 0);
    visit("nic", event.nic, 0);
    visit("other_port", event.other_port, 0);
    visit("other_nic", event.other_nic, 0);
    visit("count", event.count, 0);
    visit("place", event.place, 0);
    visit("oid", event.oid, 0);
    visit("status", event.status, 0);
    visit("flags", event.flags, 0);
    visit("detail", event.detail, 0);
    visit("digest", event.digest, 0);
    visit("time_100ns", event.time_100ns, 0);
}

}  // namespace interlock::harness
