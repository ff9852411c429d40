#include "model/oid_drive.hpp"

#include <algorithm>
#include <array>

namespace interlock::model {
namespace {

constexpr Status failed = status::failure;

Status status_of(OidPhase phase) {
    return phase == OidPhase::succeeded ? status::success : failed;
}

/// The port, and the adapter on it, whose states are the columns. What a request goes to is an
/// external adapter, index 0 for the switch.
struct Stage {
    PortId        id       = 3;
    std::uint32_t port     = port_type::synthetic;
    std::uint32_t nic_type = nic_type::synthetic;
};

Stage stage_for(const OidRow& row) {
    if (row.role != Role::destination) return {};
    return {1, port_type::external, nic_type::external};
}

Event request(const OidRow& row, const Stage& stage) {
    if (row.role == Role::destination) return {.other_port = stage.id, .oid = row.oid};
    const bool about_port = oid::names_port(row.oid) || oid::names_nic(row.oid);
    // A list of one, not looked into; of OID_SWITCH_PARAMETERS that the switch is active.
    const bool says_one =
        row.oid == oid::port_array || row.oid == oid::nic_array || row.oid == oid::parameters;
    const std::uint32_t detail = row.oid == oid::port_create  ? stage.port
                                 : row.oid == oid::nic_create ? stage.nic_type
                                                              : says_one;
    return {.port = about_port ? stage.id : PortId{0}, .oid = row.oid, .detail = detail};
}

// A life by its steps: what is issued to leave a state, in the states' order. The completion of
// that leads to the state after it.

struct Life {
    std::array<Oid, 8> steps;
    std::size_t        count;
};

constexpr Life port_life{{oid::port_create, 0, oid::port_teardown, 0, oid::port_delete, 0}, 6};
constexpr Life nic_life{
    {oid::nic_create, 0, oid::nic_connect, 0, oid::nic_disconnect, 0, oid::nic_delete, 0}, 8};

Event step_of(Oid step, const Stage& stage) {
    return request({{}, step, Role::target}, stage);
}

/// By the rules, from the first state to one of them.
void lead(Story& story, const Life& life, const Stage& stage, std::size_t to,
          std::size_t from = 0) {
    for (std::size_t state = from; state < to; ++state) {
        const Oid step = life.steps[state];
        if (step == 0) continue;  // A completion, made below.
        if (state + 1 == to) {
            story.issue(step_of(step, stage));
        } else {
            story.pass(step_of(step, stage));
        }
    }
}

/// Against the rules, on and round to any state.
void force(Story& story, const Life& life, const Stage& stage, std::size_t to) {
    const std::size_t steps = to == 0 ? life.count : to;
    ObjectId          last  = 0;
    for (std::size_t state = 0; state < steps; ++state) {
        if (life.steps[state] != 0)
            last = story.issue(step_of(life.steps[state], stage));
        else
            story.edge_completes(last);
    }
}

/// The state from which one step leads to this one, or to the one before it.
std::size_t before(std::size_t state) {
    return state % 2 == 1 ? state - 1 : state - 2;
}

void end(Story& story, ObjectId request, OidPhase phase) {
    story.deliver(request);
    story.answer(story.forward(request), status_of(phase));
    story.handler_returns(request, status_of(phase));
    story.edge_completes(request, status_of(phase));
}

bool moves(const Life& life, Oid oid) {
    return std::ranges::find(life.steps, oid) != life.steps.end();
}

/// Issues it in the state before, and goes on from there.
void end_after(Story& story, const OidRow& row, OidPhase phase, const Life& life,
               const Stage& stage, std::size_t state) {
    const std::size_t from = before(state);
    lead(story, life, stage, from);
    const ObjectId issued = story.issue(request(row, stage));
    if (!moves(life, row.oid)) lead(story, life, stage, state, from);
    end(story, issued, phase);
}

/// An adapter on a created port in a state in which the request may be issued for it.
void bring_adapter(Story& story, Oid oid, const Stage& stage) {
    const auto to = [&](NicState nic) {
        lead(story, nic_life, stage, static_cast<std::size_t>(nic));
    };
    if (!oid::names_nic(oid) || oid == oid::nic_create) return;
    if (oid == oid::nic_connect) return to(NicState::created);
    if (oid == oid::nic_delete) return to(NicState::disconnected);
    to(NicState::connected);
    if (oid == oid::nic_save_complete) story.pass(step_of(oid::nic_save, stage));
}

void ask_at_once(Story& story, const OidRow& row, OidPhase phase, const Stage& stage) {
    const ObjectId issued = story.issue(request(row, stage));
    if (phase != OidPhase::issued) end(story, issued, phase);
}

}  // namespace

Story drive_switch(const OidRow& row, OidPhase phase, PortState port, Way way) {
    Story       story;
    const Stage stage = stage_for(row);
    const auto  state = static_cast<std::size_t>(port);
    if (way == Way::issued_before) {
        end_after(story, row, phase, port_life, stage, state);
    } else if (way == Way::forced) {
        lead(story, port_life, stage, static_cast<std::size_t>(PortState::created));
        const ObjectId issued = story.issue(request(row, stage));
        force(story, port_life, stage, state);
        story.edge_completes(issued, status_of(phase));
    } else {
        lead(story, port_life, stage, state);
        if (port == PortState::created) bring_adapter(story, row.oid, stage);
        ask_at_once(story, row, phase, stage);
    }
    return story;
}

Story drive_switch(const OidRow& row, OidPhase phase, NicState nic, Way way) {
    Story       story;
    const Stage stage = stage_for(row);
    const auto  state = static_cast<std::size_t>(nic);
    lead(story, port_life, stage, static_cast<std::size_t>(PortState::created));
    if (way == Way::issued_before) {
        end_after(story, row, phase, nic_life, stage, state);
    } else if (way == Way::forced) {
        const bool of_nic = oid::names_nic(row.oid);
        lead(story, nic_life, stage, of_nic ? static_cast<std::size_t>(NicState::created) : state);
        const ObjectId issued = story.issue(request(row, stage));
        if (of_nic)
            force(story, nic_life, stage, state);
        else
            force(story, port_life, stage, static_cast<std::size_t>(PortState::created));
        story.edge_completes(issued, status_of(phase));
    } else {
        const bool saves = row.oid == oid::nic_save_complete && nic >= NicState::connected;
        const auto open  = static_cast<std::size_t>(NicState::connected);
        lead(story, nic_life, stage, saves ? open : state);
        // A save that failed may be given up, so a disconnect may come before its end.
        if (saves) story.pass(step_of(oid::nic_save, stage), status::failure);
        if (saves) lead(story, nic_life, stage, state, open);
        ask_at_once(story, row, phase, stage);
    }
    return story;
}

}  // namespace interlock::model
