#pragma once

// For each rule and each party that it obliges: what shows that it holds and that it bites.

#include <string>
#include <vector>

#include "model/rule.hpp"
#include "props/mutants.hpp"

namespace interlock::props {

struct Row {
    model::Rule  rule;
    model::Party obliged  = model::Party::extension;  // A rule for both has two rows.
    bool         keeps    = false;                    // A hand-written trace that keeps it,
    bool         breaks   = false;                    // and one that breaks it and nothing else.
    bool         asked    = false;  // A scenario of corpus/scenarios/conforms asks it.
    bool         violated = false;  // A scenario of corpus/scenarios/violates breaks it first.
    int          mutants  = 0;      // Made for it.
    int          killed   = 0;      // Of these, by this rule first and by no other.

    bool has_mutant() const {
        return mutants > 0 || violated;
    }
    /// Each of its mutants dies of it.
    bool is_killed() const {
        return has_mutant() && killed == mutants;
    }
};

struct RuleTable {
    std::vector<Row> rows;  // By rule.
    std::vector<std::string>
        survivors;  // Mutants not killed by their rule, and what became of them.
    int mutants = 0;
};

/// Plays all mutants and scenarios; takes a while.
RuleTable make_rule_table();

/// The table, a row a line, in columns.
std::string text_of(const RuleTable& table);

/// Of the rows for one party: how many there are, and of how many `is` holds.
struct Share {
    int all = 0, some = 0;

    double percent() const {
        return all == 0 ? 100.0 : 100.0 * some / all;
    }
};
template <class Is>
Share share_of(const RuleTable& table, model::Party obliged, Is is) {
    Share share;
    for (const Row& row : table.rows) {
        if (row.obliged != obliged) continue;
        ++share.all;
        share.some += is(row) ? 1 : 0;
    }
    return share;
}

}  // namespace interlock::props
