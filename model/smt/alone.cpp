// The claims about machines by themselves.

#include <algorithm>
#include <array>
#include <initializer_list>

#include "model/permissions.hpp"
#include "model/smt/findings.hpp"

namespace interlock::model::smt {
namespace {

std::array<const Table*, 5> all(const Tables& tables) {
    return {&tables.port, &tables.nic, &tables.filter_module, &tables.oid_request, &tables.packet};
}

/// No run through a machine by itself needs more steps to a new state than it has states.
Depth whole(const Table& table) {
    return {table.machine->states.size(), Depth::Kind::whole};
}

/// Where a life ends. An OID request ends for good: its id is never used again.
std::int64_t end_of(const Table& table) {
    if (table.machine == &oid_request_machine()) return static_cast<std::int64_t>(OidState::done);
    return 0;
}

/// Whether `goal` is reached from `begin`; the witness says of what it tells.
Finding reaches(const Table& table, std::int64_t begin, std::int64_t goal) {
    System system   = alone(table);
    system.initial  = {is(0, begin)};
    Finding finding = sometimes(system, {is(0, goal)}, whole(table));
    finding.witness = std::string{table.machine->name} + ", " +
                      std::string{table.machine->states[static_cast<std::size_t>(begin)]} + " to " +
                      std::string{table.machine->states[static_cast<std::size_t>(goal)]} + ":\n" +
                      finding.witness;
    return finding;
}

/// Every state of every machine, each with a question about it.
template <class Ask>
Finding for_every_state(const Tables& tables, Ask ask) {
    std::vector<Finding> findings;
    for (const Table* table : all(tables)) {
        for (std::size_t state = 0; state < table->machine->states.size(); ++state)
            findings.push_back(ask(*table, static_cast<std::int64_t>(state)));
    }
    return together(findings);
}

/// The page's permissions as a system: in which row a packet may be sent.
System permitted_packets() {
    System         system;
    const Variable row = system.add("row of the permissions");
    for (const Permissions& permissions : page::permissions) {
        const Cube here{is(row, permissions.state)};
        if (permissions.packets_from_switch) system.actions.push_back({"a packet", here, {}});
        if (permissions.packets_from_extension) system.actions.push_back({"a packet", here, {}});
    }
    return system;
}

/// A machine that counts how often some of its events came.
System counting(const Table& table, std::initializer_list<std::uint8_t> events) {
    System         system = alone(table);
    const Variable count  = system.add("finished");
    system.initial.push_back(is(count, 0));
    for (std::size_t place = 0; place < table.cells.size(); ++place) {
        const bool counted = std::ranges::find(events, table.cells[place].event) != events.end();
        if (counted) system.actions[place].effects.push_back(changes_by(count, 1));
    }
    return system;
}

}  // namespace

Finding packets_need_a_connection(const Tables& tables) {
    const System rows      = alone(tables.nic);
    const System permitted = permitted_packets();
    return together(std::array{
        impossible(rows, "host_packet", {between(0, NicState::absent, NicState::creating)}),
        impossible(rows, "host_packet", {is(0, NicState::deleting)}),
        impossible(permitted, "a packet",
                   {between(0, PortNic::port_not_created, PortNic::port_created)}),
        impossible(permitted, "a packet",
                   {between(0, PortNic::nic_deleted, PortNic::port_tearing_down)}),
    });
}

Finding packets_need_a_connect(Tables tables) {
    return impossible(alone(tables.nic), "host_packet",
                      {between(0, NicState::absent, NicState::connecting)});
}

Finding module_carries(const Tables& tables) {
    return impossible(alone(tables.filter_module), "send_or_receive",
                      {between(0, FilterState::detached, FilterState::restarting)});
}

Finding module_carries_running(Tables tables) {
    return impossible(alone(tables.filter_module), "send_or_receive",
                      {between(0, FilterState::detached, FilterState::running)});
}

Finding finished_once(const Tables& tables) {
    constexpr auto completed = static_cast<std::uint8_t>(OidEvent::completed);
    constexpr auto returned  = static_cast<std::uint8_t>(OidEvent::returned_final);
    const System   system    = counting(tables.oid_request, {completed, returned});
    return always(system,
                  {{{between(0, OidState::unknown, OidState::answered)}, {is(1, 0)}},
                   {{between(0, OidState::completed, OidState::done)}, {is(1, 1)}}},
                  whole(tables.oid_request));
}

Finding finished_twice(Tables tables) {
    tables.oid_request.add_row(OidState::completed, OidEvent::completed, OidState::completed);
    return finished_once(tables);
}

/// How many NBLs of others are here: delivered and not finished.
Finding given_back_once(const Tables& tables) {
    System         system = alone(tables.packet);
    const Variable open   = system.add("open");
    system.initial.push_back(is(open, 0));
    for (std::size_t place = 0; place < tables.packet.cells.size(); ++place) {
        const auto event = static_cast<PacketEvent>(tables.packet.cells[place].event);
        if (event == PacketEvent::delivered)
            system.actions[place].effects.push_back(changes_by(open, 1));
        if (event == PacketEvent::finished)
            system.actions[place].effects.push_back(changes_by(open, -1));
    }
    return always(system,
                  {{{between(0, PacketState::held, PacketState::back)}, {is(open, 1)}},
                   {{is(0, PacketState::away)}, {is(open, 0)}},
                   {{between(0, PacketState::made, PacketState::own_back)}, {is(open, 0)}}},
                  whole(tables.packet));
}

Finding given_back_twice(Tables tables) {
    tables.packet.add_row(PacketState::passed, PacketEvent::finished, PacketState::passed);
    return given_back_once(tables);
}

Finding states_reached(const Tables& tables) {
    return for_every_state(
        tables, [](const Table& table, std::int64_t state) { return reaches(table, 0, state); });
}

Finding states_not_reached(Tables tables) {
    tables.port.forget_row(PortState::creating, PortEvent::create_succeeded);
    return states_reached(tables);
}

Finding ends_reached(const Tables& tables) {
    return for_every_state(tables, [](const Table& table, std::int64_t state) {
        return reaches(table, state, end_of(table));
    });
}

Finding ends_not_reached(Tables tables) {
    tables.nic.forget_row(NicState::deleting, NicEvent::delete_completed);
    return ends_reached(tables);
}

Finding one_way_on(const Tables& tables) {
    std::vector<Finding> findings;
    for (const Table* table : all(tables))
        findings.push_back(deterministic(alone(*table)));
    return together(findings);
}

Finding two_ways_on(Tables tables) {
    tables.filter_module.add_row(FilterState::running, FilterEvent::pause, FilterState::paused);
    return one_way_on(tables);
}

Finding rows_taken(const Tables& tables) {
    std::vector<Finding> findings;
    for (const Table* table : all(tables))
        findings.push_back(every_row_happens(alone(*table), whole(*table)));
    findings.push_back(every_row_happens(compose(tables, 1).system, life));
    return together(findings);
}

Finding rows_not_taken(Tables tables) {
    tables.oid_request.forget_row(OidState::forwarded, OidEvent::answered);
    return rows_taken(tables);
}

}  // namespace interlock::model::smt
