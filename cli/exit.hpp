#pragma once

namespace interlock::cli {

/// What the command ends with. Ordered by weight: `heavier` keeps the worst.
enum class Exit : int { conforms = 0, violates = 1, bad_input = 2, undecided = 3, internal = 70 };

/// The one of the two that says more: internal, bad input, violates, undecided, conforms.
Exit heavier(Exit one, Exit other);

}  // namespace interlock::cli
