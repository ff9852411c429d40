#include "reports/rule_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/judge.hpp"
#include "model/verifier.hpp"
#include "reports/documents.hpp"
#include "reports/names.hpp"

namespace interlock::reports {
namespace {

using model::Cell;
using model::Machine;

std::string guard_words(const Machine& machine, std::uint8_t mask) {
    std::string words;
    for (std::size_t bit = 0; bit < machine.guards.size(); ++bit) {
        if ((mask >> bit & 1) == 0) continue;
        words += (words.empty() ? " if " : " and ") + std::string(machine.guards[bit].name);
    }
    return words;
}

std::string cell_words(const Machine& machine, const Cell& cell) {
    return fmt::format("{} -> {}{}", cell_name(machine, cell.from, cell.event),
                       machine.states[cell.to], guard_words(machine, cell.guards));
}

/// The transitions of all machines that rest on a rule, and the guards and blanks that break it.
std::string machine_lines(std::string_view rule, const TextStyle& style) {
    std::string      text;
    std::string_view label = "allows";
    for (const Machine* machine : model::machines()) {
        for (const Cell& cell : machine->cells) {
            if (cell.rule != rule) continue;
            text += labelled(label, cell_words(*machine, cell), style);
            label = {};
        }
    }
    label = "broken by";
    for (const Machine* machine : model::machines()) {
        for (const model::Guard& guard : machine->guards) {
            if (guard.rule != rule) continue;
            text += labelled(label, fmt::format("{}: not {}", as_word(machine->name), guard.name),
                             style);
            label = {};
        }
        for (const model::Blank& blank : machine->blanks) {
            if (blank.rule != rule) continue;
            text += labelled(label, cell_name(*machine, blank.from, blank.event), style);
            label = {};
        }
    }
    return text;
}

std::string rule_words(std::string_view id) {
    const auto index = model::rule_of(id);
    if (index == model::no_rule) return std::string(id);
    return fmt::format("{}: {}", id, model::rules()[index].title);
}

std::string_view guilty_words(model::Obliged obliged) {
    switch (obliged) {
        case model::Obliged::host:
            return "the host";
        case model::Obliged::extension:
            return "the extension";
        case model::Obliged::both:
            return "the host and the extension";
    }
    return "";
}

std::string_view kind_words(model::RuleKind kind) {
    return kind == model::RuleKind::safety
               ? "safety: the event that breaks it shows it"
               : "obligation: broken when the world is quiescent and it is still open";
}

}  // namespace

std::string rules_text(std::span<const model::Rule> rules, const TextStyle& style) {
    std::string text;
    for (const model::Rule& rule : rules) {
        text += fmt::format("{:<10}  {:<9}  {:<8}  {}{}\n", rule.id, name(rule.obliged),
                            name(rule.modality), rule.title,
                            rule.severity == model::Severity::warning ? " (warning)" : "");
    }
    const auto count = counted(rules.size(), "rule", "rules");
    return text + tinted(count + "; more about one: interlock explain <id>", Tint::faint, style) +
           "\n";
}

std::string verifier_words(const model::Rule& rule) {
    std::string      words;
    std::string_view keys = rule.verifier;
    while (!keys.empty()) {
        const std::string_view key = model::next_word(keys);
        words += (words.empty() ? "" : ", ") + std::string(key);
        const std::string_view called = model::verifier_name(key);
        if (called != key) words += fmt::format(" ({})", called);
    }
    return words;
}

std::string rule_page(const model::Rule& rule, std::span<const std::string> shown_by,
                      const TextStyle& style) {
    std::string text = tinted(fmt::format("{}  {}", rule.id, rule.title), Tint::heading, style);
    text += "\n" + labelled("obliges", guilty_words(rule.obliged), style);
    text += labelled(name(rule.modality), fmt::format("\"{}\"", rule.says), style);
    text += labelled("kind", kind_words(rule.kind), style);
    text += labelled("severity", weight_words(rule), style);
    text += errata_lines(rule.id, style);
    text += labelled("page",
                     rule.heading.empty() ? std::string(rule.page)
                                          : fmt::format("{}, \"{}\"", rule.page, rule.heading),
                     style);
    text += labelled("", page_link(rule.page), style);
    text += labelled("verifier", verifier_words(rule), style);
    text += labelled("also", rule.also, style);
    text += machine_lines(rule.id, style);
    std::string_view label = "scenarios";
    for (const std::string& scenario : shown_by) {
        text += labelled(label, scenario, style);
        label = {};
    }
    return text;
}

std::string as_word(std::string_view name) {
    std::string word(name);
    std::ranges::replace(word, ' ', '_');
    return word;
}

std::string cell_name(const Machine& machine, std::uint8_t state, std::uint8_t event) {
    return fmt::format("{}:{}:{}", as_word(machine.name), machine.states[state],
                       machine.events[event]);
}

std::string cell_name(std::size_t cell) {
    const auto placed = model::cell_at(cell);
    if (!placed) return {};
    return cell_name(placed->machine, placed->cell.from, placed->cell.event);
}

std::optional<CellName> find_cell(std::string_view name) {
    const auto first  = name.find(':');
    const auto second = name.find(':', first + 1);
    if (first == name.npos || second == name.npos) return {};
    for (const Machine* machine : model::machines()) {
        if (as_word(machine->name) != as_word(name.substr(0, first))) continue;
        const auto state =
            std::ranges::find(machine->states, name.substr(first + 1, second - first - 1));
        const auto event = std::ranges::find(machine->events, name.substr(second + 1));
        if (state == machine->states.end() || event == machine->events.end()) return {};
        return CellName{machine, static_cast<std::uint8_t>(state - machine->states.begin()),
                        static_cast<std::uint8_t>(event - machine->events.begin())};
    }
    return {};
}

std::string cell_page(const CellName& name, const TextStyle& style) {
    const Machine&          machine = *name.machine;
    const model::DenseTable table(machine);
    const model::Step&      step = table.at(name.state, name.event);
    std::string text = tinted(cell_name(machine, name.state, name.event), Tint::heading, style);
    text += "\n";
    if (step.filled) {
        const Cell& cell = machine.cells[step.cell];
        text += labelled("goes to",
                         std::string(machine.states[cell.to]) + guard_words(machine, cell.guards),
                         style);
        return text + labelled("allowed by", rule_words(cell.rule), style);
    }
    const model::Blank& blank = machine.blanks[step.cell];
    text += labelled("breaks", rule_words(blank.rule), style);
    return text + labelled("goes on in", machine.states[blank.to], style);
}

std::string machines_text(std::span<const Machine* const> machines, const TextStyle& style) {
    std::string text;
    for (const Machine* machine : machines) {
        text += tinted(machine->name, Tint::heading, style) + "\n";
        for (const Cell& cell : machine->cells) {
            text += fmt::format("  {:<10}  {}\n", cell.rule, cell_words(*machine, cell));
        }
    }
    return text;
}

std::string machines_dot(std::span<const Machine* const> machines) {
    std::string text;
    for (const Machine* machine : machines) {
        text += fmt::format("digraph {} {{\n", as_word(machine->name));
        for (const Cell& cell : machine->cells) {
            text += fmt::format("  {} -> {} [label=\"{}\\n{}\"];\n", machine->states[cell.from],
                                machine->states[cell.to], machine->events[cell.event], cell.rule);
        }
        text += "}\n";
    }
    return text;
}

std::string machines_mermaid(std::span<const Machine* const> machines) {
    std::string text;
    for (const Machine* machine : machines) {
        text += fmt::format("---\ntitle: {}\n---\nstateDiagram-v2\n  [*] --> {}\n", machine->name,
                            machine->states[0]);
        for (const Cell& cell : machine->cells) {
            text += fmt::format("  {} --> {}: {} ({})\n", machine->states[cell.from],
                                machine->states[cell.to], machine->events[cell.event], cell.rule);
        }
    }
    return text;
}

}  // namespace interlock::reports
