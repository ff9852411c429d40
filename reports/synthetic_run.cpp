#include "reports/synthetic_run.hpp"

#include "model/constants.hpp"
#include "model/judge.hpp"
#include "model/oids.hpp"

namespace interlock::reports {
namespace {

using model::Call;
using model::Event;
using model::Phase;

constexpr model::ObjectId disconnect = 9, disconnect_clone = 10, packet = 11;

Event host_event(Call call, std::uint32_t step, std::uint64_t time_100ns) {
    Event event;
    event.call       = call;
    event.step       = step;
    event.time_100ns = time_100ns;
    return event;
}

Event module_event(Call call, Phase phase, std::uint32_t step, std::uint64_t time_100ns) {
    Event event  = host_event(call, step, time_100ns);
    event.phase  = phase;
    event.module = 0;
    return event;
}

Event about(Event event, model::Oid oid, model::ObjectId object) {
    event.oid    = oid;
    event.object = object;
    event.port   = 2;
    return event;
}

/// A request that the extension is not needed for: issued and done.
void settle(std::vector<Event>& trace, model::Oid oid, model::ObjectId object, std::uint32_t step) {
    trace.push_back(about(host_event(Call::ProtocolEdgeOidRequest, step, 0), oid, object));
    trace.push_back(about(host_event(Call::ProtocolEdgeOidRequestComplete, step, 0), oid, object));
}

void start(std::vector<Event>& trace) {
    for (const Call call : {Call::FilterAttach, Call::FilterRestart}) {
        trace.push_back(module_event(call, Phase::enter, 0, 0));
        trace.push_back(module_event(call, Phase::leave, 0, 0));
    }
    settle(trace, model::oid::port_create, 1, 1);
    settle(trace, model::oid::nic_create, 3, 2);
    settle(trace, model::oid::nic_connect, 5, 3);
}

/// The disconnect comes, is cloned and passed on, and stays pending below.
void disconnect_arrives(std::vector<Event>& trace) {
    const auto at = [](Call call, Phase phase, model::ObjectId object, model::ObjectId parent) {
        Event event =
            about(module_event(call, phase, 4, 15'000), model::oid::nic_disconnect, object);
        event.parent = parent;
        event.task   = 1;
        return event;
    };
    trace.push_back(about(host_event(Call::ProtocolEdgeOidRequest, 4, 15'000),
                          model::oid::nic_disconnect, disconnect));
    trace.push_back(at(Call::FilterOidRequest, Phase::enter, disconnect, 0));
    trace.push_back(
        at(Call::NdisAllocateCloneOidRequest, Phase::enter, disconnect_clone, disconnect));
    trace.push_back(at(Call::NdisFOidRequest, Phase::enter, disconnect_clone, disconnect));
    trace.push_back(at(Call::NdisFOidRequest, Phase::leave, disconnect_clone, disconnect));
    trace.back().status = model::status::pending;
    trace.push_back(at(Call::FilterOidRequest, Phase::leave, disconnect, 0));
    trace.back().status = model::status::pending;
}

void packet_is_sent(std::vector<Event>& trace) {
    const auto at = [](Call call, Phase phase) {
        Event event  = module_event(call, phase, 5, 25'000);
        event.object = packet;
        event.port   = 1;
        event.task   = 2;
        event.count  = 1;
        return event;
    };
    trace.push_back(at(Call::ProtocolEdgeSend, Phase::enter));
    trace.back().module = model::host_module;
    trace.push_back(at(Call::FilterSendNetBufferLists, Phase::enter));
    trace.push_back(at(Call::AddNetBufferListDestination, Phase::enter));
    trace.back().other_port = 2;
}

}  // namespace

Result synthetic_run() {
    Result result;
    result.scenario   = "corpus/scenarios/violates/PKT-04/after_disconnect.scenario";
    result.extensions = {"late_sender"};
    result.steps      = {"create-port 2", "create-nic 2/0", "connect-nic 2/0", "disconnect-nic 2/0",
                         "send 1/0 -> 2/0 packets 1"};
    result.replay     = "interlock replay " + result.scenario + " --extension late_sender.so";
    start(result.trace);
    disconnect_arrives(result.trace);
    packet_is_sent(result.trace);

    model::Violation violation;
    violation.rule            = model::rule_of("PKT-04");
    violation.module          = 0;
    violation.at              = static_cast<std::uint32_t>(result.trace.size() - 1);
    violation.since           = violation.at - 4;
    violation.what            = "committed a destination after it had forwarded its disconnect";
    violation.subject.port    = 2;
    violation.subject.has_nic = true;
    result.verdict.outcome    = model::Outcome::violates;
    result.verdict.violations = {violation};
    result.verdict.events     = result.trace.size();
    return result;
}

}  // namespace interlock::reports
