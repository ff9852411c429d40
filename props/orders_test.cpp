// Of a run whose events were recorded in another order than they happened in, as several CPUs do:
// nobody is accused who did nothing, and what is called legal is shown by an order that can have
// been. INTERLOCK_RUNS=1000 makes it a long run; INTERLOCK_SEED says where to begin.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <random>

#include "model/orders.hpp"
#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

constexpr std::uint64_t runs_usual   = 25;
constexpr int           failures_max = 3;
constexpr std::uint64_t apart_100ns  = 100;  // From one event to the next.

using model::Event;
using model::Orders;
using model::PartialOrder;

using Trace = std::vector<Event>;

/// As it may have been recorded: each event a little late, but in its own chains in order.
Trace recorded(const Trace& true_order, const PartialOrder& order, std::mt19937_64& chance) {
    Trace                                  trace = true_order;
    std::map<std::uint64_t, std::uint64_t> last;  // When the last of a chain was written.
    for (std::size_t place = 0; place < trace.size(); ++place) {
        Event&                     event = trace[place];
        std::uint64_t              time  = apart_100ns * place + chance() % (order.skew_100ns + 1);
        std::vector<std::uint64_t> chains{event.task};
        if (order.by_cpu) chains.push_back(std::uint64_t{1} << 32 | event.cpu);
        if (order.by_object && event.object != 0)
            chains.push_back(std::uint64_t{1} << 33 | event.object);
        for (const std::uint64_t chain : chains)
            time = std::max(time, last[chain]);
        for (const std::uint64_t chain : chains)
            last[chain] = time;
        event.time_100ns = time;
    }
    std::ranges::stable_sort(trace, {}, &Event::time_100ns);
    return trace;
}

struct Judged {
    model::Verdict     verdict;
    Trace              order;
    model::SearchTally tally;
};

Judged judged(const Trace& trace, const PartialOrder& order, std::uint16_t ndis) {
    Orders orders;
    orders.begin({.ndis = ndis}, order);
    for (const Event& event : trace)
        orders.fold(event);
    orders.end();
    Judged all{orders.verdict(), {}, orders.tally};
    orders.settled([&](const Event& event) { all.order.push_back(event); });
    return all;
}

/// Whether an order is one of those that a recorded one leaves open.
bool is_permitted(const Trace& recorded, const Trace& chosen, const PartialOrder& order) {
    if (!std::ranges::is_permutation(recorded, chosen)) return false;
    std::uint64_t latest = 0;
    for (const Event& event : chosen) {
        if (event.time_100ns + order.skew_100ns < latest) return false;
        latest = std::max(latest, event.time_100ns);
    }
    std::map<std::uint16_t, Trace> tasks, tasks_chosen;
    for (std::size_t place = 0; place < recorded.size(); ++place) {
        tasks[recorded[place].task].push_back(recorded[place]);
        tasks_chosen[chosen[place].task].push_back(chosen[place]);
    }
    return tasks == tasks_chosen;
}

std::string told(const model::Verdict& verdict) {
    std::string text;
    for (const model::Violation& violation : verdict.violations) {
        text += std::string(model::rules()[violation.rule].id) + " by " +
                std::to_string(violation.module) + " at " + std::to_string(violation.at) + ": " +
                std::string(violation.what) + "\n";
    }
    for (const model::Undecided& open : verdict.undecided)
        text += std::string(open.why) + "\n";
    return text;
}

bool leaves_open_who(const model::Verdict& verdict) {
    return std::ranges::any_of(verdict.undecided, [](const model::Undecided& open) {
        return open.why.find("who broke a rule") != std::string_view::npos;
    });
}

class Ordered : public testing::TestWithParam<Stack> {
protected:
    template <typename Look>
    void for_each_run(Look look) {
        const auto          stage = open_stage(GetParam());
        const std::uint64_t first = first_seed();
        const std::uint64_t last  = first + runs_wanted(runs_usual);
        std::cout << "seeds " << first << " to " << last - 1 << "\n";
        for (std::uint64_t seed = first; seed < last && failures < failures_max; ++seed) {
            SCOPED_TRACE("seed " + std::to_string(seed));
            const harness::Scenario scenario    = scenario_of(seed, GetParam());
            const auto&             performance = play(*stage, scenario);
            std::mt19937_64         chance(seed);
            look(scenario, performance, Trace(performance.trace.begin(), performance.trace.end()),
                 chance);
            failures += HasFailure();
        }
    }

