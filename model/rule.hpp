#pragma once

// What a rule is: data that a reader can check against a page, and a check that the judge runs.

#include <cstdint>
#include <string_view>

#include "model/event.hpp"

namespace interlock::model {

enum class Obliged : std::uint8_t { host, extension, both };
enum class Modality : std::uint8_t { must, must_not, should };
enum class Severity : std::uint8_t { violation, warning };

/// Safety is refuted by a prefix of a trace; an obligation only when the world is quiescent.
enum class RuleKind : std::uint8_t { safety, obligation };

struct Rule {
    std::string_view id       = {};  // Stable for ever, e.g. "NIC-17".
    std::string_view title    = {};  // A headline, no full stop.
    Obliged          obliged  = Obliged::extension;
    Modality         modality = Modality::must;
    RuleKind         kind     = RuleKind::safety;
    Severity         severity = Severity::violation;
    std::string_view says     = {};  // The statement, in our words.
    std::string_view page     = {};  // The page's file name without ".md".
    std::string_view heading  = {};  // The heading on that page.
    std::string_view verifier = {};  // What Microsoft's tools call it, space-separated: numbers, or
                                     // names where there is none; see model/verifier.hpp.
    std::string_view also     = {};  // Other ids of the same rule, space-separated.
};

/// Where in `rules()` a rule stands. Valid for one build; never stored in files.
using RuleIndex = std::uint16_t;
inline constexpr RuleIndex no_rule = 0xFFFF;

}  // namespace interlock::model
