#include "model/unjudged.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "model/judge.hpp"
#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

/// Which machines an event has moved: a cell was taken, or a blank was met.
class Moved {
public:
    void begin(Judge& judge) {
        before = judge.verdict();
    }

    template <typename Visitor>
    void after(Judge& judge, Visitor visit) {
        const Verdict& now  = judge.verdict();
        std::size_t    cell = 0, blank = 0;
        for (const Machine* machine : machines()) {
            const bool moved = differ(before.cells, now.cells, cell, machine->cells.size()) ||
                               differ(before.blanks, now.blanks, blank, machine->blanks.size());
            if (moved) visit(*machine);
            cell += machine->cells.size();
            blank += machine->blanks.size();
        }
        before = now;
    }

private:
    static bool differ(const std::vector<std::uint64_t>& one,
                       const std::vector<std::uint64_t>& other, std::size_t from,
                       std::size_t count) {
        const auto at = [&](const auto& list) {
            return list.begin() + static_cast<std::ptrdiff_t>(from);
        };
        return !std::equal(at(one), at(one) + static_cast<std::ptrdiff_t>(count), at(other));
    }

    Verdict before;
};

/// What the stories of all rules show is what the lists say.
TEST(Unjudged, KnowsWhatMovesEachMachine) {
    std::map<std::string_view, std::set<Call>> moving;
    for (const Case& one : all_cases()) {
        for (const auto tell : {one.keeps, one.breaks}) {
            if (tell == nullptr) continue;
            Story story = one.begins();
            tell(story);
            story.ends();
            Judge judge;
            Moved moved;
            judge.begin({.ndis = one.ndis});
            moved.begin(judge);
            for (const Event& event : story.events) {
                judge.fold(event);
                moved.after(judge, [&](const Machine& machine) {
                    moving[machine.name].insert(event.call);
                });
            }
        }
    }
    for (const Machine* machine : machines()) {
        const auto listed = calls_moving(*machine);
        for (const Call call : moving[machine->name])
            EXPECT_NE(std::ranges::find(listed, call), listed.end())
                << machine->name << " is moved by " << name(call);
        // Most stories answer a request inside the call that passes it on.
        for (const Call call : listed)
            EXPECT_TRUE(moving[machine->name].contains(call) ||
                        call == Call::FilterOidRequestComplete)
                << machine->name << " is not moved by " << name(call);
    }
}

TEST(Unjudged, EveryRuleThatIsJudgedIsJudgedSomewhere) {
    std::size_t judged = 0;
    for (std::size_t rule = 0; rule < rules().size(); ++rule)
        judged += !calls_judging(static_cast<RuleIndex>(rule)).empty();
    EXPECT_EQ(judged, rules().size());
}

TEST(Unjudged, NamesTheRulesAndWhy) {
    EXPECT_TRUE(unjudged_without({}).empty());
    const std::vector unseen{Call::ReferenceSwitchNic, Call::DereferenceSwitchNic};
    const auto        all   = unjudged_without(unseen);
    const auto        found = std::ranges::find(all, rule_of("REF-02"), &Unjudged::rule);
    ASSERT_NE(found, all.end());
    EXPECT_EQ(found->unseen, std::vector{Call::ReferenceSwitchNic});
    EXPECT_EQ(std::ranges::find(all, rule_of("OID-02"), &Unjudged::rule), all.end());
    EXPECT_EQ(found->extent, Extent::partly);
    const auto silent = withdrawn_of(all);
    EXPECT_NE(std::ranges::find(silent, rule_of("REF-04")), silent.end());
    EXPECT_EQ(std::ranges::find(silent, rule_of("REF-02")), silent.end());
}

/// Rules that are broken in a trace from which a call is missing everywhere.
class Missing {
public:
    /// @param look  `look(gone, broken)` for each call of each story that breaks nothing.
    template <typename Look>
    void for_each(Look look) {
        for (const Case& one : all_cases()) {
            Story story = one.begins();
            one.keeps(story);
            story.ends();
            std::set<Call> calls;
            for (const Event& event : story.events)
                calls.insert(event.call);
            if (!broken_without(story.events, Call::Waited, {.ndis = one.ndis}).empty()) continue;
            for (const Call gone : calls)
                look(gone, broken_without(story.events, gone, {.whole = false, .ndis = one.ndis}));
        }
    }

private:
    std::set<RuleIndex> broken_without(const std::vector<Event>& events, Call gone,
                                       const TraceFacts& facts) {
        judge.begin(facts);
        for (const Event& event : events)
            if (event.call != gone) judge.fold(event);
        std::set<RuleIndex> broken;
        for (const Violation& violation : judge.verdict().violations)
            if (violation.severity == Severity::violation) broken.insert(violation.rule);
        return broken;
    }

    Judge judge;
};

/// What the rules then say against somebody who did nothing is not told.
TEST(Unjudged, WithdrawsWhatComesOfNotSeeing) {
    std::size_t                               runs = 0, accusing = 0;
    std::map<Call, std::map<RuleIndex, bool>> told;
    Missing                                   missing;
    missing.for_each([&](Call gone, const std::set<RuleIndex>& broken) {
        ++runs;
        accusing += !broken.empty();
        if (!told.contains(gone))
            for (const Unjudged& one : unjudged_without(std::vector{gone}))
                told[gone][one.rule] = one.extent == Extent::partly;
        for (const RuleIndex rule : broken) {
            EXPECT_TRUE(told[gone].contains(rule) && !told[gone][rule])
                << rules()[rule].id << " is broken without " << name(gone);
        }
    });
    std::cout << runs << " stories without a call: " << accusing << " would accuse\n";
    EXPECT_GT(accusing, runs / 10);
}

}  // namespace
}  // namespace interlock::model
