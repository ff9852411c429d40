#pragma once

// What was proved of the model, told as text and as JSON.

#include <span>
#include <string>
#include <string_view>

#include "reports/layout.hpp"

namespace interlock::reports {

/// A claim and its twin, answered: "proved", "refuted" or "unknown".
struct ProofLine {
    std::string_view name;
    std::string_view statement;
    std::string_view method;
    std::string_view answer;
    std::string      witness;
    std::string_view twin;
    std::string_view twin_answer;
    std::string      twin_witness;
    bool             holds   = false;  // Proved, and not emptily so.
    double           seconds = 0;      // Of both.
};

/// One claim, in a few lines.
std::string proof_text(const ProofLine& proof, const TextStyle& style);

/// The runs and states that stand behind the two answers. Empty if neither has any.
std::string witnesses_text(const ProofLine& proof, const TextStyle& style);

/// How many hold, and how long it took.
std::string proofs_sum(std::span<const ProofLine> proofs);

/// Indented by two, with a newline at the end.
std::string json_text(std::span<const ProofLine> proofs);

}  // namespace interlock::reports
