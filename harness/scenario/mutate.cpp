#include "harness/scenario/mutate.hpp"

#include <algorithm>
#include <utility>

#include "harness/scenario/grammar.hpp"
#include "harness/scenario/likely.hpp"

namespace interlock::harness {
namespace {

using Steps = std::vector<Step>;

Steps::iterator at(Steps& steps, std::size_t place) {
    return steps.begin() + static_cast<std::ptrdiff_t>(place);
}

/// @pre there are steps
std::size_t any_place(const Steps& steps, Chance& chance) {
    return chance.below(steps.size());
}

Plan plan_before(const Scenario& scenario, std::size_t place) {
    Plan plan(scenario);
    for (std::size_t step = 0; step < place; ++step)
        plan.take(scenario.steps[step]);
    return plan;
}

void insert_step(Scenario& scenario, Chance& chance, const KnownDevices& known) {
    if (scenario.steps.size() >= steps_max) return;
    const std::size_t place = chance.below(scenario.steps.size() + 1);
    const Plan        plan  = plan_before(scenario, place);
    const Step        step  = likely_step(plan, any_swarm(chance, known), chance, known);
    scenario.steps.insert(at(scenario.steps, place), step);
}

void leave_out_step(Scenario& scenario, Chance& chance) {
    if (scenario.steps.empty()) return;
    scenario.steps.erase(at(scenario.steps, any_place(scenario.steps, chance)));
}

void repeat_step(Scenario& scenario, Chance& chance) {
    if (scenario.steps.empty() || scenario.steps.size() >= steps_max) return;
    const std::size_t from = any_place(scenario.steps, chance);
    const Step        step = scenario.steps[from];
    const std::size_t to   = chance.percent(50) ? from : any_place(scenario.steps, chance);
    scenario.steps.insert(at(scenario.steps, to), step);
}

void swap_steps(Scenario& scenario, Chance& chance) {
    if (scenario.steps.size() < 2) return;
    const std::size_t first  = chance.below(scenario.steps.size() - 1);
    const std::size_t second = chance.percent(70) ? first + 1 : any_place(scenario.steps, chance);
    std::swap(scenario.steps[first], scenario.steps[second]);
}

void cut_steps(Scenario& scenario, Chance& chance) {
    if (scenario.steps.size() < 2) return;
    const std::size_t first  = any_place(scenario.steps, chance);
    const std::size_t length = 1 + chance.below(std::min<std::size_t>(8, scenario.steps.size()));
    const std::size_t last   = std::min(first + length, scenario.steps.size());
    scenario.steps.erase(at(scenario.steps, first), at(scenario.steps, last));
}

/// Takes one field from another step of the same verb.
void change_field(Step& step, const Step& other, Chance& chance) {
    switch (chance.below(10)) {
        case 0:
            step.port = other.port;
            break;
        case 1:
            step.nic = other.nic;
            break;
        case 2:
            step.refused = other.refused;
            break;
        case 3:
            step.property = other.property;
            break;
        case 4:
            step.packets = other.packets;
            break;
        case 5:
            step.towards    = other.towards;
            step.other_port = other.other_port;
            step.other_nic  = other.other_nic;
            break;
        case 6:
            step.bytes   = other.bytes;
            step.payload = other.payload;
            break;
        case 7:
            step.vlan         = other.vlan;
            step.tag_in_frame = other.tag_in_frame;
            break;
        case 8:
            step.id        = other.id;
            step.inner     = other.inner;
            step.indicated = other.indicated;
            step.told      = other.told;
            break;
        default:
            step.buffers     = other.buffers;
            step.mdls        = other.mdls;
            step.at_dispatch = other.at_dispatch;
            step.mixed       = other.mixed;
            step.native      = other.native;
    }
}

/// A bit, a byte or the end of what a driver may read as a structure.
void change_data(std::vector<std::uint8_t>& data, Chance& chance) {
    static constexpr std::uint8_t telling[] = {0, 1, 2, 4, 8, 0x7F, 0x80, 0xFF};
    std::uint8_t&                 byte      = data[chance.below(data.size())];
    switch (chance.below(4)) {
        case 0:
            byte ^= static_cast<std::uint8_t>(1U << chance.below(8));
            break;
        case 1:
            byte = telling[chance.below(std::size(telling))];
            break;
        case 2:
            byte = static_cast<std::uint8_t>(byte + chance.below(9) - 4);
            break;
        default:
            data.resize(1 + chance.below(data.size()));
    }
}

/// The same of a step for a device.
void change_device_field(Step& step, const Step& other, Chance& chance) {
    switch (chance.below(8)) {
        case 0:
            step.handle = other.handle;
            break;
        case 1:
            step.device = other.device;
            break;
        case 2:
            step.code = other.code;
            break;
        case 3:
            step.input = other.input;
            break;
        case 4:
            step.output = other.output;
            break;
        case 5:
            step.data    = other.data;
            step.pattern = other.pattern;
            break;
        case 6:
            if (!step.data.empty()) change_data(step.data, chance);
            break;
        default:
            step.beside = !step.beside;
    }
}

void change_step(Scenario& scenario, Chance& chance, const KnownDevices& known) {
    if (scenario.steps.empty()) return;
    const std::size_t place = any_place(scenario.steps, chance);
    const Plan        plan  = plan_before(scenario, place);
    Step&             step  = scenario.steps[place];
    const Step        other = any_step(step.verb, plan, chance, known);
    if (row_of(step.verb).takes & takes::beside) {
        change_device_field(step, other, chance);
    } else {
        change_field(step, other, chance);
    }
    step = canonical(step);
}

void change_settings(Scenario& scenario, Chance& chance) {
    switch (chance.below(3)) {
        case 0:
            scenario.active = !scenario.active;
            break;
        case 1:
            scenario.late = !scenario.late;
            break;
        default:
            scenario.ndis = scenario.ndis == 630 ? 640 : 630;
    }
}

void change_once(Scenario& scenario, Chance& chance, const KnownDevices& known) {
    const std::uint32_t kind = chance.below(100);
    if (kind < 30) return insert_step(scenario, chance, known);
    if (kind < 40) return leave_out_step(scenario, chance);
    if (kind < 50) return repeat_step(scenario, chance);
    if (kind < 60) return swap_steps(scenario, chance);
    if (kind < 65) return cut_steps(scenario, chance);
    if (kind < 83) return change_step(scenario, chance, known);
    if (kind < 98) return choose_schedule(scenario, chance);
    return change_settings(scenario, chance);
}

KnownDevices with_codes_of(const Scenario& scenario, KnownDevices known) {
    for (const Step& step : scenario.steps) {
        if (!(row_of(step.verb).takes & takes::beside)) continue;
        known.any = true;
        if (step.verb == Verb::ioctl) known.codes.push_back(step.code);
    }
    return known;
}

}  // namespace

void mutate(Scenario& scenario, std::uint64_t seed, const KnownDevices& known_before) {
    Chance              chance(seed);
    const KnownDevices  known   = with_codes_of(scenario, known_before);
    const std::uint32_t changes = chance.between(1, 4);
    for (std::uint32_t change = 0; change < changes; ++change)
        change_once(scenario, chance, known);
}

Scenario cross(const Scenario& first, const Scenario& second, std::uint64_t seed) {
    Chance            chance(seed);
    Scenario          child = first;
    const std::size_t head  = chance.below(first.steps.size() + 1);
    const std::size_t tail  = chance.below(second.steps.size() + 1);
    child.steps.resize(head);
    child.steps.insert(child.steps.end(), second.steps.begin() + static_cast<std::ptrdiff_t>(tail),
                       second.steps.end());
    if (child.steps.size() > steps_max) child.steps.resize(steps_max);
    return child;
}

}  // namespace interlock::harness
