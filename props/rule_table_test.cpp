// Each rule has what shows that it holds and that it bites, or rule_table_reasons.txt says why not.

#include "props/rule_table.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <set>
#include <sstream>

namespace interlock::props {
namespace {

using model::Party;

const RuleTable& table() {
    static const RuleTable made = make_rule_table();
    return made;
}

/// "<rule> <who> <what it lacks>", each with its reason.
std::map<std::string, std::string> reasons() {
    std::map<std::string, std::string> all;
    std::ifstream                      file("props/rule_table_reasons.txt");
    for (std::string line; std::getline(file, line);) {
        std::string rule, who, what, reason;
        if (line.starts_with("#")) continue;
        std::istringstream words(line);
        if (!(words >> rule >> who >> what)) continue;
        std::getline(words >> std::ws, reason);
        all[rule + " " + who + " " + what] = reason;
    }
    return all;
}

std::string named(const Row& row, const char* what) {
    return std::string(row.rule.id) + (row.obliged == Party::host ? " host " : " extension ") +
           what;
}

std::set<std::string> lacks() {
    std::set<std::string> all;
    for (const Row& row : table().rows) {
        if (!row.keeps) all.insert(named(row, "keeping-story"));
        if (!row.breaks) all.insert(named(row, "breaking-story"));
        if (!row.asked) all.insert(named(row, "scenario"));
        if (!row.has_mutant()) all.insert(named(row, "mutant"));
    }
    return all;
}

TEST(RuleTable, EveryMutantDiesOfItsOwnRuleFirst) {
    for (const std::string& survivor : table().survivors)
        ADD_FAILURE() << survivor;
    EXPECT_GT(table().mutants, 0);
}

TEST(RuleTable, EachRuleHasAllOrAReasonWhyNot) {
    const auto why  = reasons();
    const auto lack = lacks();
    for (const std::string& lacking : lack)
        EXPECT_FALSE(!why.contains(lacking) || why.at(lacking).empty())
            << lacking << ": say why in props/rule_table_reasons.txt, or mend it";
    for (const auto& [lacking, reason] : why)
        EXPECT_TRUE(lack.contains(lacking)) << lacking << ": there is one, so no reason is needed";
}

void tell(const char* what, Share share) {
    std::cout << "  " << std::left << std::setw(44) << what << std::right << std::setw(4)
              << share.some << " of " << std::setw(3) << share.all << "  " << std::fixed
              << std::setprecision(1) << share.percent() << " %\n";
}

/// Of the rules that have a mutant, those whose mutants all die of it.
Share score(Party obliged) {
    Share share;
    for (const Row& row : table().rows) {
        if (row.obliged != obliged || !row.has_mutant()) continue;
        ++share.all;
        share.some += row.is_killed() ? 1 : 0;
    }
    return share;
}

void tell_party(const char* who, Party obliged) {
    std::cout << who << "\n";
    const auto tell_share = [&](const char* what, auto is) {
        tell(what, share_of(table(), obliged, is));
    };
    tell_share("with a story that keeps it", [](const Row& row) { return row.keeps; });
    tell_share("with a story that breaks it", [](const Row& row) { return row.breaks; });
    tell_share("asked by a conforming scenario", [](const Row& row) { return row.asked; });
    tell_share("with a mutant on the running host",
               [](const Row& row) { return row.has_mutant(); });
    tell_share("whose mutants all die of it first", [](const Row& row) { return row.is_killed(); });
    tell("mutation score, of the rules that have one", score(obliged));
}

TEST(RuleTable, MutationScoresAreHighEnough) {
    std::cout << model::rules().size() << " rules, " << table().mutants << " mutants\n";
    tell_party("rules that oblige the extension:", Party::extension);
    tell_party("rules that oblige the host:", Party::host);
    const char* const folder = std::getenv("INTERLOCK_BUILD_DIR");
    if (folder) std::ofstream(std::string(folder) + "/rule_table.txt") << text_of(table());
    EXPECT_GE(score(Party::extension).percent(), 95.0);
    EXPECT_GE(score(Party::host).percent(), 90.0);
}

}  // namespace
}  // namespace interlock::props
