#include "harness/scenario/shapes.hpp"

#include <algorithm>
#include <iterator>

#include "harness/scenario/grammar.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint8_t Shapes::*all_shapes[] = {
    &Shapes::several, &Shapes::full,        &Shapes::buffers, &Shapes::mdls,
    &Shapes::lengths, &Shapes::vlan,        &Shapes::payload, &Shapes::tag_in_frame,
    &Shapes::mixed,   &Shapes::at_dispatch, &Shapes::native,  &Shapes::id,
};

std::uint8_t pushed(std::uint8_t percent, Chance& chance) {
    constexpr int       percent_max = 90;
    const std::uint32_t how         = chance.below(10);
    if (how < 3) return 0;
    return how == 9 ? static_cast<std::uint8_t>(std::min(4 * percent, percent_max)) : percent;
}

std::uint16_t likely_bytes(std::uint16_t bytes_max, Chance& chance) {
    static constexpr std::uint16_t telling[] = {14, 15, 59, 60, 64, 128, 1500, 1514, 1518, 9014};
    if (!chance.percent(80)) return static_cast<std::uint16_t>(chance.between(14, bytes_max));
    const auto end = std::ranges::upper_bound(telling, bytes_max);
    return telling[chance.below(static_cast<std::size_t>(end - std::begin(telling)))];
}

}  // namespace

Shapes swarm_shapes(Chance& chance) {
    static constexpr std::uint16_t lengths_max[] = {128, 1518, 1518, 9014};

    Shapes shapes;
    for (const auto percent : all_shapes)
        shapes.*percent = pushed(shapes.*percent, chance);
    shapes.bytes_max = lengths_max[chance.below(std::size(lengths_max))];
    return shapes;
}

void shape_packets(Step& step, const Shapes& shapes, Chance& chance) {
    const auto two_to = [&](std::uint32_t max) {
        return static_cast<std::uint8_t>(chance.between(2, max));
    };
    if (chance.percent(shapes.several)) step.packets = two_to(8);
    if (chance.percent(shapes.full)) step.packets = 32;
    if (chance.percent(shapes.buffers)) step.buffers = two_to(4);
    if (chance.percent(shapes.mdls)) step.mdls = two_to(4);
    if (chance.percent(shapes.lengths)) step.bytes = likely_bytes(shapes.bytes_max, chance);
    if (chance.percent(shapes.vlan)) step.vlan = static_cast<std::uint16_t>(chance.between(1, 8));
    if (chance.percent(shapes.payload))
        step.payload = static_cast<Payload>(chance.below(std::size(payload_words)));
    step.tag_in_frame = chance.percent(shapes.tag_in_frame);
    step.at_dispatch  = chance.percent(shapes.at_dispatch);
    step.mixed        = chance.percent(shapes.mixed);
    step.native       = chance.percent(shapes.native);
    if (chance.percent(shapes.id)) step.id = likely_id(chance);
}

std::uint8_t likely_id(Chance& chance) {
    return static_cast<std::uint8_t>(chance.between(1, 3));
}

}  // namespace interlock::harness
