#include "harness/stage.hpp"

#include <algorithm>

#include "harness/image.hpp"
#include "harness/player.hpp"
#include "harness/sched/pct.hpp"
#include "harness/sched/strike.hpp"
#include "harness/world.hpp"

namespace interlock::harness {
namespace {

model::RunEnd run_end_of(Halt halt) {
    switch (halt) {
        case Halt::steps:
            return model::RunEnd::step_budget;
        case Halt::abandoned:
            return model::RunEnd::abandoned;
        default:
            return model::RunEnd::complete;
    }
}

class TheStage final : public Stage {
public:
    TheStage(std::vector<Image> loaded, std::vector<std::string> called, StageOptions given)
        : images(std::move(loaded)), called(std::move(called)), options(std::move(given)) {
        world.ndis         = &ndis;
        world.devices.gave = options.device_gave;
    }

    const Performance& run(const Scenario& scenario, Scheduler& scheduler) override {
        const Entered entered(world);  // There may be other stages on this thread.
        begin(scenario, scheduler);
        world.kernel.spawn({Role::control, 0}, 0, passive_level,
                           [&] { player.play(scenario, performance.left_out); });
        performance.halt = world.kernel.run();
        end();
        return performance;
    }

    std::span<const std::string> names() const override {
        return called;
    }

private:
    void begin(const Scenario& scenario, Scheduler& scheduler) {
        scheduler.begin();
        for (Image& image : images)
            image.restore();
        if (options.judged)
            judge.begin({.whole = true, .ndis = scenario.ndis, .reading = options.reading});
        world.ndis_version       = scenario.ndis;
        world.flaw               = options.flaw;
        world.images             = images;
        world.preempts_at_memory = scenario.preempts_at_memory;
        world.detects_races      = scenario.detects_races;
        const bool keep          = options.keep_stacks && options.keep_stacks();
        world.begin(scheduler, options.steps_max, options.judged ? &judge : nullptr, options.trace,
                    keep ? KeepStacks::yes : KeepStacks::no);
        vswitch.begin(scenario);
        ndis.begin(images, vswitch);
        performance.left_out.clear();
    }

    /// A world in which somebody waits for what cannot come is quiescent, too: that is the moment
    /// to judge obligations.
    void end() {
        if (performance.halt == Halt::stuck) world.recorder.add({.call = model::Call::Quiescent});
        world.recorder.add({.call   = model::Call::EndOfRun,
                            .detail = static_cast<std::uint32_t>(run_end_of(performance.halt))});
        world.recorder.judge_all();
        if (options.judged) performance.verdict = judge.verdict();
        performance.trace    = world.recorder.trace();
        performance.stuck    = world.kernel.unfinished();
        performance.stacks   = &world.stacks;
        performance.switches = world.kernel.steps();
    }

    std::vector<Image>       images;
    std::vector<std::string> called;
    StageOptions             options;
    World                    world;
    Ndis                     ndis{world};
    Switch                   vswitch{world, ndis, options};
    Player                   player{world, ndis, vswitch, options};
    model::Judge             judge;
    Performance              performance;
};

}  // namespace

std::variant<std::unique_ptr<Stage>, InputError> Stage::open(
    std::span<const std::string> extensions, StageOptions options) {
    auto loaded = load_stack(extensions, options.mutant);
    if (auto* const error = std::get_if<InputError>(&loaded)) return std::move(*error);
    auto& stack = std::get<LoadedStack>(loaded);
    return std::make_unique<TheStage>(std::move(stack.images), std::move(stack.names),
                                      std::move(options));
}

// So that three runs of four have fewer, of most stacks: props/places_test.cpp.
std::uint32_t places_expected(const Scenario& scenario) {
    constexpr std::uint32_t before_and_after = 60, of_a_step = 6, of_a_packet = 14, at_memory = 5;
    std::uint32_t           packets = 0;
    for (const Step& step : scenario.steps)
        packets += step.verb == Verb::send ? step.packets : 0U;
    const auto steps   = static_cast<std::uint32_t>(scenario.steps.size());
    const auto modules = std::max(static_cast<std::uint32_t>(scenario.extensions.size()), 1U);
    const std::uint32_t places =
        before_and_after + modules * (of_a_step * steps + of_a_packet * packets);
    return scenario.preempts_at_memory ? at_memory * places : places;
}

namespace {

std::unique_ptr<Scheduler> chosen(const Scenario& scenario) {
    switch (scenario.schedule) {
        case ScheduleKind::random:
            return seeded_random(scenario.seed);
        case ScheduleKind::pct:
            return pct(scenario.seed, scenario.depth, places_expected(scenario));
        case ScheduleKind::pos:
            return pos(scenario.seed);
        case ScheduleKind::round_robin:
            break;
    }
    return round_robin();
}

}  // namespace

std::unique_ptr<Scheduler> scheduler_for(const Scenario& scenario) {
    auto [faults, others] = apart(scenario.decisions);
    auto scheduler        = others.empty() ? chosen(scenario) : replay(std::move(others));
    if (!faults.empty()) return struck_as(std::move(scheduler), std::move(faults));
    if (scenario.fault_seed != 0)
        return struck_by_chance(std::move(scheduler), scenario.fault_seed);
    return scheduler;
}

}  // namespace interlock::harness
