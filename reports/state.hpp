#pragma once

// Where the subject of a finding stood, told by the model's own machines.

#include <span>
#include <string>

#include "model/event.hpp"
#include "model/verdict.hpp"

namespace interlock::reports {

/// "adapter 3/0 disconnecting, port 3 created, the extension running": just before the breaking
/// event. Empty where the finding names none of them.
std::string state_in_words(const model::Violation& violation, std::span<const model::Event> trace);

}  // namespace interlock::reports
