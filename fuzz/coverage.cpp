#include "fuzz/coverage.hpp"

#include <algorithm>
#include <optional>

#include "fuzz/board.hpp"
#include "model/judge.hpp"
#include "model/machine.hpp"

namespace interlock::fuzz {
namespace {

constexpr std::size_t under_way_classes = model::under_way_classes.size();

std::uint32_t cell_count() {
    std::size_t count = 0;
    for (const model::Machine* machine : model::machines())
        count += machine->cells.size();
    return static_cast<std::uint32_t>(count);
}

std::uint32_t rule_count() {
    return static_cast<std::uint32_t>(model::rules().size());
}

/// As cells are named, too: "filter_module".
std::string as_word(std::string_view name) {
    std::string word(name);
    std::ranges::replace(word, ' ', '_');
    return word;
}

/// Of the things whose features begin at `first`, those of which none was seen.
std::vector<std::size_t> missed_among(std::span<const std::uint8_t> seen, std::size_t first,
                                      std::size_t count) {
    std::vector<std::size_t> missed;
    for (std::size_t thing = 0; thing < count; ++thing) {
        const auto of_it = seen.subspan(first + thing * classes, classes);
        if (std::ranges::count(of_it, 0) == classes) missed.push_back(thing);
    }
    return missed;
}

}  // namespace

void add_entries(const harness::Performance& performance, std::span<std::uint64_t> entries) {
    std::size_t next = 0;
    for (const std::uint64_t taken : performance.verdict.cells)
        entries[next++] += taken;
    for (const model::RuleTally& tally : performance.verdict.rules)
        entries[next++] += tally.held + tally.broken;
    const auto under_way = entries.subspan(first_under_way_entry, under_way_entries_max);
    model::for_each_change(performance.trace, [&](std::size_t cell, std::size_t count) {
        ++under_way[cell * under_way_classes + count];
    });
}

std::vector<model::UnderWay> under_way_in(std::span<const std::uint64_t> entries) {
    std::vector<model::UnderWay> rows(cell_count());
    for (std::size_t cell = 0; cell < rows.size(); ++cell)
        std::ranges::copy(entries.subspan(cell * under_way_classes, under_way_classes),
                          rows[cell].begin());
    return rows;
}

std::vector<Entries> state_entries(std::span<const std::uint64_t> entries) {
    std::vector<Entries> states;
    std::size_t          next = 0;
    for (const model::Machine* machine : model::machines()) {
        std::vector<std::optional<std::uint64_t>> entered(machine->states.size());
        for (const model::Cell& cell : machine->cells)
            entered[cell.to] = entered[cell.to].value_or(0) + entries[next++];
        for (std::size_t state = 0; state < entered.size(); ++state) {
            if (!entered[state]) continue;
            states.push_back({as_word(machine->name) + ":" + std::string(machine->states[state]),
                              *entered[state]});
        }
    }
    return states;
}

std::vector<Entries> rule_entries(std::span<const std::uint64_t> entries) {
    std::vector<Entries> rules;
    for (std::size_t rule = 0; rule < model::rules().size(); ++rule)
        rules.push_back({std::string(model::rules()[rule].id), entries[cell_count() + rule]});
    return rules;
}

std::uint32_t first_meeting_place() {
    return cell_count() + rule_count();
}

std::uint32_t first_meeting_feature() {
    return first_meeting_place() * classes;
}

std::uint32_t first_edge_feature() {
    return first_meeting_feature() + meetings_max;
}

Covered covered(std::span<const std::uint8_t> seen) {
    Covered found;
    found.transitions_all    = cell_count();
    found.rules_all          = rule_count();
    found.transitions_missed = missed_among(seen, 0, found.transitions_all);
    found.rules_missed =
        missed_among(seen, std::size_t{found.transitions_all} * classes, found.rules_all);
    const auto edges = (seen.size() - first_edge_feature()) / classes;
    const auto never = missed_among(seen, first_edge_feature(), edges);
    const auto rest  = [](std::size_t all, std::size_t missed) {
        return static_cast<std::uint32_t>(all - missed);
    };
    found.transitions = rest(found.transitions_all, found.transitions_missed.size());
    found.rules       = rest(found.rules_all, found.rules_missed.size());
    found.edges       = rest(edges, never.size());
    return found;
}

}  // namespace interlock::fuzz
