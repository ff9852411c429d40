#include "harness/sut/live_thread.hpp"

#include <chrono>

#include "model/call.hpp"
#include "model/oids.hpp"

namespace interlock::harness {
namespace {

constexpr auto patience = std::chrono::seconds(10);

}  // namespace

void ProtocolEdge::begin(const TraceHead& head) {
    if (next) next->begin(head);
}

void ProtocolEdge::hole(std::uint64_t lost) {
    if (next) next->hole(lost);
}

void ProtocolEdge::event(const model::Event& one) {
    if (next) next->event(one);
    if (one.call != model::Call::ProtocolEdgeOidRequestComplete || one.status != 0) return;
    if (one.port == 0 || one.port > sut_ports) return;
    const std::lock_guard held(lock);
    Is&                   port = ports[one.port - 1];
    if (one.oid == model::oid::nic_connect) port = Is::connected;
    if (one.oid == model::oid::nic_disconnect) port = Is::created;
    if (one.oid == model::oid::port_delete) port = Is::absent;
    changed.notify_all();
}

bool ProtocolEdge::wait_until(SutPort port, Is is) {
    std::unique_lock held(lock);
    return changed.wait_for(held, patience, [&] { return ports[port] == is; });
}

LiveThread::~LiveThread() {
    asked_to_stop.wake();
    if (thread.joinable()) thread.join();
}

std::optional<InputError> LiveThread::start(std::span<const std::string>                 extensions,
                                            std::array<std::unique_ptr<Wire>, sut_ports> wires) {
    std::vector<LivePort> ports;
    for (auto& wire : wires)
        ports.push_back({.name    = "port " + std::to_string(ports.size()),
                         .churned = Churned::no,
                         .bears   = LinkBears::port,
                         .wire    = std::move(wire)});
    asked_to_stop.will_sleep();
    LiveOptions options;
    options.judge   = &edge;
    options.pulse   = &pulse;
    options.watched = {asked_to_stop.descriptor(), [this] {
                           asked_to_stop.will_sleep();
                           live->stop();
                       }};
    auto opened     = LiveSwitch::open(extensions, std::move(ports), std::move(options));
    if (auto* const error = std::get_if<InputError>(&opened)) return std::move(*error);
    live   = std::move(std::get<std::unique_ptr<LiveSwitch>>(opened));
    thread = std::thread([this] { live->run(); });
    return {};
}

SutTrouble LiveThread::wait_for_connect(SutPort port) {
    if (edge.wait_until(port, ProtocolEdge::Is::connected)) return {};
    return "its adapter is not connected within 10 s";
}

SutTrouble LiveThread::wait_for_delete(SutPort port) {
    if (edge.wait_until(port, ProtocolEdge::Is::absent)) return {};
    return "its port is not deleted within 10 s";
}

}  // namespace interlock::harness
