#pragma once

#include "harness/host_flaw.hpp"
#include "harness/vswitch/oid_buffers.hpp"

namespace interlock::harness {

/// Makes the buffer of a request what it may not be, if the flaw is one of buffers and fits it.
/// @return whether it did.
bool spoil(HostFlaw flaw, const OidToIssue& what, std::uint8_t* buffer);

}  // namespace interlock::harness
