// Whatever a switch does, step by step, with an extension that keeps the rules, it keeps its own
// promises. Sequences of steps are commands, so that a counterexample shrinks to the few that it
// takes. INTERLOCK_RUNS says how many sequences; INTERLOCK_SEED, which.

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <iostream>

#include "harness/scenario/likely.hpp"
#include "harness/scenario/text.hpp"
#include "props/on_stage.hpp"
#include "props/promises.hpp"

namespace interlock::props {
namespace {

using harness::Plan;
using harness::Step;

/// The switch, as it is after the steps so far: each step is one more of a scenario that is played
/// anew, from the beginning to the takedown.
class Host {
public:
    explicit Host(const std::string& extension)
        : stage(open_stage(std::vector{extension}, listening())) {}

    void begin(harness::Scenario settings) {
        scenario = std::move(settings);
    }

    /// @return the promise that was broken; empty if all were kept.
    std::string take(const Step& step) {
        scenario.steps.push_back(step);
        deliveries.clear();
        const harness::Performance& performance = play(*stage, scenario);
        bites.add(performance);
        std::string broken = broken_promise(scenario, performance, deliveries, kept);
        if (!broken.empty()) counterexample = scenario;
        return broken;
    }

    harness::Scenario scenario;
    harness::Scenario counterexample;  // The last one; after shrinking, the smallest.
    Bites             bites;
    Kept              kept;

private:
    harness::StageOptions listening() {
        harness::StageOptions options;
        options.delivered = [this](model::PortId port, model::NicIndex nic,
                                   std::span<const std::uint8_t> bytes) {
            deliveries.push_back({port, nic, {bytes.begin(), bytes.end()}});
        };
        return options;
    }

    std::vector<Delivery>           deliveries;
    std::unique_ptr<harness::Stage> stage;
};

/// A number that does not shrink: a smaller one is not simpler.
std::uint64_t any_seed() {
    return *rc::gen::noShrink(
        rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()));
}

/// The same with one thing at a time made plain.
rc::Seq<Step> plainer(Step step) {
    std::vector<Step> steps(8, step);
    steps[0].packets     = 1;
    steps[1].buffers     = 1;
    steps[2].mdls        = 1;
    steps[3].bytes       = 64;
    steps[4].vlan        = 0;
    steps[5].payload     = Step{}.payload;
    steps[6].mixed       = false;
    steps[7].at_dispatch = false;
    std::erase(steps, step);
    return rc::seq::fromContainer(std::move(steps));
}

struct TakeStep : rc::state::Command<Plan, Host> {
    Step step;

    explicit TakeStep(const Plan& plan)
        : step(*rc::gen::shrink(rc::gen::exec([plan] {  // Shrinking asks again, later.
                                    harness::Chance chance(any_seed());
                                    return likely_step(plan, any_swarm(chance), chance);
                                }),
                                &plainer)) {}

    void checkPreconditions(const Plan& plan) const override {
        RC_PRE(plan.objection(step).empty());
    }
    void apply(Plan& plan) const override {
        plan.take(step);
    }
    void run(const Plan& /*plan*/, Host& host) const override {
        if (const std::string broken = host.take(step); !broken.empty())
            RC_FAIL(broken + "\n" + to_text(host.scenario));
    }
    void show(std::ostream& out) const override {
        out << to_text(step);
    }
};

harness::Scenario any_settings() {
    harness::Scenario settings;
    settings.ndis     = *rc::gen::element<std::uint16_t>(640, 630);
    settings.late     = *rc::gen::element(false, false, false, true);
    settings.schedule = harness::ScheduleKind::random;
    settings.seed     = any_seed();
    return settings;
}

rc::detail::TestResult check(Host& host, int sequences) {
    rc::detail::TestParams params;
    params.seed       = first_seed();
    params.maxSuccess = sequences;
    return rc::detail::checkTestable(
        [&host] {
            host.begin(any_settings());
            const Plan nothing(host.scenario);
            rc::state::check(nothing, host, rc::state::gen::execOneOfWithArgs<TakeStep>());
        },
        rc::detail::TestMetadata{}, params);
}

TEST(Host, KeepsItsPromisesAfterEveryStep) {
    Host       host("pass_through");
    const auto result = check(host, static_cast<int>(runs_wanted(300)));
    printResultMessage(result, std::cout);
    std::cout << "\nseed " << first_seed() << ": " << host.bites.text()
              << "\nchecked: " << host.kept.frames << " frames, " << host.kept.packets
              << " packets, " << host.kept.requests << " OID requests\n";
    EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << to_text(host.counterexample);
    for (const std::uint64_t bitten : {host.kept.frames, host.kept.packets, host.kept.requests})
        EXPECT_GT(bitten, 0U);
}

// A property that cannot fail says nothing. This extension loses packets, and what shows it takes
// a port, an adapter to send from, a packet of two buffers, and time to send it.
TEST(Host, IsSeenToBreakAPromiseInTheFewestSteps) {
    Host       host("faulty_lost_multi_buffer");
    const auto result = check(host, 1000);
    ASSERT_TRUE(result.is<rc::detail::FailureResult>());
    std::cout << result.get<rc::detail::FailureResult>().numSuccess
              << " sequences before it was seen; shrunk to\n"
              << to_text(host.counterexample);
    // Where the extension is attached late, that takes two steps more.
    EXPECT_LE(host.counterexample.steps.size(), host.counterexample.late ? 6U : 4U);
}

}  // namespace
}  // namespace interlock::props
