#include "fuzz/cover.hpp"

#include <algorithm>
#include <deque>

#include "harness/scenario/grammar.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using harness::NicType;
using harness::Plan;
using harness::PortType;
using harness::Property;
using harness::Refused;
using harness::Scenario;
using harness::ScheduleKind;
using harness::Step;
using harness::Towards;
using harness::Verb;

constexpr model::PortId guests_port = 2;

Step step(Verb verb) {
    return {.verb = verb};
}

Step on_port(Verb verb) {
    return {.verb = verb, .port = guests_port};
}

Step refused(Step step, Refused by) {
    step.refused = by;
    return step;
}

Step packet(Towards towards) {
    Step made    = on_port(Verb::send);
    made.towards = towards;
    return made;
}

/// The steps of a world that is as small as it can be: one guest. What has to do with no state of
/// a machine is not among them.
const std::vector<Step>& alphabet() {
    using enum Verb;
    static const std::vector<Step> steps{
        on_port(create_port),
        on_port(create_nic),
        on_port(connect_nic),
        packet(Towards::everyone),
        on_port(disconnect_nic),
        on_port(delete_nic),
        on_port(teardown_port),
        on_port(delete_port),
        refused(on_port(create_port), Refused::below),
        refused(on_port(create_nic), Refused::below),
        on_port(update_port),
        on_port(update_nic),
        on_port(save_nic),
        on_port(restore_nic),
        on_port(add_property),
        step(pause),
        step(restart),
        step(detach),
        step(attach),
        step(wait),
    };
    return steps;
}

/// What tells states of the world apart, as far as the steps above know them.
std::string state_of(const Plan& plan) {
    std::string text = std::to_string(static_cast<int>(plan.stack()));
    for (const auto& [id, port] : plan.ports()) {
        text += " " + std::to_string(id) + (port.torn_down ? "torn" : "");
        for (const auto& [index, nic] : port.nics)
            text += "/" + std::to_string(index) + ":" + std::to_string(static_cast<int>(nic.phase));
    }
    return text;
}

bool comes_again(const Step& last) {
    return last.verb == Verb::send || last.verb == Verb::wait;
}

const model::Violation* first_violation(const model::Verdict& verdict) {
    const auto found = std::ranges::find(verdict.violations, model::Severity::violation,
                                         &model::Violation::severity);
    return found == verdict.violations.end() ? nullptr : &*found;
}

/// A request is on its way, whose end the switch awaits before it issues another.
bool is_between(std::string_view state) {
    return state.ends_with("ing") || state == "teardown_pending";
}

bool is_an_end(std::string_view event) {
    return event.ends_with("_succeeded") || event.ends_with("_failed") ||
           event.ends_with("_completed");
}

}  // namespace

std::string_view why_not_driven(const CoveredCell& cell) {
    const auto state = cell.machine->states[cell.state];
    const auto event = cell.machine->events[cell.event];
    if (cell.machine == &model::filter_module_machine())
        return cell.filled ? "no bundled extension or schedule that was tried comes there"
                           : "NDIS calls it, and the host's NDIS cannot be made to break its order";
    const bool of_an_extension = cell.machine == &model::oid_request_machine() ||
                                 cell.machine == &model::packet_machine() ||
                                 cell.machine == &model::activation_machine();
    if (of_an_extension) return "an extension would have to do it, and no bundled one does";
    if (is_an_end(event)) return "a request that was not issued cannot be completed by a scenario";
    if (is_between(state)) return "the switch awaits the end of a request before the next";
    return "no step that was tried does it";
}

Cover::Cover() {
    for (const model::Machine* machine : model::machines()) {
        for (const model::Cell& cell : machine->cells)
            all.push_back({machine, cell.from, cell.event, cell.rule, true, {}});
    }
    rows = all.size();
    for (const model::Machine* machine : model::machines()) {
        for (const model::Blank& blank : machine->blanks)
            all.push_back({machine, blank.from, blank.event, blank.rule, false, {}});
    }
}

void Cover::search(ContainedStage& stage, const std::vector<std::string>& extensions,
                   const CoverBounds& bounds) {
    for (std::uint64_t chance = 0; chance <= bounds.chances && !all_driven(); ++chance) {
        Scenario scenario;
        scenario.extensions = extensions;
        scenario.schedule   = chance == 0 ? ScheduleKind::round_robin : ScheduleKind::random;
        scenario.seed       = chance;
        std::deque<Prefix>    next{{{}, Plan(scenario)}};
        std::set<std::string> seen{state_of(next.front().plan)};
        for (; !next.empty(); next.pop_front()) {
            const Prefix& prefix = next.front();
            try_steps(stage, prefix, scenario);
            if (prefix.steps.size() == bounds.steps_max) continue;
            for (const Step& step : alphabet()) {
                if (!prefix.plan.objection(step).empty() || step.refused != Refused::by_nobody)
                    continue;
                Prefix longer = prefix;
                longer.steps.push_back(step);
                longer.plan.take(step);
                // A packet on its way is a state too, which the plan does not tell.
                const std::string state =
                    state_of(longer.plan) + (step.verb == Verb::send ? " sending" : "");
                const bool again = !prefix.steps.empty() && comes_again(prefix.steps.back());
                if (!(again && comes_again(step)) && seen.insert(state).second)
                    next.push_back(std::move(longer));
            }
        }
    }
}

bool Cover::all_driven() const {
    return std::ranges::all_of(all,
                               [](const CoveredCell& cell) { return cell.scenario.has_value(); });
}

void Cover::try_steps(ContainedStage& stage, const Prefix& prefix, Scenario scenario) {
    for (Step step : alphabet()) {
        step.force     = step.verb != Verb::wait && !prefix.plan.objection(step).empty();
        scenario.steps = prefix.steps;
        scenario.steps.push_back(step);
        play(stage, harness::canonical(scenario));
    }
}

void Cover::play(ContainedStage& stage, const Scenario& scenario) {
    ++played;
    const Play play = stage.play(scenario);
    if (play.end != Play::End::ended || !play.left_out.empty()) return;
    const auto verdict = verdict_of(play, scenario);
    if (verdict.outcome != model::Outcome::undecided) note(verdict, scenario);
}

void Cover::note(const model::Verdict& verdict, const Scenario& scenario) {
    const auto* const violation = first_violation(verdict);
    for (std::size_t place = 0; place < all.size(); ++place) {
        CoveredCell& cell  = all[place];
        const auto   times = cell.filled ? verdict.cells[place] : verdict.blanks[place - rows];
        if (times == 0) continue;
        // A row is shown best by what conforms; but any scenario is better than none.
        const bool better = !cell.scenario ||
                            (cell.filled && cell.broken != model::no_rule && violation == nullptr);
        if (!better) continue;
        cell.scenario = scenario;
        cell.broken   = violation == nullptr ? model::no_rule : violation->rule;
    }
}

}  // namespace interlock::fuzz
