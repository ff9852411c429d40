#include "props/bench/museum/engines.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <utility>

#include "fuzz/loop.hpp"
#include "harness/io/known_devices.hpp"
#include "harness/scenario/bytes.hpp"
#include "harness/scenario/grammar.hpp"
#include "harness/scenario/likely.hpp"

namespace interlock::props::museum {
namespace {

using fuzz::ContainedStage;
using harness::Chance;
using harness::KnownDevices;
using harness::Scenario;
using harness::ScheduleKind;
using harness::Step;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t another_stream = 0x9E3779B97F4A7C15;

/// The scenario of a run, by chance.
using Generator = Scenario (*)(Chance& chance, std::uint64_t run, const KnownDevices& devices);

std::unique_ptr<ContainedStage> open(const std::string& module, const std::string& flaw) {
    auto opened = ContainedStage::open({.extensions = {module}, .frames = {}, .mutant = flaw});
    if (const auto* error = std::get_if<harness::InputError>(&opened)) {
        std::cerr << to_string(*error) << "\n";
        std::exit(2);
    }
    return std::move(std::get<std::unique_ptr<ContainedStage>>(opened));
}

double since(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

void grant_needs(Scenario& scenario, const Exhibit& exhibit, Chance& chance) {
    if (exhibit.needs == Needs::faults)
        scenario.fault_seed = static_cast<std::uint32_t>(chance.next() | 1);
    scenario.preempts_at_memory = exhibit.needs == Needs::memory;
    scenario.detects_races      = exhibit.needs == Needs::memory;
}

KnownDevices devices_of(const Exhibit& exhibit) {
    return harness::known_devices(std::vector{exhibit.module});
}

/// Plays batch after batch, until a play breaks a rule or takes the worker down.
Trial played(const Exhibit& exhibit, std::uint64_t seed, std::uint64_t executions_max,
             Generator generate) {
    const auto            stage   = open(exhibit.module, exhibit.flaw);
    const auto            devices = devices_of(exhibit);
    const auto            begun   = Clock::now();
    Trial                 trial;
    std::vector<Scenario> batch;
    while (trial.executions < executions_max) {
        batch.clear();
        for (std::size_t slot = 0; slot < fuzz::batch_max; ++slot) {
            const std::uint64_t run = trial.executions + slot;
            Chance              chance(seed * another_stream + run);
            batch.push_back(generate(chance, run, devices));
            grant_needs(batch.back(), exhibit, chance);
        }
        const fuzz::Batch done = stage->play_batch(batch);
        for (const fuzz::Summary& summary : done.played) {
            ++trial.executions;
            if (summary.violations == 0) continue;
            return {.detected = true, .executions = trial.executions, .seconds = since(begun)};
        }
        if (done.death)
            return {.detected = true, .executions = trial.executions + 1, .seconds = since(begun)};
    }
    trial.seconds = since(begun);
    return trial;
}

/// Every verb and field by chance alone, whatever state the switch is in.
Scenario uniform_scenario(Chance& chance, std::uint64_t, const KnownDevices& devices) {
    Scenario scenario;
    scenario.schedule = ScheduleKind::random;
    scenario.seed     = chance.next();
    const harness::Plan nothing(scenario);
    for (std::uint32_t left = chance.between(1, 60); left > 0; --left) {
        const auto verb = static_cast<harness::Verb>(chance.below(harness::verb_count));
        scenario.steps.push_back(any_step(verb, nothing, chance, devices));
    }
    return scenario;
}

template <typename Enum>
rc::Gen<Enum> one_of_first(std::size_t count) {
    return rc::gen::map(rc::gen::inRange<std::size_t>(0, count),
                        [](std::size_t value) { return static_cast<Enum>(value); });
}

/// Fields as a property would have them, over the ports that other engines use.
rc::Gen<std::vector<Step>> steps_generator(const KnownDevices& devices) {
    using rc::gen::inRange;
    using rc::gen::set;
    auto codes = devices.codes;
    codes.push_back(0);
    return rc::gen::container<std::vector<Step>>(rc::gen::map(
        rc::gen::build<Step>(set(&Step::verb, one_of_first<harness::Verb>(harness::verb_count)),
                             set(&Step::port, inRange<model::PortId>(1, 8)),
                             set(&Step::nic, inRange<std::uint8_t>(0, 4)),
                             set(&Step::port_type, one_of_first<harness::PortType>(5)),
                             set(&Step::nic_type, one_of_first<harness::NicType>(4)),
                             set(&Step::towards, one_of_first<harness::Towards>(4)),
                             set(&Step::other_port, inRange<model::PortId>(1, 8)),
                             set(&Step::packets, inRange<std::uint8_t>(1, 9)),
                             set(&Step::buffers, inRange<std::uint8_t>(1, 5)), set(&Step::native),
                             set(&Step::handle, inRange<std::uint8_t>(1, 4)),
                             set(&Step::code, rc::gen::elementOf(codes)),
                             set(&Step::input, inRange<std::uint16_t>(0, 65)),
                             set(&Step::output, inRange<std::uint16_t>(0, 65)), set(&Step::data),
                             set(&Step::beside)),
        [](const Step& step) { return harness::canonical(step); }));
}

Scenario rapidcheck_scenario(Chance& chance, std::uint64_t run, const KnownDevices& devices) {
    constexpr int sizes = 100;  // As RapidCheck's own runs go through them.
    const auto    steps = steps_generator(devices);
    Scenario      scenario;
    scenario.schedule = ScheduleKind::random;
    scenario.seed     = chance.next();
    scenario.steps    = steps(rc::Random(chance.next()), static_cast<int>(run % sizes)).value();
    return scenario;
}

Scenario under(ScheduleKind kind, Chance& chance, const KnownDevices& devices) {
    Scenario scenario = harness::random_scenario(chance.next(), devices);
    scenario.schedule = kind;
    scenario.depth =
        kind == ScheduleKind::pct ? static_cast<std::uint8_t>(chance.between(1, 4)) : 0;
    scenario.seed = chance.next();
    return scenario;
}

Scenario plain_scheduled(Chance& chance, std::uint64_t, const KnownDevices& devices) {
    Scenario scenario = under(ScheduleKind::random, chance, devices);
    scenario.schedule = ScheduleKind::round_robin;
    scenario.seed     = 0;
    return scenario;
}

Scenario randomly_scheduled(Chance& chance, std::uint64_t, const KnownDevices& devices) {
    return under(ScheduleKind::random, chance, devices);
}

Scenario by_priorities(Chance& chance, std::uint64_t, const KnownDevices& devices) {
    return under(ScheduleKind::pct, chance, devices);
}

Scenario by_what_is_next(Chance& chance, std::uint64_t, const KnownDevices& devices) {
    return under(ScheduleKind::pos, chance, devices);
}

template <Generator generate>
Trial by(const Exhibit& exhibit, std::uint64_t seed, std::uint64_t executions_max) {
    return played(exhibit, seed, executions_max, generate);
}

/// The loop of `interlock fuzz`.
Trial portfolio(const Exhibit& exhibit, std::uint64_t seed, std::uint64_t executions_max) {
    const auto        stage = open(exhibit.module, exhibit.flaw);
    const auto        begun = Clock::now();
    fuzz::LoopOptions options;
    Trial             trial;
    options.seed     = seed;
    options.runs_max = executions_max;
    options.devices  = devices_of(exhibit);
    if (exhibit.needs == Needs::faults) options.faults = fuzz::FaultMode::all;
    options.preempts_at_memory = exhibit.needs == Needs::memory;
    options.detects_races      = exhibit.needs == Needs::memory;
    const auto notice          = [&](const fuzz::Run& run, bool detected) {
        trial = {.detected = detected, .executions = run.number, .seconds = since(begun)};
        return !detected;
    };
    fuzz::Listener listener{.progress = [](const fuzz::Progress&) { return true; },
                            .finding  = [](const fuzz::Finding&) { return false; }};
    listener.played = [&](const fuzz::Run& run, const fuzz::Summary& summary) {
        return notice(run, summary.violations > 0);
    };
    listener.died = [&](const fuzz::Run& run, const fuzz::Play&) { return notice(run, true); };
    run_loop(*stage, options, listener);
    return trial;
}

bool reaches(const fuzz::Play& play, model::Call call) {
    return std::ranges::any_of(play.trace,
                               [&](const model::Event& event) { return event.call == call; });
}

bool detects(const fuzz::Play& play) {
    return play.end != fuzz::Play::End::ended || play.summary.violations > 0;
}

}  // namespace

const std::vector<EngineRow>& own_engines() {
    static const std::vector<EngineRow> rows{
        {"uniform", "every verb and field by chance, whatever the switch's state; random schedule",
         by<uniform_scenario>},
        {"rapidcheck", "a RapidCheck generator of steps, field by field; random schedule",
         by<rapidcheck_scenario>},
        {"plain", "likely steps, the plainest schedule", by<plain_scheduled>},
        {"random", "likely steps, random scheduler", by<randomly_scheduled>},
        {"pct", "likely steps, PCT of depth 1 to 4", by<by_priorities>},
        {"pos", "likely steps, partial order sampling", by<by_what_is_next>},
        {"portfolio", "`interlock fuzz`: half of the runs plain, half with feedback", portfolio},
    };
    return rows;
}

Canaries canaries(const Exhibit& exhibit, std::uint64_t plays) {
    const auto bad     = open(exhibit.module, exhibit.flaw);
    const auto good    = open(exhibit.twin, exhibit.flaw.empty() ? "" : "none");
    const auto devices = devices_of(exhibit);
    Canaries   counted{.plays = plays};
    for (std::uint64_t run = 0; run < plays; ++run) {
        Chance   chance(run);
        Scenario scenario = harness::random_scenario(run + 1, devices);
        grant_needs(scenario, exhibit, chance);
        const fuzz::Play play = bad->play(scenario), twin = good->play(scenario);
        counted.reached += reaches(play, exhibit.sits);
        counted.triggered += play.trace != twin.trace;
        counted.detected += detects(play);
        counted.by_the_twin += detects(twin);
    }
    return counted;
}

}  // namespace interlock::props::museum
