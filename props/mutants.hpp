#pragma once

// Mutants: extensions and switches that are good but for one flaw, and what the judge says of them.
// Tables: harness/extensions/mutants.txt, harness/host_mutants.txt.

#include <map>
#include <string>
#include <vector>

#include "harness/scenario/scenario.hpp"
#include "harness/stage.hpp"

namespace interlock::props {

struct Mutant {
    std::string              name   = {};
    std::vector<std::string> stack  = {};  // Top to bottom.
    std::string              flaw   = {};  // Of the extensions in it that can be told one.
    harness::HostFlaw        host   = harness::HostFlaw::none;
    std::string              rule   = {};  // That it breaks first.
    model::Party             guilty = model::Party::extension;
};

/// One faulty extension for each of these.
std::vector<Mutant> extension_mutants();

/// One faulty switch for each of these.
std::vector<Mutant> host_mutants();

/// The rule that a run broke first, if by this party; "host <rule>" or "extension <rule>" if by the
/// other; "nothing" if none was broken. A warning counts where the rule that is sought gives one.
std::string broken_first(const harness::Performance& performance, const Mutant& mutant);

struct Trial {
    std::map<std::string, int> firsts;  // Rule broken first, and in how many runs.
    std::string                first;   // Of the first run that broke something.
    int                        runs = 0;

    /// The first run that broke anything broke its own rule first, and so did most of all runs.
    bool killed_by(const std::string& rule) const;
};

/// Plays the scenarios and then random ones, until enough runs have broken something.
Trial try_out(const Mutant& mutant, const std::vector<harness::Scenario>& scenarios);

}  // namespace interlock::props
