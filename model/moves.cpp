#include "model/moves.hpp"

#include <algorithm>
#include <iterator>

#include "model/constants.hpp"
#include "model/oids.hpp"

namespace interlock::model {
namespace {

/// The three moments of an OID request that move a port or an adapter.
template <class MachineEvent>
struct Moves {
    Oid          oid;
    MachineEvent issued;
    MachineEvent succeeded;
    MachineEvent failed;
};

// clang-format off
constexpr Moves<PortEvent> port_moves[] = {
    {oid::port_create,
     PortEvent::create_issued,   PortEvent::create_succeeded,   PortEvent::create_failed},
    {oid::port_teardown,
     PortEvent::teardown_issued, PortEvent::teardown_completed, PortEvent::teardown_completed},
    {oid::port_delete,
     PortEvent::delete_issued,   PortEvent::delete_completed,   PortEvent::delete_completed},
};

constexpr Moves<NicEvent> nic_moves[] = {
    {oid::nic_create,
     NicEvent::create_issued,     NicEvent::create_succeeded,     NicEvent::create_failed},
    {oid::nic_connect,
     NicEvent::connect_issued,    NicEvent::connect_succeeded,    NicEvent::connect_failed},
    {oid::nic_disconnect,
     NicEvent::disconnect_issued, NicEvent::disconnect_completed, NicEvent::disconnect_completed},
    {oid::nic_delete,
     NicEvent::delete_issued,     NicEvent::delete_completed,     NicEvent::delete_completed},
};
// clang-format on

template <class MachineEvent, std::size_t size>
std::optional<MachineEvent> moved_by(const Moves<MachineEvent> (&moves)[size], const Event& event) {
    const auto* move = std::ranges::find(moves, event.oid, &Moves<MachineEvent>::oid);
    if (move == std::end(moves)) return {};
    if (event.call == Call::ProtocolEdgeOidRequest) return move->issued;
    if (event.call != Call::ProtocolEdgeOidRequestComplete) return {};
    return event.status == status::success ? move->succeeded : move->failed;
}

std::optional<FilterEvent> restarted_or_paused(const Event& event) {
    const bool enters    = event.phase == Phase::enter;
    const bool pending   = event.status == status::pending;
    const bool succeeded = event.status == status::success;
    switch (event.call) {
        case Call::FilterRestart:
            if (enters) return FilterEvent::restart;
            if (pending) return {};
            return succeeded ? FilterEvent::restart_succeeded : FilterEvent::restart_failed;
        case Call::NdisFRestartComplete:
            if (!enters) return {};
            return succeeded ? FilterEvent::restart_succeeded : FilterEvent::restart_failed;
        case Call::FilterPause:
            if (enters) return FilterEvent::pause;
            if (pending) return {};
            return FilterEvent::pause_completed;
        case Call::NdisFPauseComplete:
            if (!enters) return {};
            return FilterEvent::pause_completed;
        default:
            return {};
    }
}

}  // namespace

std::optional<PortEvent> port_event(const Event& event) {
    return moved_by(port_moves, event);
}

std::optional<NicEvent> nic_event(const Event& event) {
    return moved_by(nic_moves, event);
}

std::optional<FilterEvent> module_event(const Event& event) {
    const bool enters = event.phase == Phase::enter;
    if (event.call == Call::FilterAttach) {
        if (enters) return FilterEvent::attach;
        const bool succeeded = event.status == status::success;
        return succeeded ? FilterEvent::attach_succeeded : FilterEvent::attach_failed;
    }
    if (event.call == Call::FilterDetach && enters) return FilterEvent::detach;
    return restarted_or_paused(event);
}

}  // namespace interlock::model
