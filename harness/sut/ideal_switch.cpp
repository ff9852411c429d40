#include "harness/sut/ideal_switch.hpp"

#include <utility>

namespace interlock::harness {
namespace {

constexpr std::size_t last_of_destination = 5, last_of_source = 11;

// So often it does what it should not.
constexpr std::size_t every = 3;

}  // namespace

std::string_view IdealSwitch::name() const {
    return broken ? name_of(*broken) : "the ideal switch";
}

SutTrouble IdealSwitch::plug(SutPort port) {
    if (!breaks(SutPromise::not_to_the_next)) forward_all();
    plugged[port] = true;
    return {};
}

SutTrouble IdealSwitch::unplug(SutPort port) {
    if (breaks(SutPromise::comes_to_an_end) && ++count % every == 0) return "it does not end";
    const bool late =
        breaks(SutPromise::not_while_unplugged) || breaks(SutPromise::not_to_the_next);
    if (!late) forward_all();
    plugged[port] = false;
    if (!breaks(SutPromise::addresses_forgotten))
        std::erase_if(learnt, [&](const auto& entry) { return entry.second == port; });
    return {};
}

bool IdealSwitch::send(SutPort port, std::span<const std::uint8_t> frame) {
    under_way.push_back({port, {frame.begin(), frame.end()}});
    return true;
}

void IdealSwitch::settle() {
    forward_all();
}

std::vector<SutFrame> IdealSwitch::take(SutPort port) {
    if (breaks(SutPromise::not_while_unplugged) && !plugged[port]) forward_all();
    return std::exchange(out[port], {});
}

void IdealSwitch::forward_all() {
    if (breaks(SutPromise::in_order) && under_way.size() > 1)
        std::swap(under_way.front(), under_way.back());
    for (const UnderWay& one : std::exchange(under_way, {}))
        forward(one);
}

void IdealSwitch::forward(const UnderWay& one) {
    learnt[one.frame[last_of_source]] = one.from;
    const auto known                  = learnt.find(one.frame[last_of_destination]);
    for (SutPort port = 0; port < sut_ports; ++port) {
        const bool meant = known == learnt.end() ? port != one.from : port == known->second;
        if (meant && (plugged[port] || breaks(SutPromise::not_while_unplugged)))
            deliver(port, one.frame);
    }
}

void IdealSwitch::deliver(SutPort port, SutFrame frame) {
    const bool now = ++count % every == 0;
    if (now && breaks(SutPromise::not_lost)) return;
    if (now && breaks(SutPromise::as_it_was_sent)) frame.back() ^= 1;
    if (now && breaks(SutPromise::once)) out[port].push_back(frame);
    out[port].push_back(std::move(frame));
}

}  // namespace interlock::harness
