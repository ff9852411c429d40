#include "model/moves.hpp"

#include "model/constants.hpp"
#include "model/oid_steps.hpp"

namespace interlock::model {
namespace {

std::optional<OidPhase> phase_at_edge(const Event& event) {
    if (event.call == Call::ProtocolEdgeOidRequest) return OidPhase::issued;
    if (event.call != Call::ProtocolEdgeOidRequestComplete) return {};
    return phase_of(event.status);
}

/// A request moves what its completion is a step of; others are only looked at by the judge.
template <class MachineEvent>
std::optional<MachineEvent> moved_by(const Event& event,
                                     std::optional<MachineEvent> (*step)(Tells, OidPhase)) {
    const auto phase = phase_at_edge(event);
    if (!phase) return {};
    const Tells tells = oid::info(event.oid).tells;
    return step(tells, OidPhase::succeeded) ? step(tells, *phase) : std::nullopt;
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
    return moved_by(event, port_step);
}

std::optional<NicEvent> nic_event(const Event& event) {
    return moved_by(event, nic_step);
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
