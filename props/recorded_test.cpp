// A trace of a run is judged like the run, however it was written down; and where a recorder lost
// events, nobody is accused of what was not seen. INTERLOCK_RUNS=10000 makes it a long run.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <random>
#include <set>

#include "harness/trace/ordered_sink.hpp"
#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "harness/trace/trace_packed.hpp"
#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

constexpr std::uint64_t runs_usual   = 300;
constexpr int           failures_max = 3;

using harness::Hole;
using harness::Trace;

/// What a verdict says, word for word.
std::string told(const model::Verdict& verdict) {
    std::string text = std::to_string(static_cast<int>(verdict.outcome)) + "\n";
    for (const model::Violation& violation : verdict.violations) {
        text += std::to_string(violation.at) + " " + std::to_string(violation.since) + " " +
                std::string(model::rules()[violation.rule].id) + " " +
                std::to_string(violation.module) + " " + std::string(violation.what) + "\n";
    }
    for (const model::Undecided& open : verdict.undecided)
        text += std::to_string(open.at) + " " + std::string(open.why) + "\n";
    return text;
}

model::Verdict judged(const Trace& trace) {
    model::Judge judge;
    judge.begin({.whole = trace.head.whole, .ndis = trace.head.ndis});
    auto hole = trace.holes.begin();
    for (std::size_t place = 0; place < trace.events.size(); ++place) {
        for (; hole != trace.holes.end() && hole->before == place; ++hole)
            judge.skip();
        judge.fold(trace.events[place]);
    }
    if (hole != trace.holes.end()) judge.skip();
    return judge.verdict();
}

/// Loses some stretches of it: of one event or of many, and now and then its beginning.
Trace with_holes(const Trace& whole, std::mt19937_64& chance) {
    Trace                 holed{whole.head, {}, {}};
    std::set<std::size_t> begins;
    const std::size_t     count = 1 + chance() % 4;
    for (std::size_t hole = 0; hole < count; ++hole)
        begins.insert(chance() % 8 == 0 ? 0 : chance() % whole.events.size());
    std::size_t place = 0;
    for (const std::size_t begin : begins) {
        if (begin < place) continue;
        const auto at = whole.events.begin();
        holed.events.insert(holed.events.end(), at + std::ptrdiff_t(place),
                            at + std::ptrdiff_t(begin));
        const std::size_t longest = chance() % 2 == 0 ? 3 : 200;
        const std::size_t lost =
            std::min<std::size_t>(1 + chance() % longest, whole.events.size() - begin);
        holed.holes.push_back({holed.events.size(), chance() % 4 == 0 ? 0 : lost});
        place = begin + lost;
    }
    holed.events.insert(holed.events.end(), whole.events.begin() + std::ptrdiff_t(place),
                        whole.events.end());
    return holed;
}

Trace trace_of(const harness::Scenario& scenario, const harness::Performance& performance,
               const Stack& stack) {
    return {{.ndis = scenario.ndis, .whole = true, .extensions = stack},
            {performance.trace.begin(), performance.trace.end()},
            {}};
}

class Recorded : public testing::TestWithParam<Stack> {
protected:
    /// Calls `look(seed, scenario, performance, trace)` for each run, until too much has failed.
    template <typename Look>
    void for_each_run(Look look) {
        const auto          stage = open_stage(GetParam());
        const std::uint64_t first = first_seed();
        const std::uint64_t last  = first + runs_wanted(runs_usual);
        for (std::uint64_t seed = first; seed < last && failures < failures_max; ++seed) {
            const harness::Scenario     scenario    = scenario_of(seed, GetParam());
            const harness::Performance& performance = play(*stage, scenario);
            look(seed, scenario, performance, trace_of(scenario, performance, GetParam()));
        }
    }

    int failures = 0;
};

/// Who broke which rule where, and nothing of what was before.
std::string told_in_short(const model::Verdict& verdict) {
    std::string text = std::to_string(static_cast<int>(verdict.outcome));
    for (const model::Violation& violation : verdict.violations) {
        text += " " + std::string(model::rules()[violation.rule].id) + " " +
                std::to_string(violation.module) + " " + std::to_string(violation.at);
    }
    return text;
}

/// What is over is forgotten in a trace of any length. A judge that remembers next to nothing of it
/// finds the same as one that remembers all of a run.
TEST_P(Recorded, NeedsNothingOfWhatIsOver) {
    constexpr std::uint32_t little = 24;
    std::uint64_t           runs = 0, events = 0;
    for_each_run([&](std::uint64_t seed, const auto&, const auto& performance, const Trace& trace) {
        ++runs;
        events += trace.events.size();
        const auto verdict =
            model::judge(trace.events, {.ndis = trace.head.ndis, .remembers = little});
        if (told_in_short(verdict) == told_in_short(performance.verdict)) return;
        ++failures;
        ADD_FAILURE() << "seed " << seed << ": remembering all\n"
                      << told(performance.verdict) << "remembering little\n"
                      << told(verdict);
    });
    std::cout << name_of(GetParam()) << ": " << runs << " runs of " << events / runs
              << " events each\n";
    EXPECT_GT(events, runs * 4 * little);
}

