#pragma once

// Devices and IRPs, as the ledger knows them.

#include "model/event.hpp"
#include "model/store.hpp"

namespace interlock::model {

using Place = std::uint32_t;  // Of an event in the trace, from 0.

/// One IRP at the driver that it was handed to.
struct Irp {
    ObjectId      id        = 0;
    ObjectId      file      = 0;
    ModuleId      module    = host_module;
    std::uint32_t major     = 0;      // irp::create to irp::cleanup
    bool          returned  = false;  // The dispatch routine has.
    bool          completed = false;
    bool          cancelled = false;  // RequestorCancels
    bool          to_clean  = false;  // It was pending when the cleanup of its file began,
    bool          cleaned   = false;  // and that is over.
    Status        status    = 0;      // As it was completed.
    Place         since     = 0;      // Dispatched, cancelled, cleaned up: the last of these.
    Index         open      = no_index;
};

/// A device object, or a symbolic link to one, that an extension made.
struct MadeDevice {
    ObjectId id      = 0;
    ModuleId owner   = host_module;
    bool     is_link = false;
    Place    made    = 0;
    Index    open    = no_index;
};

}  // namespace interlock::model
