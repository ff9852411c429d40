#pragma once

// Where the subject of a finding stood, told by the model's own machines.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "model/verdict.hpp"

namespace interlock::reports {

/// "adapter 3/0 disconnecting, port 3 created, the extension running": just before the breaking
/// event. Empty where the finding names none of them.
std::string state_in_words(const model::Violation& violation, std::span<const model::Event> trace);

/// What would have been legal there: "adapter 3/0: create issued, delete issued if no packets", by
/// the rows of the machine that the broken rule stands in. Empty where it stands in none, or where
/// the trace does not tell the state.
std::string legal_in_words(const model::Violation& violation, std::span<const model::Event> trace);

/// From event `since` on.
struct Span {
    std::size_t since = 0;
    std::string state;
};

/// The states that a port, an adapter or an extension went through, by the model's own machines.
struct Life {
    std::string       name;   // "port 3", "adapter 3/0", or the extension's.
    std::vector<Span> spans;  // The first at 0; none empty.
};

/// Of all that a trace names: ports and their adapters first, then the extensions.
std::vector<Life> lives(std::span<const model::Event> trace,
                        std::span<const std::string>  extensions);

}  // namespace interlock::reports
