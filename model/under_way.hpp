#pragma once

// How many packets and requests were under way whenever a port, an adapter or an extension changed
// its state: what most rules are about comes up only if there were some.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "model/event.hpp"

namespace interlock::model {

inline constexpr std::array<std::string_view, 5> under_way_classes{"none", "1", "2 to 3", "4 to 7",
                                                                   "8 and more"};

/// Counts by class.
using UnderWay = std::array<std::uint64_t, under_way_classes.size()>;

/// The class of a count.
std::size_t under_way_class(std::int64_t count);

/// Whether a cell, by its place among those of all machines, is one that is followed here: a row of
/// the port, the adapter or the filter module that leads to another state.
bool changes_state(std::size_t cell);

/// Calls back with each such cell that the trace takes, and with the class of how many packets and
/// requests were between the two ends of the switch just then; the request that brings the change
/// about does not count. What a guard of the row asks for is not looked at.
void for_each_change(std::span<const Event>                                           trace,
                     const std::function<void(std::size_t cell, std::size_t class_)>& change);

}  // namespace interlock::model
