#include "reports/state.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/constants.hpp"
#include "model/judge.hpp"
#include "model/machine.hpp"
#include "model/machines/states.hpp"
#include "model/moves.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Call;
using model::Event;
using model::FilterEvent;
using model::NicEvent;
using model::Phase;
using model::PortEvent;

using Trace = std::span<const Event>;

/// Where one thing stands.
struct Stand {
    std::string           name;
    const model::Machine* machine = nullptr;
    std::uint8_t          state   = 0;
    bool                  moved   = false;  // The trace says so; else it may have begun elsewhere.
};

/// Folds what `event_of` makes of each event through a machine's table.
template <class EventOf>
Stand stand_after(std::string name, const model::Machine& machine, Trace trace,
                  const EventOf& event_of) {
    const model::DenseTable table(machine);
    Stand                   stand{std::move(name), &machine};
    for (const Event& event : trace) {
        if (const auto input = event_of(event)) {
            stand.state = table.at(stand.state, static_cast<std::uint8_t>(*input)).to;
            stand.moved = true;
        }
    }
    return stand;
}

std::string in_words(const Stand& stand) {
    return fmt::format("{} {}", stand.name, stand.machine->states[stand.state]);
}

std::string without_dashes(std::string words) {
    std::ranges::replace(words, '_', ' ');
    return words;
}

/// All states on the way.
template <class EventOf>
Life life_of(std::string name, const model::Machine& machine, Trace trace,
             const EventOf& event_of) {
    const auto in_words = [&](std::uint8_t state) {
        return without_dashes(std::string(machine.states[state]));
    };
    const model::DenseTable table(machine);
    std::uint8_t            state = 0;
    Life                    life{std::move(name), {{0, in_words(0)}}};
    for (std::size_t place = 0; place < trace.size(); ++place) {
        const auto input = event_of(trace[place]);
        if (!input) continue;
        const auto to = table.at(state, static_cast<std::uint8_t>(*input)).to;
        if (to != state) life.spans.push_back({place, in_words(to)});
        state = to;
    }
    return life;
}

Life port_life(model::PortId port, Trace trace) {
    const auto event_of = [&](const Event& event) -> std::optional<PortEvent> {
        if (event.port != port) return {};
        return model::port_event(event);
    };
    return life_of(fmt::format("port {}", port), model::port_machine(), trace, event_of);
}

Life nic_life(model::PortId port, model::NicIndex nic, Trace trace) {
    const auto event_of = [&](const Event& event) -> std::optional<NicEvent> {
        if (event.port != port || event.nic != nic) return {};
        return model::nic_event(event);
    };
    return life_of("adapter " + nic_name(port, nic), model::nic_machine(), trace, event_of);
}

Stand nic_stand(const model::Subject& subject, Trace before) {
    const auto event_of = [&](const Event& event) -> std::optional<NicEvent> {
        if (event.port != subject.port || event.nic != subject.nic) return {};
        return model::nic_event(event);
    };
    return stand_after("adapter " + nic_name(subject.port, subject.nic), model::nic_machine(),
                       before, event_of);
}

Stand port_stand(const model::Subject& subject, Trace before) {
    const auto event_of = [&](const Event& event) -> std::optional<PortEvent> {
        if (event.port != subject.port) return {};
        return model::port_event(event);
    };
    return stand_after(fmt::format("port {}", subject.port), model::port_machine(), before,
                       event_of);
}

/// "irp 7 pending and cancelled"; empty if it is no IRP.
std::string irp_state(model::ObjectId object, Trace before) {
    std::string_view state, cancelled;
    for (const Event& event : before) {
        if (event.object != object) continue;
        if (event.call == Call::DriverDispatch && state != "completed") {
            state = event.phase == Phase::enter ? "being dispatched" : "pending";
        }
        if (event.call == Call::IoCompleteRequest) state = "completed";
        if (event.call == Call::RequestorCancels) cancelled = " and cancelled";
    }
    return state.empty() ? std::string() : fmt::format("irp {} {}{}", object, state, cancelled);
}

