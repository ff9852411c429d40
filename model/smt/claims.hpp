#pragma once

// What is proved of the exported tables. A claim has a twin, which takes away what the claim rests
// on, or claims a little too much, and must be refuted with a run: a table that says nothing would
// prove every claim, and fail every twin.

#include <span>
#include <string>
#include <string_view>

#include "model/compose.hpp"
#include "model/smt/engine.hpp"

namespace interlock::model::smt {

struct Claim {
    std::string_view name;       // "no-nic-deleted-with-packets"
    std::string_view statement;  // One sentence.
    std::string_view method;
    std::string_view twin;  // One sentence too: what is claimed instead, and must be refuted.
    Finding (*find)(const Tables& tables);
    Finding (*find_twin)(Tables tables);
};

/// All claims. They live for ever.
std::span<const Claim> claims();

/// @pre there is a claim of that name.
const Claim& claim(std::string_view name);

/// A claim and its twin, answered.
struct Proof {
    const Claim* claim = nullptr;
    Finding      found;
    Finding      twin;

    /// Proved, and not emptily so.
    bool holds() const {
        return found.answer == Answer::proved && twin.answer == Answer::refuted;
    }
};

/// Answers a claim about the tables as exported. Takes up to a few seconds.
Proof prove(const Claim& claim);

}  // namespace interlock::model::smt
