#pragma once

// What the judge says of a trace.

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/rule.hpp"

namespace interlock::model {

/// Ordered by weight: a run with a violation violates, whatever else it left open.
enum class Outcome : std::uint8_t { conforms, undecided, violates };

/// What a finding is about, so that a report can tell the story of it. Zero: not concerned.
struct Subject {
    PortId   port   = 0;
    NicIndex nic    = 0;
    bool     has_nic = false;
    ObjectId object = 0;
    Oid      oid    = 0;
    Status   status = 0;
};

struct Violation {
    RuleIndex        rule   = no_rule;
    Party            guilty = Party::extension;
    ModuleId         module = host_module;  // Which extension, if one is guilty.
    std::uint32_t    at     = 0;            // Place of the breaking event in the trace, from 0.
    std::uint32_t    since  = 0;            // Place of the event that made it illegal; 0: none.
    std::string_view what;                  // Lives for ever; reads after "the extension ".
    Subject          subject;
    Severity         severity = Severity::violation;
};

/// Something the judge could not decide, and why.
struct Undecided {
    std::uint32_t    at = 0;
    std::string_view why;  // Lives for ever.
};

/// How often each rule was asked, by index in `rules()`: held is "it bit and was kept".
struct RuleTally {
    std::uint64_t held   = 0;
    std::uint64_t broken = 0;
};

struct Verdict {
    Outcome                    outcome = Outcome::undecided;
    std::vector<Violation>     violations;  // In trace order. Warnings are among them.
    std::vector<Undecided>     undecided;
    std::vector<RuleTally>     rules;       // One per rule, in the order of `rules()`.
    std::vector<std::uint64_t> cells;       // How often each exported cell was taken: cell by cell,
                                            // machine by machine, in the order of `machines()`.
    std::vector<std::uint64_t> blanks;      // How often each blank came up, in the same order.
    std::uint64_t              events = 0;
};

}  // namespace interlock::model
