#pragma once

// Where a campaign leaves what it found, so that it can be played again.

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "fuzz/loop.hpp"
#include "harness/scenario/error.hpp"

namespace interlock::cli {

/// What a finding is filed under: the rule that is broken first, or why it has none.
std::string folder_for(const fuzz::Finding& finding);

/// What became of a play that did not end: "does not come back", "was killed", "ends the worker".
std::string_view words_of(fuzz::Play::End end);

/// What it shows, as the name of a file: "my_extension_sends_to_an_adapter_that_is_gone".
/// @param extensions  the stack's names.
std::string name_for(const fuzz::Finding& finding, std::span<const std::string> extensions);

/// Writes it to <out>/found/<rule>/<name>.scenario, with a comment on where it comes from. One
/// that is there already, and is another, keeps its name.
std::variant<std::string, harness::InputError> save(const fuzz::Finding&         finding,
                                                    std::span<const std::string> extensions,
                                                    const std::string&           out,
                                                    const std::string&           comment);

/// The same of any scenario: <out>/found/<what>/<name>.scenario.
std::variant<std::string, harness::InputError> save_as(const std::string&       what,
                                                       const std::string&       name,
                                                       const harness::Scenario& scenario,
                                                       const std::string&       out,
                                                       const std::string&       comment);

}  // namespace interlock::cli