TEST_P(Recorded, IsJudgedLikeTheRun) {
    std::uint64_t runs = 0, violating = 0;
    for_each_run([&](std::uint64_t seed, const auto&, const auto& performance, const Trace& trace) {
        ++runs;
        violating += performance.verdict.outcome == model::Outcome::violates;
        for (const std::string& text : {to_json_lines(trace), to_packed(trace)}) {
            const auto again = harness::parse_trace(text, "again");
            ASSERT_TRUE(std::holds_alternative<Trace>(again));
            const std::string offline = told(judged(std::get<Trace>(again)));
            if (offline == told(performance.verdict)) continue;
            ++failures;
            ADD_FAILURE() << "seed " << seed << ": online\n"
                          << told(performance.verdict) << "offline\n"
                          << offline;
        }
    });
    std::cout << name_of(GetParam()) << ": " << runs << " runs, " << violating << " violate\n";
    EXPECT_GT(runs, 0U);
}

TEST_P(Recorded, AccusesNobodyOfWhatWasNotSeen) {
    std::uint64_t holes = 0, lost = 0, found_all_the_same = 0;
    for_each_run(
        [&](std::uint64_t seed, const auto& scenario, const auto& performance, const Trace& whole) {
            std::mt19937_64 chance(seed);
            const Trace     holed   = with_holes(whole, chance);
            const auto      verdict = judged(holed);
            holes += holed.holes.size();
            lost += whole.events.size() - holed.events.size();
            EXPECT_NE(verdict.outcome, model::Outcome::conforms) << "It does not know.";
            if ((accused(verdict) & ~accused(performance.verdict)) == 0) {
                found_all_the_same += accused(verdict) != 0;
                return;
            }
            ++failures;
            ADD_FAILURE() << "seed " << seed << ", " << lost << " events lost:\n"
                          << told(verdict)
                          << story(scenario, performance,
                                   name_of(GetParam()) + "_holes_" + std::to_string(seed));
        });
    std::cout << name_of(GetParam()) << ": " << holes << " holes of " << lost
              << " events; violations found all the same in " << found_all_the_same << " runs\n";
    EXPECT_GT(holes, 0U);
    EXPECT_GT(lost, holes);
}

/// As one recorded it who sees none of these calls.
Trace without(const Trace& whole, const std::set<model::Call>& unseen) {
    Trace rest{whole.head, {}, {}};
    rest.head.whole = false;
    for (const model::Call call : unseen)
        rest.head.unseen.emplace_back(model::name(call));
    std::ranges::copy_if(whole.events, std::back_inserter(rest.events),
                         [&](const auto& event) { return !unseen.contains(event.call); });
    return rest;
}

/// One call or some, of those that are in the trace.
std::set<model::Call> some_calls(const Trace& trace, std::mt19937_64& chance) {
    std::set<model::Call> unseen;
    const std::size_t     wanted = chance() % 2 == 0 ? 1 : 1 + chance() % 12;
    for (std::size_t draw = 0; draw < wanted; ++draw)
        unseen.insert(trace.events[chance() % trace.events.size()].call);
    unseen.erase(model::Call::EndOfRun);
    return unseen;
}

std::string names_of(const std::set<model::Call>& calls) {
    std::string names;
    for (const model::Call call : calls)
        names += " " + std::string(model::name(call));
    return names;
}

TEST_P(Recorded, AccusesNobodyBecauseOfCallsThatAreNotSeen) {
    std::uint64_t traces = 0, misled = 0, found_all_the_same = 0;
    for_each_run([&](std::uint64_t seed, const auto&, const auto& performance, const Trace& whole) {
        std::mt19937_64 chance(seed);
        for (int turn = 0; turn < 4; ++turn) {
            const auto           unseen = some_calls(whole, chance);
            const Trace          rest   = without(whole, unseen);
            harness::OrderedSink sink;
            give(rest, sink);
            const auto&    verdict = sink.verdict();
            const unsigned known   = accused(performance.verdict);
            ++traces;
            misled += (accused(judged(rest)) & ~known) != 0;
            found_all_the_same += accused(verdict) != 0;
            if ((accused(verdict) & ~known) == 0) continue;
            ++failures;
            ADD_FAILURE() << "seed " << seed << ", without" << names_of(unseen) << ":\n"
                          << told(verdict);
        }
    });
    std::cout << name_of(GetParam()) << ": " << traces << " traces without some calls; " << misled
              << " would accuse somebody who did nothing; violations found all the same in "
              << found_all_the_same << "\n";
    EXPECT_GT(misled, traces / 20);
}

INSTANTIATE_TEST_SUITE_P(
    OurOwn, Recorded,
    testing::Values(Stack{}, Stack{"pass_through"}, Stack{"cloner"}, Stack{"control_device"},
                    Stack{"capture", "vlan_acl", "broadcast_pacer", "forwarder"},
                    Stack{"faulty_double_completion"}, Stack{"faulty_reference_leak"},
                    Stack{"faulty_disconnect_ignored"}, Stack{"faulty_source_written"}),
    [](const auto& about) { return name_of(about.param); });

}  // namespace
}  // namespace interlock::props
