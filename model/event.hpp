#pragma once

// What can be seen at the edges of an extension: one event for each call that crosses one, and one
// for its return. A trace is a vector of these in one total order; the judge sees nothing else.
//
// Which calls there are, and which fields each fills: model/call.hpp.

#include <cstddef>
#include <cstdint>

#include "model/call.hpp"

namespace interlock::model {

using PortId   = std::uint32_t;  // NDIS_SWITCH_PORT_ID; 0 is the default port, never a real one.
using NicIndex = std::uint16_t;  // NDIS_SWITCH_NIC_INDEX; 0 is the adapter on the port itself.
using ObjectId = std::uint32_t;  // An OID request, an NBL, an IRP ... Never reused; 0 is none.
using Oid      = std::uint32_t;  // NDIS_OID
using Status   = std::uint32_t;  // NDIS_STATUS
using ModuleId = std::uint8_t;   // Place in the stack: 0 is next to the protocol edge.

inline constexpr ModuleId host_module = 0xFF;  // The event is the switch's own.
inline constexpr ModuleId modules_max = 8;

enum class Phase : std::uint8_t { enter, leave };

/// Where in the stack an extension belongs. Source: hyper-v-extensible-switch-components.
enum class ExtensionClass : std::uint8_t { unknown, capturing, filtering, forwarding };

/// How a run ended. Only `complete` lets a verdict say "conforms".
enum class RunEnd : std::uint8_t { complete, step_budget, time_budget, abandoned };

/// What an extension did to memory, locks or IRQL that no kernel forgives; the runtime saw it.
enum class Misuse : std::uint8_t {
    none,
    freed_twice,            // Memory, an NBL or a clone: freed, but not allocated now.
    freed_as_another_kind,  // Freed by a call that does not fit the one that allocated it.
    lock_taken_twice,       // A spin or RW lock its own task holds already: a deadlock.
    lock_not_held,          // Released, but not held, or released in the wrong form.
    lock_freed_while_held,
    lock_held_at_return,     // A callback came back with a lock held.
    irql_changed_at_return,  // A callback came back at another IRQL than it was called at.
    irql_too_high,           // A call that needs a lower IRQL; `other_port` = the call's limit.
    waited_too_high,         // Slept or waited above PASSIVE_LEVEL.
    leaked,                  // Left after its unload: `count` of them; `flags` = which Resource.
    wrote_beyond,            // Behind the end of memory that the switch lent it.
    bad_argument,            // An object that is none: unknown request, NBL, handle or header.
    irp_touched,             // An IRP, `object`, was written to when it was completed already.
    wrote_outside,           // Before the beginning or behind the end of memory it had allocated.
    wrote_to_freed,          // To memory it had given back. With `object`, it touched a packet that
                             // it gave away or, of an OID, a request that is finished.
    lock_order,              // Took a lock under another that is elsewhere taken under the first.
    data_race,               // Accessed memory as another task does, with nothing between the two.
    wrote_to_parameters,     // To those of a call into it that are for reading.
};

/// What an extension acquires and has to give back before it is unloaded.
enum class Resource : std::uint8_t {
    memory,  // Out of a pool.
    lock,    // NdisAllocateRWLock
    timer,   // NdisAllocateTimerObject
    work_item,
    mdl,
    oid_request,  // NdisAllocateCloneOidRequest
    object,       // Anything else with a handle.
    timer_set,    // It would ring in code that is not there any more.
    thread,       // It runs on.
    pooled_nbl,   // In a pool that is freed.
};
inline constexpr std::size_t resource_count = static_cast<std::size_t>(Resource::pooled_nbl) + 1;

/// One call across an edge, or its return. Fields a call does not use are zero; model/call.hpp
/// says for each call which fields it fills and how.
struct Event {
    Call         call   = {};
    Phase        phase  = Phase::enter;
    ModuleId     module = host_module;  // Whose edge. host_module: between no extension.
    std::uint8_t irql   = 0;            // On leave: the IRQL at which the callee returned.

    std::uint16_t task  = 0;  // Who ran; equal on enter and leave of one call.
    std::uint8_t  cpu   = 0;
    std::uint8_t  locks = 0;  // Spin and RW locks the task holds at this moment.

    ObjectId object = 0;  // The OID request or NBL.
    ObjectId parent = 0;  // What `object` was cloned from, if from anything.

    PortId        port  = 0;  // OIDs and references: the target. NBLs: the source.
    NicIndex      nic   = 0;
    std::uint16_t count = 0;  // Lists: how many NBLs the call carries.

    PortId        other_port = 0;  // Destination of an NBL or of an OID_SWITCH_NIC_REQUEST.
    NicIndex      other_nic  = 0;
    std::uint16_t place      = 0;  // Lists: place of this NBL in the list, from 0.

    Oid           oid    = 0;
    Status        status = 0;  // On leave and on completions.
    std::uint32_t flags  = 0;  // Send, receive, complete and return flags, as given.
    std::uint32_t detail = 0;  // Call-specific; see model/call.hpp.

    std::uint32_t digest = 0;  // Of the buffer an OID request points to; 0: not taken.
    std::uint32_t step   = 0;  // The scenario's step that led to it, from 1; 0: none.

    std::uint64_t time_100ns = 0;  // Virtual time since the start of the run.

    friend bool operator==(const Event&, const Event&) = default;
};

static_assert(sizeof(Event) == 64, "One cache line, because a second holds ten million.");

}  // namespace interlock::model
