#pragma once

// The exported tables as transition systems: a machine alone, and one port with its connections,
// the packets, OIDs and references on them counted. No row is typed here a second time.

#include <vector>

#include "model/machine.hpp"
#include "model/machines/states.hpp"
#include "model/system.hpp"

namespace interlock::model {

/// A copy of a machine's rows, so that a twin can falsify it.
struct Table {
    const Machine*    machine = nullptr;
    std::vector<Cell> cells;

    void forget_guard(auto guard) {
        forget_guard_bit(static_cast<unsigned>(guard));
    }
    void forget_row(auto from, auto event) {
        std::erase_if(cells, [&](const Cell& cell) {
            return cell.from == static_cast<unsigned>(from) &&
                   cell.event == static_cast<unsigned>(event);
        });
    }
    void add_row(auto from, auto event, auto to) {
        cells.push_back({static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(event),
                         static_cast<std::uint8_t>(to), 0, "none"});
    }

private:
    void forget_guard_bit(unsigned bit);
};

struct Tables {
    Table port, nic, filter_module, oid_request, packet;
};

/// The tables as exported.
Tables documented();

/// The tables without a row. What is proved of these is empty.
Tables empty();

/// A machine by itself: variable 0 is its state. Guards may hold or not, so they are left out.
System alone(const Table& table);

/// What may be done with a reference that is still held when the connection is disconnected.
enum class Dereference : std::uint8_t { any_time, not_after_disconnect };

struct Connection {
    Variable nic, packets, oids, references;
};

/// One port with adapter connections: index 0, and on an external port those bound below it.
struct Composition {
    System                  system;
    Variable                port, port_oids, port_references;
    std::vector<Connection> connections;
};

/// Rows of the port and of its connections, and beside them what is no row: packets that are given
/// a destination and finished, OIDs that are issued and completed, references taken and released,
/// wherever an extension may have a view of the connection that grants it (permissions.hpp).
///
/// Guards about parameters (a real port id, an index that fits, an operational port, a guest's
/// adapter) are taken as kept: whoever issues the OID can choose them so.
Composition compose(const Tables& tables, std::size_t connections,
                    Dereference dereference = Dereference::any_time);

}  // namespace interlock::model
