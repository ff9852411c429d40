#pragma once

// The parts of the errata ledger, in the order of `Doubt`.

#include "model/errata.hpp"

namespace interlock::model {

std::span<const Erratum> control_errata();
std::span<const Erratum> data_errata();

}  // namespace interlock::model
