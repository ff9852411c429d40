#pragma once

// What the nine machines export: their filled cells, and what a blank cell means. Everything that
// reads a table (the judge, the proofs, coverage, diagrams, pages) reads this; the Boost.MSM rows
// behind it stand in machines/*.cpp and nowhere else.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace interlock::model {

/// A filled cell: in `from`, on `event`, if all `guards` hold, go to `to`.
struct Cell {
    std::uint8_t     from   = 0;
    std::uint8_t     event  = 0;
    std::uint8_t     to     = 0;
    std::uint8_t     guards = 0;  // Bit set: bit b is Machine::guards[b].
    std::string_view rule;        // The sentence that grants it.
};

/// A condition a row asks for. Its rule is the one that is broken when it does not hold.
struct Guard {
    std::string_view name;
    std::string_view rule;
};

/// What is broken by an event that has no cell in a state, and what the judge assumes afterwards.
struct Blank {
    std::uint8_t     from  = 0;
    std::uint8_t     event = 0;
    std::uint8_t     to    = 0;
    std::string_view rule;
};

/// One machine, with its types erased. All names live for ever.
struct Machine {
    std::string_view                  name;
    std::span<const std::string_view> states;  // states[0] is the initial one.
    std::span<const std::string_view> events;
    std::span<const Guard>            guards;
    std::span<const Cell>             cells;   // In the page's order.
    std::span<const Blank>            blanks;  // All the others: cells + blanks = states x events.
};

const Machine& port_machine();
const Machine& nic_machine();
const Machine& filter_module_machine();
const Machine& oid_request_machine();
const Machine& packet_machine();
const Machine& save_machine();
const Machine& restore_machine();
const Machine& activation_machine();
const Machine& property_machine();

/// The nine, in the order above.
std::span<const Machine* const> machines();

/// A cell of one of them.
struct PlacedCell {
    const Machine& machine;
    const Cell&    cell;
};

/// How many cells all have, one machine after the other, and which stands at that place.
std::size_t               cell_count();
std::optional<PlacedCell> cell_at(std::size_t place);

/// What a dense table says of one (state, event): the hot path's view of a cell or blank.
struct Step {
    std::uint8_t  to     = 0;
    std::uint8_t  guards = 0;
    bool          filled = false;
    std::uint16_t cell   = 0;  // Place in Machine::cells, or in Machine::blanks.
};

/// A machine's cells and blanks laid out for looking up in O(1). Made once from the machine.
class DenseTable {
public:
    explicit DenseTable(const Machine& machine);

    const Step& at(std::uint8_t state, std::uint8_t event) const {
        return steps[state * events + event];
    }

private:
    std::size_t       events;
    std::vector<Step> steps;
};

}  // namespace interlock::model
