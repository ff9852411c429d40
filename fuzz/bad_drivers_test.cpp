// Drivers that do in one callback what no driver may: each is told of with the callback that did
// it, and the next play goes well.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <optional>

#include "fuzz/contained_stage.hpp"
#include "fuzz/loop.hpp"
#include "harness/bundled.hpp"
#include "harness/kernel/poison.hpp"
#include "harness/scenario/text.hpp"
#include "harness/sched/strike.hpp"
#include "model/call_traits.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using harness::Scenario;
using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::array callbacks = {"DriverUnload",
                                  "FilterAttach",
                                  "FilterDetach",
                                  "FilterSetModuleOptions",
                                  "FilterRestart",
                                  "FilterPause",
                                  "FilterNetPnPEvent",
                                  "FilterStatus",
                                  "FilterOidRequest",
                                  "FilterOidRequestComplete",
                                  "FilterSendNetBufferLists",
                                  "FilterSendNetBufferListsComplete",
                                  "FilterReceiveNetBufferLists",
                                  "FilterReturnNetBufferLists"};
constexpr std::array others    = {"timer", "work_item", "thread"};  // Code that no event tells of.

/// Every callback comes up in it, sooner or later: by which way requests finish, chance decides.
Scenario a_life(std::uint64_t seed, const std::string& callback = "") {
    const bool  told = callback == "FilterNetPnPEvent";  // Of the activation.
    std::string steps =
        told ? "interlock scenario 1\ninactive\nactivate\n" : "interlock scenario 1\n";
    steps +=
        "create-port 1 external\ncreate-nic 1/0 external\ncreate-nic 1/1 external\n"
        "connect-nic 1/0\nconnect-nic 1/1\n"
        "create-port 2 synthetic\ncreate-nic 2/0 synthetic\nconnect-nic 2/0\n"
        "create-port 3 synthetic\ncreate-nic 3/0 synthetic\nconnect-nic 3/0\n"
        "send 2/0 to everyone\nwait\nnic-status 1/1\nwait\n";
    auto scenario     = std::get<Scenario>(harness::parse_text(steps, "a_life"));
    scenario.schedule = harness::ScheduleKind::random;
    scenario.seed     = seed;
    return scenario;
}

std::variant<std::unique_ptr<ContainedStage>, harness::InputError> open(const std::string& deed) {
    ContainedOptions options;
    options.extensions  = {harness::folder_of_build() / "tests/bad_driver.so"};
    options.mutant      = deed;
    options.silence_max = std::chrono::milliseconds(400);
    return ContainedStage::open(std::move(options));
}

std::unique_ptr<ContainedStage> opened(const std::string& deed) {
    auto stage = open(deed);
    if (const auto* error = std::get_if<harness::InputError>(&stage)) {
        ADD_FAILURE() << to_string(*error);
        return nullptr;
    }
    return std::move(std::get<std::unique_ptr<ContainedStage>>(stage));
}

/// The innermost callback that the task of the last event is in.
std::string callback_at_end(const Play& play) {
    std::vector<std::string> open;
    for (const model::Event& event : play.trace) {
        if (event.task != play.trace.back().task || !model::is_callback(event.call)) continue;
        if (event.phase == model::Phase::leave) {
            if (!open.empty()) open.pop_back();
        } else if (event.place == 0) {
            open.emplace_back(model::name(event.call));
        }
    }
    return open.empty() ? "" : open.back();
}

struct Told {
    std::string rule;
    std::string callback;  // In which it began; empty: in none.
};

std::optional<Told> first_told(const Play& play, const Scenario& scenario) {
    const auto verdict = verdict_of(play, scenario);
    for (const model::Violation& violation : verdict.violations) {
        if (violation.severity != model::Severity::violation) continue;
        EXPECT_EQ(violation.guilty, model::Party::extension);
        const auto& since = play.trace[violation.since];
        return Told{std::string(model::rules()[violation.rule].id),
                    violation.since == 0 ? "" : std::string(model::name(since.call))};
    }
    return std::nullopt;
}

/// The first play that does not conform, or that does not end.
std::pair<Play, Scenario> until_bad(ContainedStage& stage, const std::string& callback) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Scenario   scenario = a_life(seed, callback);
        Play       play     = stage.play(scenario);
        const bool bad = play.end != Play::End::ended || first_told(play, scenario).has_value();
        if (bad) return {std::move(play), std::move(scenario)};
    }
    return {};
}

void expect_told(const std::string& deed, const std::string& callback,
                 const testing::Matcher<std::string>& rule) {
    SCOPED_TRACE(deed + " " + callback);
    const auto stage = opened(deed + " " + callback);
    ASSERT_TRUE(stage);
    const auto [play, scenario] = until_bad(*stage, callback);
    ASSERT_FALSE(play.trace.empty()) << "nothing came of it";
    const auto told = first_told(play, scenario);
    ASSERT_TRUE(told);
    EXPECT_THAT(told->rule, rule);
    const bool named = callback.starts_with("Filter") || callback.starts_with("Driver");
    EXPECT_EQ(told->callback, named ? callback : "");
    EXPECT_NE(stage->play(Scenario{}).end, Play::End::lost) << "the next play is played";
}

