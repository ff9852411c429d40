#pragma once

// Whose fault is it? The bundled good extensions stand in for those of the stack.

#include <optional>
#include <string>

#include "cli/extensions.hpp"
#include "fuzz/attribution.hpp"
#include "fuzz/contained_stage.hpp"

namespace interlock::cli {

/// @param contained  how the stage was opened on which `play` was played; its stack is restaged.
/// @param bundled    where the good ones are looked for.
/// @return nothing where no rule was broken, or where the good ones are not there.
std::optional<model::Attribution> attribution_of(const fuzz::Play&             play,
                                                 const harness::Scenario&      scenario,
                                                 const fuzz::ContainedOptions& contained,
                                                 const Extensions&             bundled);

}  // namespace interlock::cli
