#pragma once

// What Microsoft's own tools report about a network driver, by their numbers and names: which of it
// the rules here tell, and which no host in user mode can.

#include <span>
#include <string_view>
#include <vector>

#include "model/rule.hpp"

namespace interlock::model {

/// A bug check or a rule of Driver Verifier, or a rule of Static Driver Verifier.
struct VerifierRule {
    std::string_view key;   // As in Rule::verifier: a number, "0xC4/0xA005", or if none, the name.
    std::string_view name;  // Microsoft's; of what has a number only, in our words.
};

/// One that no rule here answers to, and why: one sentence.
struct NotVerified {
    std::string_view key;
    std::string_view name;
    std::string_view reason;
};

/// Those that rules answer to.
std::span<const VerifierRule> verifier_rules();

std::span<const NotVerified> not_verified();

/// The rules that answer to a number ("0xC4/0xA005", or only its end: "0xA005") or to a name, in
/// any case of letters.
std::vector<RuleIndex> rules_verified_by(std::string_view number_or_name);

/// Why none does; null if nothing of that number or name is known to be out of reach.
const NotVerified* why_not_verified(std::string_view number_or_name);

/// Microsoft's names for the numbers in Rule::verifier; empty where it has none.
std::string_view verifier_name(std::string_view key);

/// Takes the next word off `words`, which are separated by single spaces.
std::string_view next_word(std::string_view& words);

}  // namespace interlock::model
