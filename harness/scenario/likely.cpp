#include "harness/scenario/likely.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "harness/scenario/grammar.hpp"
#include "harness/scenario/kinds.hpp"

namespace interlock::harness {
namespace {

constexpr model::PortId external_port   = 1;
constexpr model::PortId internal_port   = 6;
constexpr model::PortId validation_port = 7;
constexpr model::PortId ports_common    = 7;

constexpr int           tries_per_verb   = 24;
constexpr int           verbs_per_step   = 8;
constexpr std::uint32_t careless_percent = 3;  // Steps that a switch has to leave out.

struct Usual {
    Verb          verb;
    std::uint32_t weight;
};

// clang-format off
constexpr Usual usual[] = {
    {Verb::create_port,     12}, {Verb::update_port,      3}, {Verb::teardown_port,    4},
    {Verb::delete_port,      6}, {Verb::create_nic,      12}, {Verb::connect_nic,     14},
    {Verb::update_nic,       4}, {Verb::disconnect_nic,   5}, {Verb::delete_nic,       7},
    {Verb::save_nic,         3}, {Verb::restore_nic,      3}, {Verb::request_nic,      4},
    {Verb::nic_status,       3}, {Verb::add_property,     4}, {Verb::update_property,  3},
    {Verb::delete_property,  3}, {Verb::send,            40}, {Verb::activate,         6},
    {Verb::attach,          12}, {Verb::restart,         16}, {Verb::pause,            3},
    {Verb::detach,           4}, {Verb::wait,             6}, {Verb::ask_feature,      1},
    {Verb::ask_port_feature, 1}, {Verb::add_switch_property,    2},
    {Verb::update_switch_property, 2}, {Verb::delete_switch_property, 1},
    {Verb::cancel_send,      3}, {Verb::cancel_oid,       2}, {Verb::indicate_status,  1},
    {Verb::pnp_event,        1},
};

constexpr Usual usual_for_devices[] = {
    {Verb::open,            16}, {Verb::close,            8}, {Verb::ioctl,           60},
    {Verb::read,             4}, {Verb::write,            4}, {Verb::cancel,          10},
    {Verb::exit,             3},
};
// clang-format on
static_assert(std::size(usual) + std::size(usual_for_devices) == verb_count);

/// Verbs without which nothing else can happen.
bool is_needed(Verb verb) {
    switch (verb) {
        case Verb::create_port:
        case Verb::create_nic:
        case Verb::connect_nic:
        case Verb::activate:
        case Verb::attach:
        case Verb::restart:
        case Verb::open:
            return true;
        default:
            return false;
    }
}

PortType likely_port_type(model::PortId port, Chance& chance) {
    if (port == external_port) return PortType::external;
    if (port == internal_port) return PortType::internal;
    const std::uint32_t guest = chance.below(10);
    if (guest == 0) return PortType::generic;
    return guest < 3 ? PortType::emulated : PortType::synthetic;
}

NicType likely_nic_type(const Plan& plan, model::PortId port, Chance& chance) {
    const auto found = plan.ports().find(port);
    return nic_type_for(found == plan.ports().end() ? likely_port_type(port, chance)
                                                    : found->second.type);
}

std::uint8_t likely_nic(model::PortId port, Chance& chance) {
    if (port != external_port) return 0;
    return static_cast<std::uint8_t>(chance.below(4));
}

Refused likely_refusal(Chance& chance) {
    if (!chance.percent(8)) return Refused::by_nobody;
    return chance.percent(50) ? Refused::above : Refused::below;
}

struct Address {
    model::PortId port = 0;
    std::uint8_t  nic  = 0;
};

/// A connected NIC, if there is one; else some NIC of the small world.
Address likely_address(const Plan& plan, Chance& chance) {
    std::vector<Address> connected;
    for (const auto& [id, port] : plan.ports()) {
        for (const auto& [index, nic] : port.nics) {
            if (nic.phase == PlannedPhase::connected) connected.push_back({id, index});
        }
    }
    if (!connected.empty() && chance.percent(90)) return connected[chance.below(connected.size())];
    const model::PortId port = chance.between(1, ports_common);
    return {port, likely_nic(port, chance)};
}

void address_packets(Step& step, const Plan& plan, Chance& chance) {
    const std::uint32_t whom = chance.below(20);
    if (whom < 14) {
        const Address to = likely_address(plan, chance);
        step.towards     = Towards::nic;
        step.other_port  = to.port;
        step.other_nic   = to.nic;
    } else {
        step.towards = whom < 17 ? Towards::everyone : whom < 19 ? Towards::group : Towards::nobody;
    }
}

/// What the switch asks, tells or cancels.
void fill_words(Step& step, Chance& chance) {
    const Fields fields = row_of(step.verb).takes;
    if (fields & takes::id) step.id = likely_id(chance);
    if ((fields & takes::inner) && chance.percent(50))
        step.inner = static_cast<Inner>(chance.below(std::size(inner_words)));
    if (fields & takes::indicated)
        step.indicated = static_cast<Indicated>(chance.below(std::size(indicated_words)));
    if (fields & takes::told) step.told = static_cast<Told>(chance.below(std::size(told_words)));
}

void fill_properties(Step& step, Chance& chance) {
    step.property = static_cast<Property>(chance.below(std::size(property_words)));
    step.vlan     = static_cast<std::uint16_t>(chance.below(9));
}

std::uint8_t likely_handle(Verb verb, const Plan& plan, Chance& chance) {
    constexpr std::uint32_t handles_common = 3;
    const auto              any = static_cast<std::uint8_t>(chance.between(1, handles_common));
    for (std::uint8_t handle = any; handle < any + handles_common; ++handle) {
        const auto one = static_cast<std::uint8_t>((handle - 1) % handles_common + 1);
        if (plan.is_open(one) != (verb == Verb::open)) return one;
    }
    return any;
}

/// Mostly one that a driver seems to know; sometimes with another method, access or function.
std::uint32_t likely_code(const KnownDevices& known, Chance& chance) {
    constexpr std::uint32_t network = 0x12 << 16, custom = 0x800;
    const std::uint32_t     function = custom + chance.below(16);
    const std::uint32_t made = network | chance.below(4) << 14 | function << 2 | chance.below(4);
    if (known.codes.empty() || chance.percent(5)) return made;
    const std::uint32_t code = known.codes[chance.below(known.codes.size())];
    return chance.percent(5) ? code ^ 1U << chance.below(16) : code;
}

std::uint16_t likely_length(Chance& chance) {
    static constexpr std::uint16_t telling[] = {0, 1, 4, 8, 16, 24, 64, 256, 4096, 8192};
    if (chance.percent(80)) return telling[chance.below(std::size(telling))];
    return static_cast<std::uint16_t>(chance.below(512));
}

void fill_device_step(Step& step, const Plan& plan, Chance& chance, const KnownDevices& known) {
    step.handle = likely_handle(step.verb, plan, chance);
    step.device =
        chance.percent(90) ? std::uint8_t{1} : static_cast<std::uint8_t>(chance.between(2, 3));
    step.code   = likely_code(known, chance);
    step.input  = likely_length(chance);
    step.output = likely_length(chance);
    if (chance.percent(60)) step.pattern = static_cast<std::uint16_t>(chance.below(0x10000));
    if (chance.percent(30)) {
        step.data.resize(chance.between(1, 8));
        for (std::uint8_t& byte : step.data)
            byte =
                static_cast<std::uint8_t>(chance.percent(60) ? chance.below(4) : chance.below(256));
    }
    step.beside = chance.percent(50);
}

/// Pushes a verb out of this scenario, or forward in it.
std::uint32_t pushed(Verb verb, std::uint32_t weight, Chance& chance) {
    const std::uint32_t how = chance.below(10);
    if (how < 2 && !is_needed(verb)) return 0;
    if (how == 9) return weight * 4;
    return weight;
}

Verb any_verb(const Weights& weights, Chance& chance) {
    const auto    total = std::accumulate(weights.begin(), weights.end(), 0U);
    std::uint32_t left  = chance.below(std::max(total, 1U));
    for (std::size_t verb = 0; verb < verb_count; ++verb) {
        if (left < weights[verb]) return static_cast<Verb>(verb);
        left -= weights[verb];
    }
    return Verb::wait;
}

Weights swarm_weights(Chance& chance, const KnownDevices& known) {
    static constexpr std::uint32_t traffic[] = {10, 50, 50, 200};

    Weights weights{};
    for (const Usual& row : usual) {
        weights[static_cast<std::size_t>(row.verb)] = pushed(row.verb, row.weight, chance);
    }
    weights[static_cast<std::size_t>(Verb::send)] = traffic[chance.below(std::size(traffic))];
    if (!known || chance.percent(15)) return weights;
    for (const Usual& row : usual_for_devices)
        weights[static_cast<std::size_t>(row.verb)] = pushed(row.verb, row.weight, chance);
    return weights;
}

}  // namespace

Swarm any_swarm(Chance& chance, const KnownDevices& known) {
    const Weights verbs = swarm_weights(chance, known);
    return {.verbs = verbs, .shapes = swarm_shapes(chance)};
}

Step any_step(Verb verb, const Plan& plan, Chance& chance, const KnownDevices& known,
              const Shapes& shapes) {
    Step step;
    step.verb       = verb;
    step.port       = chance.between(1, ports_common);
    step.nic        = likely_nic(step.port, chance);
    step.port_type  = likely_port_type(step.port, chance);
    step.nic_type   = likely_nic_type(plan, step.port, chance);
    step.validation = step.port == validation_port;
    step.refused    = likely_refusal(chance);

    if (verb == Verb::request_nic && chance.percent(40)) step.port = 0;
    if (verb == Verb::send) {
        address_packets(step, plan, chance);
        shape_packets(step, shapes, chance);
    }
    if (row_of(verb).takes & takes::property) fill_properties(step, chance);
    fill_words(step, chance);
    if (row_of(verb).takes & takes::beside) fill_device_step(step, plan, chance, known);
    return canonical(step);
}

void choose_schedule(Scenario& scenario, Chance& chance) {
    static constexpr ScheduleKind kinds[] = {ScheduleKind::pos, ScheduleKind::pos,
                                             ScheduleKind::random, ScheduleKind::pct};
    scenario.schedule                     = kinds[chance.below(std::size(kinds))];
    const bool deep                       = scenario.schedule == ScheduleKind::pct;
    scenario.depth = deep ? static_cast<std::uint8_t>(chance.between(1, 4)) : std::uint8_t{0};
    scenario.seed  = chance.next();
}

Step likely_step(const Plan& plan, const Swarm& swarm, Chance& chance, const KnownDevices& known) {
    const bool careless = chance.percent(careless_percent);
    for (int verbs = 0; verbs < verbs_per_step; ++verbs) {
        const Verb verb = any_verb(swarm.verbs, chance);
        if (!careless && !plan.may_come_to(verb)) continue;
        for (int tries = 0; tries < tries_per_verb; ++tries) {
            const Step step = any_step(verb, plan, chance, known, swarm.shapes);
            if (careless || plan.objection(step).empty()) return step;
        }
    }
    return {};
}

}  // namespace interlock::harness
