#pragma once

// The rules and the machines, told to a person.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/machine.hpp"
#include "model/rule.hpp"
#include "reports/layout.hpp"

namespace interlock::reports {

/// One line a rule: id, whom it obliges, how, title.
std::string rules_text(std::span<const model::Rule> rules, const TextStyle& style);

/// All of one rule: its statement, its page with the link, the transitions that rest on it.
/// @param shown_by  scenarios that show it; may be empty.
std::string rule_page(const model::Rule& rule, std::span<const std::string> shown_by,
                      const TextStyle& style);

/// What Microsoft's tools call a rule: numbers, with their names; empty if they do not know it.
std::string verifier_words(const model::Rule& rule);

/// A transition, spelled <machine>:<state>:<event>.
struct CellName {
    const model::Machine* machine = nullptr;
    std::uint8_t          state   = 0;
    std::uint8_t          event   = 0;
};

/// A machine's name as one word: "filter_module".
std::string as_word(std::string_view name);

/// That spelling.
std::string cell_name(const model::Machine& machine, std::uint8_t state, std::uint8_t event);

/// The name of one of all machines' filled cells, counted in the order of model::machines().
std::string cell_name(std::size_t cell);

std::optional<CellName> find_cell(std::string_view name);

/// What the machine says of that state and event, filled or blank.
std::string cell_page(const CellName& name, const TextStyle& style);

/// Every transition of the machines, a line each.
std::string machines_text(std::span<const model::Machine* const> machines, const TextStyle& style);

/// For Graphviz and for Mermaid.
std::string machines_dot(std::span<const model::Machine* const> machines);
std::string machines_mermaid(std::span<const model::Machine* const> machines);

}  // namespace interlock::reports