Stand module_stand(model::ModuleId module, Trace before) {
    const auto event_of = [&](const Event& event) -> std::optional<FilterEvent> {
        if (event.module != module) return {};
        return model::module_event(event);
    };
    return stand_after("the extension", model::filter_module_machine(), before, event_of);
}

Trace before(const model::Violation& violation, Trace trace) {
    return trace.first(std::min<std::size_t>(violation.at, trace.size()));
}

/// Of the port and adapter that a finding names.
std::vector<Stand> ends_of(const model::Violation& violation, Trace trace) {
    std::vector<Stand> stands;
    if (violation.subject.port == 0) return stands;
    if (violation.subject.has_nic) stands.push_back(nic_stand(violation.subject, trace));
    stands.push_back(port_stand(violation.subject, trace));
    return stands;
}

/// Whether the rule is one that a cell, a blank or a guard of the machine carries.
bool carries(const model::Machine& machine, std::string_view rule) {
    const auto has = [rule](const auto& one) { return one.rule == rule; };
    return std::ranges::any_of(machine.cells, has) || std::ranges::any_of(machine.blanks, has) ||
           std::ranges::any_of(machine.guards, has);
}

/// "delete issued if no packets and no nic oids"
std::string step_in_words(const model::Machine& machine, const model::Cell& cell) {
    std::vector<std::string_view> asked;
    for (std::size_t guard = 0; guard < machine.guards.size(); ++guard)
        if (cell.guards >> guard & 1U) asked.push_back(machine.guards[guard].name);
    const std::string_view event = machine.events[cell.event];
    return asked.empty() ? std::string(event)
                         : fmt::format("{} if {}", event, fmt::join(asked, " and "));
}

std::string legal_from(const Stand& stand) {
    std::vector<std::string> steps;
    for (const model::Cell& cell : stand.machine->cells)
        if (cell.from == stand.state) steps.push_back(step_in_words(*stand.machine, cell));
    if (steps.empty()) steps.emplace_back("nothing");
    return fmt::format("{}: {}", stand.name, fmt::join(steps, ", "));
}

}  // namespace

std::string state_in_words(const model::Violation& violation, Trace trace) {
    const Trace              seen = before(violation, trace);
    std::vector<std::string> states;
    for (const Stand& stand : ends_of(violation, seen))
        states.push_back(in_words(stand));
    if (const auto irp = irp_state(violation.subject.object, seen); !irp.empty())
        states.push_back(irp);
    if (violation.module != model::host_module)
        states.push_back(in_words(module_stand(violation.module, seen)));
    return without_dashes(fmt::format("{}", fmt::join(states, ", ")));
}

std::string legal_in_words(const model::Violation& violation, Trace trace) {
    const Trace        seen   = before(violation, trace);
    std::vector<Stand> stands = ends_of(violation, seen);
    if (violation.module != model::host_module)
        stands.push_back(module_stand(violation.module, seen));
    std::vector<std::string> legal;
    for (const Stand& stand : stands)
        if (stand.moved && carries(*stand.machine, model::rules()[violation.rule].id))
            legal.push_back(legal_from(stand));
    return without_dashes(fmt::format("{}", fmt::join(legal, "; ")));
}

std::vector<Life> lives(Trace trace, std::span<const std::string> extensions) {
    std::set<model::PortId>                             ports;
    std::set<std::pair<model::PortId, model::NicIndex>> nics;
    for (const Event& event : trace) {
        if (model::port_event(event)) ports.insert(event.port);
        if (model::nic_event(event)) nics.insert({event.port, event.nic});
    }
    std::vector<Life> all;
    for (const model::PortId port : ports)
        all.push_back(port_life(port, trace));
    for (const auto& [port, nic] : nics)
        all.push_back(nic_life(port, nic, trace));
    for (std::size_t module = 0; module < extensions.size(); ++module) {
        const auto event_of = [&](const Event& event) -> std::optional<FilterEvent> {
            if (event.module != module) return {};
            return model::module_event(event);
        };
        all.push_back(
            life_of(extensions[module], model::filter_module_machine(), trace, event_of));
    }
    return all;
}

}  // namespace interlock::reports