    int failures = 0;
};

TEST_P(Ordered, AccusesNobodyForHowItWasRecorded) {
    std::uint64_t      runs = 0, illegal_as_recorded = 0, conform = 0, violate = 0;
    model::SearchTally sum;
    for_each_run([&](const auto& scenario, const auto& performance, const Trace& trace,
                     std::mt19937_64& chance) {
        const PartialOrder order{.by_cpu     = chance() % 2 == 0,
                                 .by_object  = chance() % 2 == 0,
                                 .skew_100ns = apart_100ns * (1 + chance() % 8)};
        const Trace        written = recorded(trace, order, chance);
        const Judged       found   = judged(written, order, scenario.ndis);
        ++runs;
        const auto as_recorded = model::judge(written, {.ndis = scenario.ndis});
        illegal_as_recorded += (accused(as_recorded) & ~accused(performance.verdict)) != 0;
        conform += found.verdict.outcome == model::Outcome::conforms;
        violate += found.verdict.outcome == model::Outcome::violates;
        sum.clusters += found.tally.clusters;
        sum.reordered += found.tally.reordered;
        sum.gave_up += found.tally.gave_up;
        EXPECT_TRUE(is_permitted(written, found.order, order));
        if (!leaves_open_who(found.verdict)) {
            EXPECT_EQ(accused(found.verdict) & ~accused(performance.verdict), 0U)
                << told(found.verdict);
        }
        if (found.verdict.outcome != model::Outcome::conforms) return;
        EXPECT_EQ(told(model::judge(found.order, {.ndis = scenario.ndis})), "");
    });
    std::cout << name_of(GetParam()) << ": " << runs << " runs; as they were recorded, "
              << illegal_as_recorded << " accuse somebody who did nothing; of " << sum.clusters
              << " places where the order could matter, " << sum.reordered << " were reordered and "
              << sum.gave_up << " given up; " << conform << " conform, " << violate << " violate\n";
    EXPECT_GT(sum.clusters, runs);
    EXPECT_GT(illegal_as_recorded, 0U);
}

/// What is said to be the same for any judge, either way round.
TEST_P(Ordered, WhatMaySwapMakesNoDifference) {
    std::uint64_t pairs = 0, swapped = 0;
    for_each_run([&](const auto& scenario, const auto& /*performance*/, const Trace& trace,
                     std::mt19937_64& chance) {
        model::Judge judge;
        judge.begin({.whole = chance() % 2 == 0, .ndis = scenario.ndis});
        std::vector<model::ObjectId> named;
        for (std::size_t place = 0; place + 1 < trace.size(); ++place) {
            for (const model::ObjectId id : {trace[place].object, trace[place + 1].object})
                if (std::ranges::find(named, id) == named.end()) named.push_back(id);
            ++pairs;
            if (model::may_swap(trace[place], trace[place + 1])) {
                model::Judge    one = judge, other = judge;
                model::Standing of_one, of_other;
                one.fold(trace[place]);
                one.fold(trace[place + 1]);
                other.fold(trace[place + 1]);
                other.fold(trace[place]);
                one.standing(named, of_one);
                other.standing(named, of_other);
                ++swapped;
                EXPECT_EQ(of_one, of_other) << name(trace[place].call) << " "
                                            << name(trace[place + 1].call) << " " << place;
                EXPECT_EQ(one.broken(), other.broken());
            }
            judge.fold(trace[place]);
        }
    });
    std::cout << name_of(GetParam()) << ": " << swapped << " of " << pairs
              << " neighbours changed places\n";
    EXPECT_GT(swapped, 0U);
}

INSTANTIATE_TEST_SUITE_P(OurOwn, Ordered,
                         testing::Values(Stack{"pass_through"}, Stack{"cloner"},
                                         Stack{"capture", "vlan_acl", "forwarder"},
                                         Stack{"faulty_double_completion"},
                                         Stack{"faulty_disconnect_ignored"}),
                         [](const auto& about) { return name_of(about.param); });

}  // namespace
}  // namespace interlock::props
