#pragma once

// For the tests of this folder: a page's table, typed a second time as text, held against the
// exported one.
//
//                 | not_created | creating
//  create_issued  | creating    | .            a row per event, a column per state, "." a blank
//
// A table too wide for a line may be cut into blocks, each with a head line of its own.

#include <cstddef>
#include <string>
#include <string_view>

#include "model/machine.hpp"

namespace interlock::model {

/// The outcome of reading a page against a machine.
struct Comparison {
    std::size_t filled = 0;   // Cells in which the page says something.
    std::size_t blank  = 0;   // Cells with a ".".
    std::string differences;  // One line for each, and for each cell the page forgot.
};

/// Where each event leads. A blank is a blank.
Comparison compare_transitions(const Machine& machine, std::string_view page);

/// The rule that grants each cell, or that a blank breaks.
Comparison compare_rules(const Machine& machine, std::string_view page);

/// The guards of each cell, separated by spaces; "." asks for nothing. Only events that have a
/// guard somewhere need a row.
Comparison compare_guards(const Machine& machine, std::string_view page);

/// The blanks after which the judge assumes neither the old state nor a state that the event leads
/// to from somewhere; one line for each.
std::string odd_recoveries(const Machine& machine);

}  // namespace interlock::model
