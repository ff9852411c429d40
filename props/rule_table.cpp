#include "props/rule_table.hpp"

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include "harness/scenario/text.hpp"
#include "model/judge.hpp"
#include "model/rules/cases.hpp"
#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

namespace fs = std::filesystem;
using model::Obliged;
using model::Party;

/// Who keeps all rules; some of the mutants' ways are no flaws.
struct GoodOne {
    const char* extension;
    const char* way   = "";
    const char* below = nullptr;  // What stands below it, if anything does.
};
constexpr GoodOne good_ones[] = {
    {"pass_through"},
    {"vlan_acl"},
    {"broadcast_pacer"},
    {"cloner"},
    {"forwarder"},
    {"control_device"},
    {"mutant_capturing"},
    {"mutant_filtering", "wants_more_room"},
    {"mutant_filtering", "saves_once"},
    {"mutant_filtering", "asks_of_a_port"},
    {"mutant_filtering", "asks_of_a_port", "pass_through"},
    {"mutant_filtering", "asks_a_physical_adapter"},
    {"mutant_filtering", "asks_for_a_guest"},
    {"mutant_filtering", "answers_for_its_feature"},
    {"mutant_filtering", "holds_until_cancelled"},
    {"mutant_filtering", "asks_for_a_restart"},
    {"mutant_filtering", "sets_a_context"},
    {"mutant_filtering", "keeps_what_is_of_its_driver"},
    {"mutant_forwarding", "redirects_under_a_reference"},
    {"mutant_forwarding", "allocates_in_place_of_another"},
    {"mutant_forwarding", "asks_for_a_guest"},
    {"mutant_forwarding", "tells_of_the_external_adapter"},
    {"mutant_forwarding", "removes_a_vf"},
};

std::vector<Row> empty_rows() {
    std::vector<Row> rows;
    for (const model::Rule& rule : model::rules()) {
        if (rule.obliged != Obliged::extension)
            rows.push_back({.rule = rule, .obliged = Party::host});
        if (rule.obliged != Obliged::host)
            rows.push_back({.rule = rule, .obliged = Party::extension});
    }
    return rows;
}

Row* row_of(RuleTable& table, std::string_view rule, Party obliged) {
    const auto found = std::ranges::find_if(
        table.rows, [&](const Row& row) { return row.rule.id == rule && row.obliged == obliged; });
    return found == table.rows.end() ? nullptr : &*found;
}

void add_stories(RuleTable& table) {
    for (const model::Case& one : model::all_cases()) {
        for (Row& row : table.rows) {
            if (row.rule.id != one.rule) continue;
            row.keeps  = row.keeps || one.keeps != nullptr;
            row.breaks = row.breaks || (one.breaks != nullptr && one.guilty == row.obliged);
        }
    }
}

std::vector<fs::path> scenario_files(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".scenario") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::vector<harness::Scenario> read_all(const fs::path& folder) {
    std::vector<harness::Scenario> scenarios;
    for (const fs::path& file : scenario_files(folder)) {
        auto read = harness::read_scenario(file.string());
        if (auto* const scenario = std::get_if<harness::Scenario>(&read))
            scenarios.push_back(std::move(*scenario));
    }
    return scenarios;
}

/// A rule counts as asked only where all are kept.
void add_if_well(Bites& bites, RuleTable& table, const GoodOne& good,
                 const harness::Performance& performance) {
    bites.add(performance);
    if (went_well(performance)) return;
    const model::Violation* const first = first_violation(performance);
    table.survivors.push_back(std::string(good.extension) + " " + good.way + " goes wrong: " +
                              (first ? std::string(model::rules()[first->rule].id) : "a warning"));
}

/// Which rules the conforming scenarios ask, whichever of the good extensions plays them.
void add_asked(RuleTable& table, const std::vector<harness::Scenario>& scenarios) {
    Bites bites;
    for (const GoodOne& good : good_ones) {
        std::vector<std::string> stack{good.extension};
        if (good.below) stack.emplace_back(good.below);
        harness::StageOptions options;
        options.mutant   = good.way;
        const auto stage = open_stage(stack, options);
        for (const harness::Scenario& scenario : scenarios)
            add_if_well(bites, table, good, play(*stage, scenario));
    }
    for (Row& row : table.rows)
        row.asked = bites.held[model::rule_of(row.rule.id)] > 0;
}

/// What the switch itself breaks by force, in scenarios for the good extensions.
void add_forced(RuleTable& table) {
    for (const fs::path& file : scenario_files("corpus/scenarios/violates")) {
        const auto        read     = harness::read_scenario(file.string());
        const auto* const scenario = std::get_if<harness::Scenario>(&read);
        if (!scenario || scenario->extensions.empty() ||
            scenario->extensions.front().starts_with("faulty_")) {
            continue;
        }
        const Mutant forced{.name   = file.stem().string(),
                            .stack  = scenario->extensions,
                            .rule   = file.parent_path().filename().string(),
                            .guilty = Party::host};
        const auto   stage = open_stage(forced.stack);
        Row* const   row   = row_of(table, forced.rule, Party::host);
        if (!row) continue;
        ++table.mutants;
        ++row->mutants;
        row->violated           = true;
        const std::string first = broken_first(play(*stage, *scenario), forced);
        if (first == forced.rule)
            ++row->killed;
        else
            table.survivors.push_back(forced.rule + " " + file.string() + ": " + first);
    }
}

void add_trials(RuleTable& table, const std::vector<Mutant>& mutants,
                const std::vector<harness::Scenario>& scenarios) {
    for (const Mutant& mutant : mutants) {
        ++table.mutants;
        Row* const  row   = row_of(table, mutant.rule, mutant.guilty);
        const Trial trial = try_out(mutant, scenarios);
        if (row) ++row->mutants;
        if (row && trial.killed_by(mutant.rule)) {
            ++row->killed;
            continue;
        }
        std::string became = mutant.rule + " " + mutant.name + ":";
        for (const auto& [first, times] : trial.firsts)
            became += " " + first + " x " + std::to_string(times);
        table.survivors.push_back(became + " in " + std::to_string(trial.runs) + " runs");
    }
}

const char* yes(bool is) {
    return is ? "yes" : "-";
}

}  // namespace

RuleTable make_rule_table() {
    RuleTable  table{.rows = empty_rows(), .survivors = {}};
    const auto scenarios = read_all("corpus/scenarios/conforms");
    add_stories(table);
    add_asked(table, scenarios);
    add_forced(table);
    add_trials(table, extension_mutants(), scenarios);
    add_trials(table, host_mutants(), scenarios);
    return table;
}

std::string text_of(const RuleTable& table) {
    std::ostringstream text;
    text << std::left;
    const auto line = [&](auto... cells) {
        ((text << std::setw(11) << cells), ...);
        text << "\n";
    };
    line("rule", "obliged", "keeps", "breaks", "asked", "mutants", "killed");
    for (const Row& row : table.rows) {
        line(row.rule.id, row.obliged == Party::host ? "host" : "extension", yes(row.keeps),
             yes(row.breaks), yes(row.asked), row.mutants, row.killed);
    }
    return text.str();
}

}  // namespace interlock::props
