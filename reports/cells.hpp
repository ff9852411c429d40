#pragma once

// What is said of the cells of machines and matrices, as a page has it.

#include <string>

#include "model/machine.hpp"
#include "model/reading.hpp"
#include "model/ruling.hpp"

namespace interlock::reports {

/// What each reading rules, in the order of `readings`.
using Rulings = std::array<model::Ruling, model::readings.size()>;

/// "illegal: NIC-16", "legal (NIC-08)", "legal: NIC-16; as-written illegal".
std::string ruling_text(const Rulings& rulings, std::string_view rule);

/// Of one state and event of a machine: where it leads and by which rule, or which rule it breaks.
std::string cell_text(const model::Machine& machine, const model::Step& step);

/// Every OID in every phase, by the states of ports and adapters, for the switch and for
/// extensions.
std::string oid_matrices();

}  // namespace interlock::reports
