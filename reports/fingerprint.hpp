#pragma once

// What a finding is known by: the same whenever the same fault is found again, by whichever seed,
// in whichever run, on whichever port.

#include <string>

#include "reports/result.hpp"

namespace interlock::reports {

/// 16 hexadecimal digits, of: the rule, who broke it, what was done, by which call, and from which
/// function; where no function is known, of the OID instead. Lines do not count, so that an edit
/// elsewhere in the file leaves it as it is.
std::string fingerprint(const Result& result, const model::Violation& violation);

}  // namespace interlock::reports
