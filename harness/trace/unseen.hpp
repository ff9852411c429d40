#pragma once

// Which calls a trace does not tell of, by what its head says.

#include <vector>

#include "harness/trace/trace.hpp"
#include "model/call.hpp"

namespace interlock::harness {

/// A name that is no call is taken to say that any may be unseen.
std::vector<model::Call> unseen_calls(const TraceHead& head);

}  // namespace interlock::harness
