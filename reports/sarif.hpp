#pragma once

// The report that code scanning shows: SARIF 2.1.0, within what GitHub takes of it.

#include <cstddef>
#include <string>

#include "reports/result.hpp"

namespace interlock::reports {

// Source: GitHub's "SARIF support for code scanning", "Uploading ... limits".
inline constexpr std::size_t sarif_results_max = 25'000;  // 5,000 of them are shown: the first.
inline constexpr std::size_t sarif_steps_max   = 1'000;   // Of one thread flow.

/// Findings of one fingerprint are one result, told by the first of them; violations come before
/// warnings. A finding lies where the extension's code called, else in the scenario that shows it.
/// Its code flow is the life of its subject: the last of its events, and the one that made the
/// breaking one illegal.
std::string sarif_text(const Issue& issue);

}  // namespace interlock::reports
