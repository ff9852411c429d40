#pragma once

// What a ledger knows, as numbers: equal for two traces exactly if, from here on, no event could
// tell them apart. When something came about does not count, nor how an object is numbered.

#include <cstdint>
#include <span>
#include <vector>

#include "model/event.hpp"

namespace interlock::model {

struct Ledger;

using Standing = std::vector<std::uint32_t>;

/// Appends what the ledger knows. Objects are told by their places in `named`.
/// @param named  the objects that events may still name; others are left out.
void tell_standing(const Ledger& ledger, std::span<const ObjectId> named, Standing& into);

}  // namespace interlock::model
