#pragma once

// The errata ledger: where pages contradict each other or themselves, what each reading makes of
// it, and how the readings are told apart.

#include <array>
#include <span>
#include <string_view>

#include "model/reading.hpp"

namespace interlock::model {

/// What one page says, in our words.
struct Side {
    std::string_view page;  // Without ".md"; empty: no page.
    std::string_view says;
};

enum class Reach : std::uint8_t {
    whole_rule,  // The rule stands or falls with the reading,
    part,        // or only what it says of one thing.
};

struct Erratum {
    Doubt               doubt   = {};
    std::string_view    name    = {};  // Also of its separator: a story that only this tells apart.
    std::string_view    topic   = {};
    std::string_view    rule    = {};  // Which the separator breaks.
    std::string_view    also    = {};  // Others that it bears on, separated by spaces.
    Reach               reach   = Reach::part;
    std::array<Side, 2> sides   = {};
    Weights             weighs  = {};  // What the separator does: one for each reading.
    std::string_view    chosen  = {};  // Why the reconciled reading reads it so.
    std::string_view    claim   = {};  // Of model/smt, which proves that a reading cannot work;
    std::string_view    witness = {};  // the run of its twin, which lifts the ban.
};

std::span<const Erratum> errata();

/// A contradiction that no trace can show, so that no reading of it is judged.
struct Unseparated {
    std::string_view    topic;
    std::array<Side, 2> sides;
    std::string_view    reason;
};

std::span<const Unseparated> unseparated();

}  // namespace interlock::model