TEST(BadDriver, IsAGoodOneWithoutADeed) {
    const auto stage = opened("none");
    ASSERT_TRUE(stage);
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const Play play = stage->play(a_life(seed));
        EXPECT_EQ(play.end, Play::End::ended);
        EXPECT_EQ(verdict_of(play, a_life(seed)).outcome, model::Outcome::conforms);
    }
}

TEST(BadDriver, ThatCrashesIsNamedWithItsCallback) {
    for (const std::string callback : callbacks)
        expect_told("crashes_in", callback, "RUN-01");
    for (const std::string callback : others) {
        const auto stage = opened("crashes_in " + callback);
        ASSERT_TRUE(stage);
        const auto [play, scenario] = until_bad(*stage, callback);
        EXPECT_EQ(play.end, Play::End::crashed);
        EXPECT_THAT(play.task, StartsWith(callback));
        ASSERT_FALSE(play.stacks.empty()) << "from where in its code";
    }
}

TEST(BadDriver, ThatHangsIsNamedWithItsCallback) {
    for (const std::string callback : callbacks) {
        SCOPED_TRACE(callback);
        const auto stage = opened("hangs_in " + callback);
        ASSERT_TRUE(stage);
        const auto [play, scenario] = until_bad(*stage, callback);
        ASSERT_EQ(play.end, Play::End::hung);
        EXPECT_EQ(callback_at_end(play), callback);
        EXPECT_EQ(verdict_of(play, scenario).outcome, model::Outcome::undecided)
            << "no clock tells whether it would have come back";
    }
    for (const std::string callback : others) {
        const auto stage = opened("hangs_in " + callback);
        ASSERT_TRUE(stage);
        const auto [play, scenario] = until_bad(*stage, callback);
        EXPECT_EQ(play.end, Play::End::hung);
        EXPECT_THAT(play.task, StartsWith(callback));
    }
}

TEST(BadDriver, ThatWaitsForEverIsNamedWithItsCallback) {
    for (const auto* callback : {"DriverUnload", "FilterAttach", "FilterDetach", "FilterRestart",
                                 "FilterNetPnPEvent", "FilterSetModuleOptions"})
        expect_told("waits_in", callback, "RUN-04");
}

TEST(BadDriver, ThatSpoilsThePoolIsNamedWithItsCallback) {
    // An address sanitizer ends it before anybody else looks.
    const auto seen = AnyOf("RUN-03", "RUN-01");
    for (const auto* deed :
         {"overruns_in", "underruns_in", "frees_twice_in", "frees_foreign_in", "uses_freed_in"}) {
        for (const std::string callback : callbacks)
            expect_told(deed, callback, seen);
        for (const std::string callback : others)
            expect_told(deed, callback, seen);
    }
}

TEST(BadDriver, ThatKeepsALockOrItsIrqlIsNamedWithItsCallback) {
    for (const auto* callback : {"FilterAttach", "FilterRestart", "FilterOidRequest",
                                 "FilterSendNetBufferLists", "FilterReceiveNetBufferLists"}) {
        expect_told("keeps_lock_in", callback, AnyOf("IRQL-04", "IRQL-03", "IRQL-02"));
        expect_told("stays_raised_in", callback, AnyOf("IRQL-04", "IRQL-03", "IRQL-02"));
    }
}

TEST(BadDriver, ThatLeaksIsToldOfWithWhereItAcquired) {
    for (const std::string callback : callbacks) {
        if (callback == "DriverUnload") continue;
        const auto stage = opened("leaks_in " + callback);
        ASSERT_TRUE(stage);
        const auto [play, scenario] = until_bad(*stage, callback);
        const auto told             = first_told(play, scenario);
        ASSERT_TRUE(told) << callback;
        EXPECT_EQ(told->rule, "RUN-03");
        ASSERT_FALSE(play.notes.empty()) << callback;
        EXPECT_EQ(play.notes.front().text, "left memory: 40 bytes, tag 'ItEx'");
        EXPECT_NE(play.notes.front().stack, 0U);
    }
}

TEST(BadDriver, ThatAnswersNonsenseEndsNoCampaign) {
    for (const std::string callback : {"FilterAttach", "FilterSetModuleOptions", "FilterRestart",
                                       "FilterNetPnPEvent", "FilterOidRequest"}) {
        const auto stage = opened("answers_nonsense_in " + callback);
        ASSERT_TRUE(stage);
        for (std::uint64_t seed = 1; seed <= 10; ++seed)
            EXPECT_EQ(stage->play(a_life(seed, callback)).end, Play::End::ended) << callback;
    }
    expect_told("answers_nonsense_in", "FilterPause", "FILT-05");
}

