#include "model/orders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <random>

#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

constexpr std::uint16_t of_oids = 2, of_packets = 3;

std::string told(const Verdict& verdict) {
    std::string text;
    for (const Violation& violation : verdict.violations)
        text.append(rules()[violation.rule].id).append(": ").append(violation.what).append("\n");
    for (const Undecided& note : verdict.undecided)
        text.append(note.why).append("\n");
    return text;
}

struct Found {
    Verdict            verdict;
    std::vector<Event> order;
    SearchTally        tally;
};

Found found(const std::vector<Event>& trace, const PartialOrder& order = {},
            const SearchLimits& limits = {}, const TraceFacts& facts = {}) {
    Orders orders;
    orders.begin(facts, order, limits);
    for (const Event& event : trace)
        orders.fold(event);
    orders.end();
    Found all{orders.verdict(), {}, orders.tally};
    orders.settled([&](const Event& event) { all.order.push_back(event); });
    return all;
}

/// What the one does happens first, and stands in the trace behind what the other does.
std::vector<Event> recorded_late(auto first, auto second) {
    Story story;
    story.guest(2);
    story.guest(3);
    const std::size_t began = story.events.size();
    first(story);
    const std::size_t middle = story.events.size();
    second(story);
    const auto at = [&](std::size_t place) {
        return story.events.begin() + static_cast<std::ptrdiff_t>(place);
    };
    std::rotate(at(began), at(middle), at(story.events.size()));
    const std::size_t end = story.events.size();
    story.ends();
    for (std::size_t place = 0; place < story.events.size(); ++place)
        story.events[place].time_100ns = place < began ? 0 : place < end ? 1000 : 2000;
    return story.events;
}

void talks(Story& story) {
    story.task = of_packets;
    story.delivers({2, 0}, {3, 0});
}

void leaves(Story& story) {
    story.task = of_oids;
    story.guest_gone(2);
}

TEST(Orders, FindsALegalOneWhereThatOfTheTraceIsNot) {
    const auto trace = recorded_late(talks, leaves);
    EXPECT_EQ(judge(trace).outcome, Outcome::violates);
    const Found all = found(trace);
    EXPECT_EQ(all.verdict.outcome, Outcome::conforms) << told(all.verdict);
    EXPECT_EQ(all.tally.reordered, 1U);
    EXPECT_TRUE(std::ranges::is_permutation(all.order, trace));
    EXPECT_EQ(judge(all.order).outcome, Outcome::conforms);
}

TEST(Orders, AccusesWhereNoneIsLegal) {
    // Of one task the order is certain; and so it is of what is too far apart.
    auto trace = recorded_late(talks, leaves);
    for (Event& event : trace)
        event.task = 1;
    EXPECT_EQ(found(trace).verdict.outcome, Outcome::violates);

    trace = recorded_late(talks, leaves);
    for (std::size_t place = 0; place < trace.size(); ++place)
        trace[place].time_100ns = 10 * place;
    EXPECT_EQ(found(trace, {.skew_100ns = 9}).verdict.outcome, Outcome::violates);
    EXPECT_EQ(found(trace, {.skew_100ns = 600}).verdict.outcome, Outcome::conforms);
}

TEST(Orders, NamesTheRuleThatTheOrderOfTheTraceBroke) {
    auto trace = recorded_late(talks, leaves);
    for (Event& event : trace)
        event.cpu = 1;
    const Found all = found(trace, {.by_cpu = true});
    ASSERT_FALSE(all.verdict.violations.empty());
    EXPECT_EQ(told(all.verdict), told(judge(trace)));
    EXPECT_EQ(all.order, trace);
}

TEST(Orders, IsUndecidedWhereNotAllCouldBeTried) {
    const auto  trace = recorded_late(talks, leaves);
    const Found all   = found(trace, {}, {.folds = 1});
    EXPECT_EQ(all.verdict.outcome, Outcome::undecided) << told(all.verdict);
    EXPECT_GT(all.tally.gave_up, 0U);
    EXPECT_NE(told(all.verdict).find("not every order could be tried"), std::string::npos);
    EXPECT_EQ(found(trace, {}, {.waiting = 0}).verdict.outcome, Outcome::undecided);
    EXPECT_EQ(found(trace, {}, {.cluster = 1}).verdict.outcome, Outcome::undecided);
    EXPECT_NE(found(trace, {}, {.judges = 1}).verdict.outcome, Outcome::violates);
}

TEST(Orders, DoesNotBelieveAClockThatGoesBack) {
    auto trace = recorded_late(talks, leaves);
    for (std::size_t place = 0; place < trace.size(); ++place) {
        trace[place].time_100ns = 1000 - place;
        trace[place].task       = 1;
    }
    EXPECT_EQ(found(trace, {.skew_100ns = 0}).verdict.outcome, Outcome::undecided);
}

TEST(Orders, ForgetsAtAHoleWhatItCouldNotDecide) {
    const auto trace = recorded_late(talks, leaves);
    Orders     orders;
    orders.begin({}, PartialOrder{});
    for (const Event& event : trace) {
        orders.fold(event);
        if (event.task == of_packets) orders.skip();
    }
    orders.end();
    EXPECT_EQ(orders.verdict().outcome, Outcome::undecided) << told(orders.verdict());
}

