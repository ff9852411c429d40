#pragma once

// Which scenarios are meant, and what the folders they lie in promise.

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "harness/scenario/error.hpp"
#include "model/verdict.hpp"

namespace interlock::cli {

/// Files as they are; of a folder all *.scenario in it, at any depth, by name.
std::variant<std::vector<std::string>, harness::InputError> scenario_files(
    std::span<const std::string> arguments);

/// Likewise traces: of a folder all *.trace, *.packed and *.story in it.
std::variant<std::vector<std::string>, harness::InputError> trace_files(
    std::span<const std::string> arguments);

/// The folder of the corpus' conforming scenarios; empty if there is no corpus.
std::string conforming_scenarios();

/// What corpus/README.md says of a folder.
struct Expectation {
    enum class Kind : std::uint8_t {
        unknown,         // The folders promise nothing.
        conforms,        // .../conforms/...
        violates_first,  // .../violates/<RULE>/...
        violates,        // .../found/<RULE>/...
        violates_last,   // .../stories/violates/<RULE>/...: by its last event.
    };
    Kind        kind = Kind::unknown;
    std::string rule;
};

Expectation expectation_of(const std::string& file);

bool is_met(const Expectation& expectation, const model::Verdict& verdict);

/// "to conform", "to break NIC-13 first"
std::string in_words(const Expectation& expectation);

/// "conforms", "breaks NIC-13 first", "undecided: ..."
std::string in_words(const model::Verdict& verdict);

/// Files of the corpus, scenarios and stories, that are to show a rule; empty if there is no
/// corpus.
/// @param corpus  its folder; empty: looked for in this folder and beside the program.
std::vector<std::string> files_showing(std::string_view rule, const std::string& corpus);

/// Files of the corpus that are named after a cell of the machines, "<machine>:<state>:<event>".
std::vector<std::string> files_named(std::string cell, const std::string& corpus);

/// What is made to break a rule first, "<name>: <what is wrong>": our faulty extensions, the
/// mutants, and the flaws of the switch. Empty if their lists do not lie beside the corpus.
std::vector<std::string> flaws_breaking(std::string_view rule, const std::string& corpus);

}  // namespace interlock::cli
