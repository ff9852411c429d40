#include <algorithm>

#include "harness/scenario/bytes.hpp"
#include "harness/scenario/grammar.hpp"
#include "harness/scenario/likely.hpp"

namespace interlock::harness {
namespace {

/// Adds steps to a scenario and keeps the plan of it.
class Author {
public:
    explicit Author(Scenario& into) : scenario(into), plan(into) {}

    void add(const Step& step) {
        if (scenario.steps.size() == steps_max) return;
        scenario.steps.push_back(step);
        plan.take(step);
    }

    void add(Verb verb) {
        add(Step{.verb = verb});
    }

    void add_nic(model::PortId port, std::uint8_t nic, NicType type) {
        add(Step{.verb = Verb::create_nic, .port = port, .nic = nic, .nic_type = type});
    }

    void connect(model::PortId port, std::uint8_t nic) {
        add(Step{.verb = Verb::connect_nic, .port = port, .nic = nic});
    }

    void add_team(std::uint8_t members) {
        add(Step{.verb = Verb::create_port, .port = 1, .port_type = PortType::external});
        for (std::uint8_t nic = 0; nic <= members; ++nic)
            add_nic(1, nic, NicType::external);
        for (std::uint8_t nic = 0; nic <= members; ++nic)
            connect(1, nic);
    }

    void add_guest(model::PortId port) {
        add(Step{.verb = Verb::create_port, .port = port});
        add_nic(port, 0, NicType::synthetic);
        connect(port, 0);
    }

    const Plan& now() const {
        return plan;
    }

private:
    Scenario& scenario;
    Plan      plan;
};

void choose_settings(Scenario& scenario, Chance& chance) {
    scenario.ndis   = chance.percent(20) ? 630 : 640;
    scenario.active = !chance.percent(12);
    scenario.late   = chance.percent(15);
    if (chance.percent(85)) choose_schedule(scenario, chance);
}

/// Most switches are found with somebody on them; what happens before is tried by the others.
void open(Author& author, Chance& chance) {
    if (chance.percent(25)) return;
    if (chance.percent(70)) author.add_team(static_cast<std::uint8_t>(chance.between(1, 3)));
    const model::PortId last_guest = chance.between(2, 4);
    for (model::PortId port = 2; port <= last_guest; ++port)
        author.add_guest(port);
}

/// Sooner or later extensions attach and the switch is activated, in most scenarios.
void get_going(Author& author, Chance& chance) {
    if (author.now().stack() == StackPhase::detached && chance.percent(85)) {
        author.add(Verb::attach);
        author.add(Verb::restart);
    }
    if (!author.now().active() && chance.percent(75)) author.add(Verb::activate);
}

std::uint32_t choose_length(Chance& chance) {
    const std::uint32_t kind = chance.below(10);
    if (kind == 0) return chance.between(1, 5);
    if (kind == 9) return chance.between(60, 200);
    return chance.between(5, 45);
}

}  // namespace

Scenario random_scenario(std::uint64_t seed, const KnownDevices& known) {
    Chance   chance(seed);
    Scenario scenario;
    choose_settings(scenario, chance);

    const Swarm         swarm  = any_swarm(chance, known);
    const std::uint32_t length = choose_length(chance);
    Author              author(scenario);
    open(author, chance);
    for (std::uint32_t step = 0; step < length; ++step) {
        if (step == length / 4) get_going(author, chance);
        author.add(likely_step(author.now(), swarm, chance, known));
    }
    return scenario;
}

}  // namespace interlock::harness