/// What was lost may have come before what stands before the hole.
TEST(Orders, AccusesNobodyAroundAHoleOfWhatMayBeInIt) {
    const auto trace = recorded_late(talks, leaves);
    for (std::size_t lost = 0; lost < trace.size(); ++lost) {
        Orders orders;
        orders.begin({}, PartialOrder{.skew_100ns = 500});
        for (std::size_t place = 0; place < trace.size(); ++place)
            place == lost ? orders.skip() : orders.fold(trace[place]);
        orders.end();
        EXPECT_EQ(orders.verdict().outcome, Outcome::undecided)
            << lost << ": " << told(orders.verdict());
    }
}

/// Every story that is told of a rule, kept and broken, with the order certain: the same verdict.
TEST(Orders, OfACertainOrderSaysWhatTheJudgeSays) {
    for (const Case& one : all_cases()) {
        for (const auto tell : {one.keeps, one.breaks}) {
            if (tell == nullptr) continue;
            Story story = one.begins();
            tell(story);
            story.ends();
            for (Event& event : story.events)
                event.cpu = 1;
            const TraceFacts facts{.ndis = one.ndis};
            EXPECT_EQ(told(found(story.events, {.by_cpu = true}, {}, facts).verdict),
                      told(judge(story.events, facts)))
                << one.rule;
        }
    }
}

/// Whether some order that is permitted is legal: by trying each.
class BruteForce {
public:
    BruteForce(const std::vector<Event>& all, const PartialOrder& by) : trace(all), order(by) {}

    bool any_is_legal(const Judge& judge, std::vector<bool> taken = {}) {
        taken.resize(trace.size());
        if (std::ranges::find(taken, false) == taken.end()) return true;
        for (std::size_t place = 0; place < trace.size(); ++place) {
            if (taken[place] || !may_come(taken, place)) continue;
            Judge next = judge;
            next.fold(trace[place]);
            ++folds;
            if (next.broken() > 0) continue;
            taken[place] = true;
            if (any_is_legal(next, taken)) return true;
            taken[place] = false;
        }
        return false;
    }

    std::uint64_t folds = 0;

private:
    bool may_come(const std::vector<bool>& taken, std::size_t place) const {
        for (std::size_t before = 0; before < place; ++before)
            if (!taken[before] && is_certain(order, trace[before], trace[place])) return false;
        return true;
    }

    const std::vector<Event>& trace;
    const PartialOrder&       order;
};

/// A few events of a life, on three tasks, in an order that these permit.
std::vector<Event> mixed(std::mt19937_64& chance) {
    Story story;
    story.guest(2);
    story.guest(3);
    const std::size_t began = story.events.size();
    story.task              = of_oids;
    story.nic_disconnected({2, 0});
    story.task = of_packets;
    story.reference_nic({2, 0});
    story.dereference_nic({2, 0});
    story.task = 4;
    story.reference_nic({2, 0});
    story.dereference_nic({2, 0});
    const std::vector<Event> all(story.events.begin() + std::ptrdiff_t(began), story.events.end());
    std::vector<std::vector<Event>> tasks(5);
    for (const Event& event : all)
        tasks[event.task].push_back(event);
    std::vector<Event> trace(story.events.begin(), story.events.begin() + std::ptrdiff_t(began));
    for (auto& task : tasks)
        std::ranges::reverse(task);
    for (std::size_t left = all.size(); left > 0; --left) {
        auto* task = &tasks[chance() % 5];
        while (task->empty())
            task = &tasks[chance() % 5];
        trace.push_back(task->back());
        trace.back().time_100ns = 100 * (trace.size() - began);
        task->pop_back();
    }
    return trace;
}

TEST(Orders, FindsOneExactlyIfThereIsOne) {
    const SearchLimits patient{.judges = 256, .cluster = 256, .folds = 1U << 16};
    constexpr int      rounds = 40;
    std::mt19937_64    chance(5);
    int                legal = 0, illegal = 0, recorded_so = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto         trace = mixed(chance);
        const PartialOrder order{
            .by_cpu = false, .by_object = chance() % 2 == 0, .skew_100ns = 100 * (chance() % 5)};
        Judge judge;
        judge.begin({});
        const bool  is_legal = BruteForce(trace, order).any_is_legal(judge);
        const Found all      = found(trace, order, patient);
        EXPECT_EQ(all.verdict.outcome != Outcome::violates, is_legal)
            << "round " << round << told(all.verdict);
        (is_legal ? legal : illegal) += 1;
        recorded_so += is_legal && model::judge(trace).outcome == Outcome::violates;
    }
    std::cout << rounds << " traces: " << legal << " have a legal order, " << recorded_so
              << " of them another than the trace's; " << illegal << " have none\n";
    EXPECT_GT(illegal, 0);
    EXPECT_GT(recorded_so, 0);
}

}  // namespace
}  // namespace interlock::model
