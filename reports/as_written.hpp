#pragma once

// Reports that are compared word for word, for tests.

#include <string>

namespace interlock::reports {

/// Compares with reports/expected/<name>. To change it on purpose, run with INTERLOCK_REWRITE=1,
/// read the difference, and keep it only if a stranger understands it better.
void expect_as_written(const std::string& text, const std::string& name);

}  // namespace interlock::reports
