#include "model/under_way.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "model/machine.hpp"
#include "model/moves.hpp"
#include "model/tracks.hpp"

namespace interlock::model {
namespace {

/// Packets and requests between the two ends of the switch. A trace that begins late may end what
/// it did not begin.
class Crossing {
public:
    void take(const Event& event) {
        if (event.call == Call::ProtocolEdgeSend || event.call == Call::ProtocolEdgeOidRequest)
            ++count;
        if (ends(event)) count = std::max<std::int64_t>(count - 1, 0);
    }

    /// But for what the event itself ends.
    std::int64_t beside(const Event& event) const {
        return std::max<std::int64_t>(count - (ends(event) ? 1 : 0), 0);
    }

private:
    static bool ends(const Event& event) {
        return event.call == Call::ProtocolEdgeSendComplete ||
               event.call == Call::ProtocolEdgeOidRequestComplete;
    }

    std::int64_t count = 0;
};

/// Where all ports, adapters and extensions stand.
class Follower {
public:
    using Tell = std::function<void(std::size_t, std::size_t)>;

    explicit Follower(const Tell& change) : change(change) {}

    void take(const Event& event) {
        if (const auto move = port_event(event))
            step(tracks().port, ports[event.port], static_cast<std::uint8_t>(*move), event);
        if (const auto move = nic_event(event))
            step(tracks().nic, nics[{event.port, event.nic}], static_cast<std::uint8_t>(*move),
                 event);
        if (const auto move = module_event(event))
            step(tracks().filter_module, modules[event.module], static_cast<std::uint8_t>(*move),
                 event);
        under_way.take(event);
    }

private:
    void step(const Track& track, std::uint8_t& state, std::uint8_t move, const Event& event) {
        const Step& step = track.at(state, move);
        if (step.filled && step.to != state)
            change(track.cell(step), under_way_class(under_way.beside(event)));
        state = step.to;
    }

    const Tell&                                         change;
    Crossing                                            under_way;
    std::map<PortId, std::uint8_t>                      ports;
    std::map<std::pair<PortId, NicIndex>, std::uint8_t> nics;
    std::map<ModuleId, std::uint8_t>                    modules;
};

bool is_followed(const Machine& machine) {
    return &machine == &port_machine() || &machine == &nic_machine() ||
           &machine == &filter_module_machine();
}

}  // namespace

std::size_t under_way_class(std::int64_t count) {
    constexpr std::int64_t ends[] = {0, 1, 3, 7};
    return static_cast<std::size_t>(std::ranges::lower_bound(ends, count) - ends);
}

bool changes_state(std::size_t cell) {
    const auto placed = cell_at(cell);
    return placed && is_followed(placed->machine) && placed->cell.from != placed->cell.to;
}

void for_each_change(std::span<const Event>                                           trace,
                     const std::function<void(std::size_t cell, std::size_t class_)>& change) {
    Follower follower(change);
    for (const Event& event : trace)
        follower.take(event);
}

}  // namespace interlock::model
