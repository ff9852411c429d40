#pragma once

// A run that never was, for the tests of the writers: an extension sends a packet to an adapter
// whose disconnect it has handled.

#include "reports/result.hpp"

namespace interlock::reports {

Result synthetic_run();

}  // namespace interlock::reports