TEST(BadDriver, ThatIsBadAtOnceIsRefusedInASentence) {
    const std::array expected = {std::pair("crashes_in", "DriverEntry of bad_driver crashed"),
                                 std::pair("hangs_in", "DriverEntry of bad_driver does not come")};
    for (const auto& [deed, words] : expected) {
        const auto  stage = open(std::string(deed) + " DriverEntry");
        const auto* error = std::get_if<harness::InputError>(&stage);
        ASSERT_NE(error, nullptr) << deed;
        EXPECT_THAT(to_string(*error), HasSubstr(words));
    }
    for (const auto* deed : {"overruns_in", "frees_twice_in", "uses_freed_in"}) {
        const auto stage = open(std::string(deed) + " DriverEntry");
        if (const auto* error = std::get_if<harness::InputError>(&stage)) {
            EXPECT_TRUE(harness::poisons_memory()) << "only a sanitizer stops it at once";
            EXPECT_THAT(to_string(*error), HasSubstr("DriverEntry of bad_driver crashed"));
        } else {
            expect_told(deed, "DriverEntry", AnyOf("RUN-03", "RUN-01"));
        }
    }
}

struct Campaigned {
    Progress             progress;
    std::vector<Finding> findings;
};

Campaigned campaign(ContainedStage& stage, FaultMode faults) {
    Campaigned  all;
    LoopOptions options;
    options.seed     = 4;
    options.runs_max = 200;
    options.faults   = faults;
    const Listener listener{.progress = [](const Progress&) { return true; },
                            .finding =
                                [&](const Finding& finding) {
                                    all.findings.push_back(finding);
                                    return true;
                                }};
    all.progress = run_loop(stage, options, listener);
    return all;
}

TEST(Faults, AreWhatAnExtensionThatTrustsInMemoryFallsOver) {
    for (const auto* callback : {"FilterAttach", "FilterOidRequest", "FilterReturnNetBufferLists"})
        for (const FaultMode mode : {FaultMode::sweep, FaultMode::random, FaultMode::all}) {
            SCOPED_TRACE(callback);
            const auto stage = opened(std::string("needs_memory_in ") + callback);
            ASSERT_TRUE(stage);
            const auto found = campaign(*stage, mode);
            ASSERT_FALSE(found.findings.empty());
            const Finding& first = found.findings.front();
            const auto     told  = first_told(first.play, first.scenario);
            ASSERT_TRUE(told);
            EXPECT_EQ(told->rule, "RUN-01");
            EXPECT_EQ(told->callback, callback);
            EXPECT_EQ(first.scenario.fault_seed, 0U) << "the fault is named instead";
            // Packets are numbered by what came before: a fault may stay that only keeps a number.
            const auto faults = harness::apart(first.scenario.decisions).first.size();
            EXPECT_GE(faults, 1U);
            EXPECT_LE(faults, 5U) << to_text(first.scenario);
            EXPECT_THAT(to_text(first.scenario), HasSubstr("\nfail ExAllocatePool2 #"));
            EXPECT_TRUE(stage->play(first.scenario).trace == first.play.trace);
        }
}

TEST(Faults, AreMadeOnlyWhereTheyAreAskedFor) {
    const auto stage = opened("needs_memory_in FilterAttach");
    ASSERT_TRUE(stage);
    const auto found = campaign(*stage, FaultMode::none);
    EXPECT_TRUE(found.findings.empty());
    EXPECT_EQ(found.progress.faulty_runs, 0U);
}

TEST(Faults, ASweepStrikesEachCallStackOnceInEachWay) {
    const auto stage = opened("none");
    ASSERT_TRUE(stage);
    const auto first = campaign(*stage, FaultMode::sweep);
    const auto all   = stage->stacks_struck();
    EXPECT_TRUE(first.findings.empty()) << to_text(first.findings.front().scenario);
    EXPECT_EQ(first.progress.faulty_runs, all);
    EXPECT_GE(all, 10U);
    EXPECT_EQ(campaign(*stage, FaultMode::sweep).progress.faulty_runs, 0U) << "nothing is new";
}

TEST(BadDriver, ThatCrashesInTwoPlacesIsToldOfBoth) {
    const auto stage = opened("crashes_in FilterStatus|FilterSendNetBufferLists");
    ASSERT_TRUE(stage);
    LoopOptions options;
    options.runs_max  = 100;
    options.tries_max = 200;
    std::map<std::string, int> told;

    const auto     note = [&](const Finding& found) {
        return ++told[callback_at_end(found.play)] > 0;
    };
    const Listener listener{.progress = [](const Progress&) { return true; }, .finding = note};
    run_loop(*stage, options, listener);
    const std::map<std::string, int> both{{"FilterSendNetBufferLists", 1}, {"FilterStatus", 1}};
    EXPECT_EQ(told, both);
}

TEST(BadDriver, DoesNotEndACampaign) {
    for (const auto* deed : {"crashes_in FilterSendNetBufferLists", "hangs_in FilterDetach"}) {
        const auto stage = opened(deed);
        ASSERT_TRUE(stage);
        LoopOptions options;
        options.runs_max        = 20;
        options.tries_max       = 20;
        std::uint64_t  findings = 0;
        const Listener listener{.progress = [](const Progress&) { return true; },
                                .finding  = [&](const Finding&) { return ++findings > 0; }};
        EXPECT_EQ(run_loop(*stage, options, listener).runs, 20U) << deed;
        EXPECT_EQ(findings, 1U) << deed;
    }
}

}  // namespace
}  // namespace interlock::fuzz
