#pragma once

// For oid_cells_test: a trace that comes to one cell of the OIDs' matrices and no further.

#include "model/oid_cells.hpp"
#include "model/story.hpp"

namespace interlock::model {

/// How a trace comes to a cell of a phase that ends a request.
enum class Way : std::uint8_t {
    issued_there,   // The request is issued in that state, and ends in it.
    issued_before,  // It is issued in the state before, which then goes over into that one.
    forced,         // It is issued against the rules, and so are all others, until that state.
};

Story drive_switch(const OidRow& row, OidPhase phase, PortState port, Way way);
Story drive_switch(const OidRow& row, OidPhase phase, NicState nic, Way way);
Story drive_extension(const OidRow& row, OidPhase phase, PortView port, Way way);
Story drive_extension(const OidRow& row, OidPhase phase, NicView nic, Way way);

}  // namespace interlock::model
