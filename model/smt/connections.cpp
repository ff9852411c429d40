// The claims about one port with its connections.

#include <array>

#include "model/smt/findings.hpp"

namespace interlock::model::smt {
namespace {

Finding quiet(const Tables& tables, Variable Connection::* counted) {
    const Composition composed = compose(tables, 1);
    const Connection& own      = composed.connections[0];
    return never(composed.system, {some(own.*counted), is(own.nic, NicState::deleting)}, life);
}

/// A connection that an extension holds a reference on, at the moment of its disconnect.
Composition referenced_and_leaving(const Tables& tables, Dereference dereference) {
    Composition       composed = compose(tables, 1, dereference);
    const Connection& own      = composed.connections[0];
    for (Bounds& begin : composed.system.initial) {
        if (begin.variable == composed.port) begin = is(composed.port, PortState::created);
        if (begin.variable == own.nic) begin = is(own.nic, NicState::disconnecting);
        if (begin.variable == own.references) begin = is(own.references, 1);
    }
    return composed;
}

// How far each state is from the end of its life, the shortest way, in the states' order.
// clang-format off
const std::vector<std::int64_t> port_weights{
    0,  // not_created
    5,  // creating
    4,  // created
    3,  // teardown_pending
    2,  // torn_down
    1,  // deleting
};
const std::vector<std::int64_t> nic_weights{
    0,  // absent
    3,  // creating
    2,  // created, which may be deleted without ever being connected
    5,  // connecting
    4,  // connected
    3,  // disconnecting
    2,  // disconnected
    1,  // deleting
};
// clang-format on

Finding can_be_taken_down(const Tables& tables, Dereference dereference) {
    const Composition composed = compose(tables, 2, dereference);
    Weights           weights(composed.system.variables.size());
    weights[composed.port] = port_weights;
    for (const Connection& connection : composed.connections)
        weights[connection.nic] = nic_weights;
    return descends(composed.system, weights, composed.system.initial, life);
}

/// A connection that was created on a port, and that nobody will ever connect.
Finding stays_created(Tables tables) {
    tables.nic.forget_row(NicState::created, NicEvent::connect_issued);
    Composition       composed = compose(tables, 1);
    const Connection& own      = composed.connections[0];
    for (Bounds& begin : composed.system.initial) {
        if (begin.variable == composed.port) begin = is(composed.port, PortState::created);
        if (begin.variable == own.nic) begin = is(own.nic, NicState::created);
    }
    return always(
        composed.system,
        {{{}, {is(own.nic, NicState::created)}}, {{}, {is(composed.port, PortState::created)}}},
        life);
}

}  // namespace

Finding packets_quiet(const Tables& tables) {
    const Composition composed = compose(tables, 1);
    const Connection& own      = composed.connections[0];
    return always(
        composed.system,
        {{{some(own.packets)}, {between(own.nic, NicState::created, NicState::disconnected)}}},
        life);
}

Finding packets_not_asked(Tables tables) {
    tables.nic.forget_guard(NicGuard::no_packets);
    return packets_quiet(tables);
}

Finding oids_quiet(const Tables& tables) {
    return quiet(tables, &Connection::oids);
}

Finding oids_not_asked(Tables tables) {
    tables.nic.forget_guard(NicGuard::no_nic_oids);
    return oids_quiet(tables);
}

Finding references_quiet(const Tables& tables) {
    return quiet(tables, &Connection::references);
}

Finding references_not_asked(Tables tables) {
    tables.nic.forget_guard(NicGuard::no_nic_references);
    return references_quiet(tables);
}

Finding port_unused(const Tables& tables) {
    const Composition composed = compose(tables, 1);
    const Bounds      going    = is(composed.port, PortState::deleting);
    return together(std::array{
        never(composed.system, {going, some(composed.port_references)}, life),
        never(composed.system, {going, some(composed.port_oids)}, life),
    });
}

Finding port_references_not_asked(Tables tables) {
    tables.port.forget_guard(PortGuard::no_port_references);
    return port_unused(tables);
}

Finding port_empty(const Tables& tables) {
    const Composition composed = compose(tables, 1);
    const Variable    nic      = composed.connections[0].nic;
    return always(composed.system,
                  {{{between(nic, NicState::creating, NicState::deleting)},
                    {is(composed.port, PortState::created)}}},
                  life);
}

Finding nics_not_asked(Tables tables) {
    tables.port.forget_guard(PortGuard::no_nic_on_port);
    return port_empty(tables);
}

Finding bound_below(const Tables& tables) {
    const Composition composed = compose(tables, 2);
    return always(
        composed.system,
        {{{between(composed.connections[1].nic, NicState::creating, NicState::deleting)},
          {between(composed.connections[0].nic, NicState::created, NicState::connected)}}},
        life);
}

Finding bound_not_asked(Tables tables) {
    tables.nic.forget_guard(NicGuard::bound_adapters_gone);
    return bound_below(tables);
}

Finding reference_blocks(const Tables& tables) {
    const Composition composed = referenced_and_leaving(tables, Dereference::not_after_disconnect);
    const Connection& own      = composed.connections[0];
    return always(composed.system,
                  {{{}, {between(own.nic, NicState::disconnecting, NicState::disconnected)}},
                   {{}, {some(own.references)}}},
                  life);
}

Finding reference_is_released(Tables tables) {
    const Composition composed = referenced_and_leaving(tables, Dereference::any_time);
    const Variable    nic      = composed.connections[0].nic;
    return always(composed.system,
                  {{{}, {between(nic, NicState::disconnecting, NicState::disconnected)}}}, life);
}

Finding taken_down(const Tables& tables) {
    return can_be_taken_down(tables, Dereference::any_time);
}

Finding not_taken_down(Tables tables) {
    return can_be_taken_down(tables, Dereference::not_after_disconnect);
}

Finding unconnected_stays(const Tables& tables) {
    Tables as_written = tables;
    as_written.nic.forget_row(NicState::created, NicEvent::delete_issued);
    return stays_created(as_written);
}

Finding unconnected_goes(Tables tables) {
    return stays_created(std::move(tables));
}

}  // namespace interlock::model::smt
