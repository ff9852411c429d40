#pragma once

// The documents of docs/, made from the model's data and from nothing else. A test compares them
// with what is committed.

#include <span>
#include <string>
#include <string_view>

#include "model/machine.hpp"
#include "model/rule.hpp"
#include "reports/layout.hpp"

namespace interlock::reports {

/// The errata ledger: each contradiction, both pages, what each reading makes of it.
std::string errata_document();
std::string errata_text(const TextStyle& style);

/// The entries that bear on a rule, for its page; empty if there is none.
std::string errata_lines(std::string_view rule, const TextStyle& style);

/// What a rule weighs: "violation", or "as-written warning, reconciled silent, strict violation".
std::string weight_words(const model::Rule& rule);

/// The rule reference, with the numbers that coverage is counted against.
std::string rules_document(std::span<const model::Rule> rules);

/// The same as one page of HTML that can be searched, and needs nothing beside it.
std::string rules_html(std::span<const model::Rule> rules);

/// What coverage is counted against, in a few sentences.
std::string denominators_words(std::span<const model::Rule> rules);

/// The machines as diagrams, and every cell of them.
std::string machines_document(std::span<const model::Machine* const> machines);

/// The OIDs of the switch: who issues each, and what an extension may do with it.
std::string oids_document();
std::string oids_text(const TextStyle& style);

}  // namespace interlock::reports
