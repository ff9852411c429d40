#pragma once

// The report that CI shows as tests: a test for each scenario, and one for each rule. A rule that
// was not exercised is a test that was skipped; what is undecided is an error, never a pass.

#include <string>

#include "reports/result.hpp"

namespace interlock::reports {

/// JUnit XML. reports/schema/junit.xsd says what of it is written.
std::string junit_text(const Issue& issue);

}  // namespace interlock::reports
