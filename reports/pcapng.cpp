// pcapng: a section, an interface for each adapter, and a packet for each event of one.

#include <map>
#include <utility>

#include <fmt/format.h>

#include "model/judge.hpp"
#include "reports/export_forms.hpp"
#include "reports/lanes.hpp"
#include "reports/pcapng_blocks.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Event;
using Nic = std::pair<model::PortId, model::NicIndex>;

bool tells_of_a_packet(const Event& event) {
    return event.phase == model::Phase::enter && event.object != 0 &&
           topic_of(event.call) == Topic::packet;
}

/// The adapter at which it is seen: its destination as it is delivered, else its source.
Nic nic_of(const Event& event) {
    if (event.call == model::Call::ProtocolEdgeDeliver) return {event.other_port, event.other_nic};
    return {event.port, event.nic};
}

std::uint32_t direction_of(const Event& event) {
    if (event.call == model::Call::ProtocolEdgeSend) return PcapngPacket::inbound;
    return event.call == model::Call::ProtocolEdgeDeliver ? PcapngPacket::outbound : 0;
}

std::string comment(const Result& result, std::size_t place) {
    const Event& event = result.trace[place];
    std::string  text  = fmt::format("#{} {}: {}", result.first_event + place,
                                     module_name(result, event.module), in_words(event));
    for (const model::Violation& violation : result.verdict.violations)
        if (violation.at == place)
            text +=
                fmt::format("; {} broken: {}", model::rules()[violation.rule].id, violation.what);
    return text;
}

}  // namespace

std::string pcapng_bytes(const Result& result) {
    std::map<Nic, std::uint32_t> interfaces;
    for (const Event& event : result.trace)
        if (tells_of_a_packet(event)) interfaces[nic_of(event)];
    PcapngFile file(
        "Recorded by calls, not by contents: packets have no bytes, comments say what "
        "happened to them.");
    for (auto& [nic, interface] : interfaces)
        interface = file.add_interface("nic " + nic_name(nic.first, nic.second));
    for (std::size_t place = 0; place < result.trace.size(); ++place) {
        const Event& event = result.trace[place];
        if (!tells_of_a_packet(event)) continue;
        file.add_packet({.interface  = interfaces[nic_of(event)],
                         .time_100ns = event.time_100ns,
                         .comment    = comment(result, place),
                         .direction  = direction_of(event)});
    }
    return file.bytes();
}

}  // namespace interlock::reports
