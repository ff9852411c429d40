#include "fuzz/lives.hpp"

#include <utility>
#include <vector>

#include "harness/scenario/grammar.hpp"

namespace interlock::fuzz {
namespace {

using harness::Scenario;
using harness::Step;
using harness::Towards;
using harness::Verb;

constexpr std::size_t processes_between = 3;

Step about_port(Verb verb, model::PortId port) {
    return harness::canonical(Step{.verb = verb, .port = port});
}

Step packet(model::PortId from, model::PortId to) {
    return harness::canonical(Step{.verb       = Verb::send,
                                   .port       = from,
                                   .towards    = to == 0 ? Towards::everyone : Towards::nic,
                                   .other_port = to,
                                   .packets    = 2});
}

bool is_for_a_device(const Step& step) {
    return (harness::row_of(step.verb).takes & harness::takes::beside) != 0;
}

}  // namespace

Scenario two_guests_talk() {
    Scenario scenario;
    for (const model::PortId port : {2U, 3U})
        for (const Verb verb : {Verb::create_port, Verb::create_nic, Verb::connect_nic})
            scenario.steps.push_back(about_port(verb, port));
    for (const model::PortId to : {0U, 2U, 3U, 2U})
        scenario.steps.push_back(packet(to == 2 ? 3 : 2, to));
    for (const Verb verb : {Verb::disconnect_nic, Verb::delete_nic, Verb::delete_port})
        scenario.steps.push_back(about_port(verb, 3));
    scenario.steps.push_back(packet(2, 0));
    return scenario;
}

Scenario with_processes_beside(Scenario scenario) {
    const Scenario    life = two_guests_talk();
    std::vector<Step> steps;
    std::size_t       lived = 0, done = 0;
    for (const Step& step : scenario.steps) {
        if (!is_for_a_device(step)) continue;
        steps.push_back(step);
        steps.back().beside = true;
        if (++done % processes_between == 0 && lived < life.steps.size())
            steps.push_back(life.steps[lived++]);
    }
    for (; lived < life.steps.size(); ++lived)
        steps.push_back(life.steps[lived]);
    if (steps.size() > harness::steps_max) steps.resize(harness::steps_max);
    scenario.steps = std::move(steps);
    return scenario;
}

}  // namespace interlock::fuzz
