#include "props/promises.hpp"

#include <map>
#include <set>
#include <tuple>

#include "harness/vswitch/frame.hpp"
#include "model/oids.hpp"

namespace interlock::props {
namespace {

using model::Call;
using model::Event;

std::string in_words(const Event& event) {
    return std::string{name(event.call)} + " of " + std::to_string(event.object) + ", " +
           std::to_string(event.port) + "/" + std::to_string(event.nic) + " to " +
           std::to_string(event.other_port) + "/" + std::to_string(event.other_nic);
}

/// What begins something, and the one call that ends it.
constexpr std::pair<Call, Call> pairs[] = {
    {Call::ProtocolEdgeOidRequest, Call::ProtocolEdgeOidRequestComplete},
    {Call::MiniportEdgeOidRequest, Call::MiniportEdgeOidRequestComplete},
    {Call::ProtocolEdgeSend, Call::ProtocolEdgeSendComplete},
    {Call::MiniportEdgeSend, Call::MiniportEdgeSendComplete},
    {Call::MiniportEdgeIndicate, Call::MiniportEdgeReturned},
};

/// Everything that was begun is finished, once.
class Beginnings {
public:
    std::string see(const Event& event) {
        for (const auto& [begin, end] : pairs) {
            const auto key = std::pair{begin, event.object};
            if (event.call == begin && !open.insert(key).second) return "begun twice";
            if (event.call == end && open.erase(key) == 0) return "finished, but not begun";
        }
        return {};
    }

    std::string at_the_end() const {
        if (open.empty()) return {};
        const auto& [call, object] = *open.begin();
        return std::string{name(call)} + " of " + std::to_string(object) + ": never finished";
    }

private:
    std::set<std::pair<Call, model::ObjectId>> open;
};

/// Who may get frames now, and which it got.
class Receivers {
public:
    std::string see(const Event& event) {
        const std::pair at{event.port, event.nic};
        if (event.call == Call::ProtocolEdgeOidRequest &&
            event.oid == model::oid::number("NIC_CONNECT")) {
            open.insert(at);
        }
        if (event.call == Call::ProtocolEdgeOidRequestComplete &&
            event.oid == model::oid::number("NIC_DISCONNECT")) {
            open.erase(at);
        }
        if (event.call != Call::ProtocolEdgeDeliver) return {};
        if (!open.contains({event.other_port, event.other_nic})) return "is not connected";
        if (!got.insert({event.object, event.other_port, event.other_nic}).second)
            return "has got it before";
        return {};
    }

private:
    std::set<std::pair<model::PortId, model::NicIndex>>                   open;
    std::set<std::tuple<model::ObjectId, model::PortId, model::NicIndex>> got;
};

/// What each packet was, as the scenario's step says it.
class Frames {
public:
    explicit Frames(const harness::Scenario& played) : scenario(played) {}

    std::string see(const Event& event, const std::vector<Delivery>& deliveries) {
        if (event.call == Call::ProtocolEdgeSend) sent[event.object] = number_in_step(event);
        if (event.call != Call::ProtocolEdgeDeliver) return {};
        const auto& [step, place] = sent.at(event.object);
        write_frame(frame, *step, event.port, event.nic, place);
        for (int buffer = 0; buffer < step->buffers; ++buffer, ++delivered) {
            if (delivered == deliveries.size()) return "no frame came out";
            const Delivery& out = deliveries[delivered];
            if (out.port != event.other_port || out.nic != event.other_nic)
                return "the frame came out somewhere else";
            if (out.bytes != frame) return "the frame is not what was sent";
        }
        return {};
    }

    std::size_t seen() const {
        return delivered;
    }

private:
    struct Sent {
        const harness::Step* step  = nullptr;
        std::uint8_t         place = 0;
    };

    /// In a mixed list, the two sources take turns; either may be left out.
    Sent number_in_step(const Event& event) {
        const harness::Step& step  = scenario.steps.at(event.step - 1);
        const bool           turns = step.mixed && std::pair{step.port, step.nic} !=
                                             std::pair{step.other_port, step.other_nic};
        const bool    other = turns && event.port == step.other_port && event.nic == step.other_nic;
        std::uint8_t& count = counts[{event.step, other}];
        const int     place = turns ? 2 * count + (other ? 1 : 0) : count;
        ++count;
        return {&step, static_cast<std::uint8_t>(place)};
    }

    const harness::Scenario&                               scenario;
    std::map<model::ObjectId, Sent>                        sent;
    std::map<std::pair<std::uint32_t, bool>, std::uint8_t> counts;
    std::vector<std::uint8_t>                              frame;
    std::size_t                                            delivered = 0;
};

}  // namespace

std::string broken_promise(const harness::Scenario&     scenario,
                           const harness::Performance&  performance,
                           const std::vector<Delivery>& deliveries, Kept& kept) {
    Beginnings beginnings;
    Receivers  receivers;
    Frames     frames(scenario);
    for (const Event& event : performance.trace) {
        if (event.phase == model::Phase::leave) continue;
        for (const std::string& broken :
             {beginnings.see(event), receivers.see(event), frames.see(event, deliveries)}) {
            if (!broken.empty()) return in_words(event) + ": " + broken;
        }
        kept.packets += event.call == Call::ProtocolEdgeSendComplete;
        kept.requests += event.call == Call::ProtocolEdgeOidRequestComplete;
    }
    kept.frames += frames.seen();
    if (frames.seen() != deliveries.size()) return "more frames came out than were delivered";
    if (performance.halt != harness::Halt::finished || !performance.stuck.empty())
        return "the run did not come to its end: " + beginnings.at_the_end();
    return beginnings.at_the_end();
}

}  // namespace interlock::props
