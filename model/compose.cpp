#include "model/compose.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "model/permissions.hpp"

namespace interlock::model {
namespace {

Table copy_of(const Machine& machine) {
    return {&machine, {machine.cells.begin(), machine.cells.end()}};
}

bool asks(const Cell& cell, auto guard) {
    return (cell.guards >> static_cast<unsigned>(guard) & 1U) != 0;
}

void join(auto& all, auto more) {
    all.insert(all.end(), more.begin(), more.end());
}

// --- What extensions may do, by the switch's state ----------------------------------------------

struct NicViews {
    NicState             state;
    std::vector<NicView> views;
};

/// What an extension can know of a connection while the switch has it in a state.
const std::vector<NicViews>& nic_views() {
    using enum NicView;
    static const std::vector<NicViews> table{
        {NicState::absent, {unseen, gone, vetoed}},
        {NicState::creating, {unseen, create_delivered, created}},
        {NicState::created, {created}},
        {NicState::connecting, {created, connect_delivered, connected}},
        {NicState::connected, {connected}},
        {NicState::disconnecting, {connected, disconnect_delivered, disconnect_handled}},
        {NicState::disconnected, {disconnect_handled}},
        {NicState::deleting, {disconnect_handled, created, gone}},
    };
    return table;
}

struct PortViews {
    PortState             state;
    std::vector<PortView> views;
};

/// The same for a port. `create_forwarded` grants nothing for sure: the switch refuses the
/// reference until the create has succeeded.
const std::vector<PortViews>& port_views() {
    using enum PortView;
    static const std::vector<PortViews> table{
        {PortState::not_created, {unseen, gone, vetoed}},
        {PortState::creating, {unseen, create_delivered}},
        {PortState::created, {created}},
        {PortState::teardown_pending, {created, teardown_delivered, teardown_handled}},
        {PortState::torn_down, {teardown_handled}},
        {PortState::deleting, {teardown_handled, gone}},
    };
    return table;
}

// --- The composition
// ------------------------------------------------------------------------------

class Composer {
public:
    Composer(const Tables& of, std::size_t connections, Dereference how)
        : tables(of), dereference(how) {
        System& system           = composed.system;
        composed.port            = system.add("port", of.port.machine->states);
        composed.port_oids       = system.add("port OIDs");
        composed.port_references = system.add("port references");
        for (std::size_t index = 0; index < connections; ++index) {
            const std::string name = label(index);
            composed.connections.push_back(
                {system.add(name, of.nic.machine->states), system.add(name + " packets"),
                 system.add(name + " OIDs"), system.add(name + " references")});
        }
        for (Variable variable = 0; variable < system.variables.size(); ++variable)
            system.initial.push_back(is(variable, 0));
    }

    Composition compose() {
        port_rows();
        port_use();
        for (std::size_t index = 0; index < composed.connections.size(); ++index) {
            nic_rows(index);
            nic_use(index);
        }
        return std::move(composed);
    }

private:
    static std::string label(std::size_t index) {
        return "nic " + std::to_string(index);
    }

    /// @param rule  of the row that it is; empty if it is none.
    void may(std::string name, Cube when, std::vector<Effect> effects, std::string_view rule = {}) {
        composed.system.actions.push_back(
            {std::move(name), std::move(when), std::move(effects), rule});
    }

    /// While `held` there is one to let go.
    void may_end(std::string name, Variable held) {
        may(std::move(name), {some(held)}, {changes_by(held, -1)});
    }

    Cube port_guards(const Cell& cell) const {
        Cube when{is(composed.port, cell.from)};
        if (asks(cell, PortGuard::no_nic_on_port)) {
            for (const Connection& connection : composed.connections)
                when.push_back(is(connection.nic, NicState::absent));
        }
        if (asks(cell, PortGuard::no_port_references))
            when.push_back(is(composed.port_references, 0));
        if (asks(cell, PortGuard::no_port_oids)) when.push_back(is(composed.port_oids, 0));
        return when;
    }

    void port_rows() {
        for (const Cell& cell : tables.port.cells) {
            const auto event = static_cast<PortEvent>(cell.event);
            if (event == PortEvent::nic_create_issued) continue;  // nic_rows: it is one OID.
            std::vector<Effect> effects{becomes(composed.port, cell.to)};
            const bool          is_oid =
                event == PortEvent::updated_issued || event == PortEvent::property_issued;
            if (is_oid) effects.push_back(changes_by(composed.port_oids, 1));
            may("port: " + std::string{tables.port.machine->events[cell.event]}, port_guards(cell),
                std::move(effects), cell.rule);
        }
    }

    void port_use() {
        for (const PortViews& row : port_views()) {
            const auto granted = [&](Right PortRights::* right, Right wanted) {
                return std::ranges::any_of(
                    row.views, [&](PortView view) { return rights::of(view).*right == wanted; });
            };
            const Cube here{is(composed.port, row.state)};
            if (granted(&PortRights::reference, Right::granted))
                may("port: referenced", here, {changes_by(composed.port_references, 1)});
            if (granted(&PortRights::oid, Right::granted))
                may("port: enumerated", here, {changes_by(composed.port_oids, 1)});
            if (granted(&PortRights::oid, Right::under_reference)) {
                may("port: enumerated under a reference", {here[0], some(composed.port_references)},
                    {changes_by(composed.port_oids, 1)});
            }
        }
        may_end("port: dereferenced", composed.port_references);
        may_end("port: an OID completed", composed.port_oids);
    }

    Cube nic_guards(const Cell& cell, std::size_t index) const {
        const Connection& own   = composed.connections[index];
        const Connection& first = composed.connections[0];
        Cube              when{is(own.nic, cell.from)};
        if (asks(cell, NicGuard::no_packets)) when.push_back(is(own.packets, 0));
        if (asks(cell, NicGuard::no_nic_oids)) when.push_back(is(own.oids, 0));
        if (asks(cell, NicGuard::no_nic_references)) when.push_back(is(own.references, 0));
        if (index > 0) {
            if (asks(cell, NicGuard::external_first))
                when.push_back(between(first.nic, NicState::created, NicState::connected));
            if (asks(cell, NicGuard::external_connected))
                when.push_back(is(first.nic, NicState::connected));
            return when;
        }
        if (asks(cell, NicGuard::bound_adapters_gone)) {
            for (std::size_t bound = 1; bound < composed.connections.size(); ++bound)
                when.push_back(is(composed.connections[bound].nic, NicState::absent));
        }
        return when;
    }

    void nic_rows(std::size_t index) {
        const Connection& own = composed.connections[index];
        for (const Cell& cell : tables.nic.cells) {
            const auto event = static_cast<NicEvent>(cell.event);
            const auto name =
                label(index) + ": " + std::string{tables.nic.machine->events[cell.event]};
            std::vector<Effect> effects{becomes(own.nic, cell.to)};
            if (event == NicEvent::host_packet) effects.push_back(changes_by(own.packets, 1));
            const bool is_oid = event == NicEvent::updated_issued ||
                                event == NicEvent::save_issued || event == NicEvent::restore_issued;
            if (is_oid) effects.push_back(changes_by(own.oids, 1));
            if (event != NicEvent::create_issued) {
                may(name, nic_guards(cell, index), std::move(effects), cell.rule);
                continue;
            }
            for (const Cell& on_port : tables.port.cells) {
                if (static_cast<PortEvent>(on_port.event) != PortEvent::nic_create_issued) continue;
                Cube when = nic_guards(cell, index);
                join(when, port_guards(on_port));
                join(effects, std::vector{becomes(composed.port, on_port.to)});
                may(name, std::move(when), effects, cell.rule);
            }
        }
    }

    void nic_use(std::size_t index) {
        const Connection& own  = composed.connections[index];
        const std::string name = label(index);
        for (const NicViews& row : nic_views()) {
            const auto granted = [&](Right NicRights::* right, Right wanted) {
                return std::ranges::any_of(
                    row.views, [&](NicView view) { return rights::of(view).*right == wanted; });
            };
            const Cube here{is(own.nic, row.state)};
            if (granted(&NicRights::destination, Right::granted))
                may(name + ": chosen as destination", here, {changes_by(own.packets, 1)});
            if (granted(&NicRights::reference, Right::granted))
                may(name + ": referenced", here, {changes_by(own.references, 1)});
            if (granted(&NicRights::oid, Right::granted))
                may(name + ": named by an OID", here, {changes_by(own.oids, 1)});
            if (granted(&NicRights::oid, Right::under_reference)) {
                may(name + ": named by an OID under a reference", {here[0], some(own.references)},
                    {changes_by(own.oids, 1)});
            }
        }
        may_end(name + ": a packet finished", own.packets);
        may_end(name + ": an OID completed", own.oids);
        dereferences(index);
    }

    void dereferences(std::size_t index) {
        const Connection& own = composed.connections[index];
        Cube              when{some(own.references)};
        if (dereference == Dereference::not_after_disconnect)
            when.push_back(between(own.nic, NicState::absent, NicState::connected));
        may(label(index) + ": dereferenced", when, {changes_by(own.references, -1)});
    }

    const Tables& tables;
    Dereference   dereference;
    Composition   composed;
};

}  // namespace

void Table::forget_guard_bit(unsigned bit) {
    for (Cell& cell : cells)
        cell.guards = static_cast<std::uint8_t>(cell.guards & ~(1U << bit));
}

Tables documented() {
    return {copy_of(port_machine()), copy_of(nic_machine()), copy_of(filter_module_machine()),
            copy_of(oid_request_machine()), copy_of(packet_machine())};
}

Tables empty() {
    Tables tables = documented();
    for (Table* table :
         {&tables.port, &tables.nic, &tables.filter_module, &tables.oid_request, &tables.packet}) {
        table->cells.clear();
    }
    return tables;
}

System alone(const Table& table) {
    System         system;
    const Variable state = system.add(std::string{table.machine->name}, table.machine->states);
    system.initial       = {is(state, 0)};
    for (const Cell& cell : table.cells) {
        system.actions.push_back({std::string{table.machine->events[cell.event]},
                                  {is(state, cell.from)},
                                  {becomes(state, cell.to)},
                                  cell.rule});
    }
    return system;
}

Composition compose(const Tables& tables, std::size_t connections, Dereference dereference) {
    return Composer(tables, connections, dereference).compose();
}

}  // namespace interlock::model
