#include "model/judge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

std::string told(const Verdict& verdict) {
    std::string text;
    for (const Violation& violation : verdict.violations)
        text.append(rules()[violation.rule].id).append(": ").append(violation.what).append("\n");
    for (const Undecided& note : verdict.undecided)
        text.append(note.why).append("\n");
    return text;
}

std::vector<std::vector<Event>> conforming_traces() {
    std::vector<std::vector<Event>> traces;
    for (const Case& one : all_cases()) {
        Story story = one.begins();
        one.keeps(story);
        story.ends();
        traces.push_back(story.events);
    }
    return traces;
}

TEST(Judge, NeverAccusesInTheMiddleOfWhatConforms) {
    Judge judge;
    for (const auto& trace : conforming_traces()) {
        judge.begin({});
        for (const Event& event : trace) {
            judge.fold(event);
            ASSERT_EQ(judge.broken(), 0U) << told(judge.verdict());
        }
    }
}

TEST(Judge, NeverAccusesWhoWasThereBeforeTheTraceBegan) {
    Judge judge;
    for (const auto& trace : conforming_traces()) {
        for (std::size_t first = 1; first < trace.size(); ++first) {
            judge.begin({.whole = false});
            for (std::size_t place = first; place < trace.size(); ++place)
                judge.fold(trace[place]);
            ASSERT_EQ(judge.broken(), 0U) << "without its first " << first << " events:\n"
                                          << told(judge.verdict());
        }
    }
}

/// Guests come, talk and go, again and again, on one switch.
std::vector<Event> many_lives(PortId lives) {
    Story story;
    story.learns_parameters();
    for (PortId port = 1; port <= lives; ++port) {
        story.guest(port);
        if (port > 1) story.delivers({port}, {port - 1});
        if (port > 1) story.guest_gone(port - 1);
    }
    story.ends();
    return story.events;
}

TEST(Judge, RemembersLittleOfATraceOfAnyLength) {
    constexpr std::uint32_t remembers = 16;
    for (const PortId lives : {PortId{150}, PortId{600}}) {
        const auto trace = many_lives(lives);
        Judge      all, little;
        all.begin({.remembers = 1U << 20});
        little.begin({.remembers = remembers});
        std::size_t most = 0;
        for (const Event& event : trace) {
            all.fold(event);
            little.fold(event);
            most = std::max(most, little.records());
        }
        EXPECT_EQ(told(little.verdict()), told(all.verdict()));
        EXPECT_EQ(little.verdict().cells, all.verdict().cells);
        EXPECT_GT(all.records(), std::size_t{lives} * 4);
        EXPECT_LT(most, 40 * remembers) << "in " << trace.size() << " events";
    }
}

TEST(Judge, AccusesNobodyOfWhatItMissed) {
    Judge judge;
    for (const auto& trace : conforming_traces()) {
        for (std::size_t hole = 0; hole < trace.size(); ++hole) {
            judge.begin({});
            for (std::size_t place = 0; place < trace.size(); ++place) {
                if (place == hole) judge.skip();
                if (place < hole || place >= hole + 3) judge.fold(trace[place]);
            }
            ASSERT_EQ(judge.broken(), 0U) << "without events " << hole << " to " << hole + 2
                                          << ":\n" << told(judge.verdict());
            ASSERT_EQ(judge.verdict().outcome, Outcome::undecided);
        }
    }
}

TEST(Judge, SaysTheSameWhenItIsBegunAgain) {
    Judge used;
    for (const Case& one : all_cases()) {
        if (one.breaks == nullptr) continue;
        Story story = one.begins();
        one.breaks(story);
        story.ends();
        used.begin({});
        for (const Event& event : story.events)
            used.fold(event);
        EXPECT_EQ(told(used.verdict()), told(judge(story.events))) << one.rule << one.name;
    }
}

TEST(Judge, DoesNotDecideARunThatWasCutShort) {
    Story story;
    story.guest(3);
    EXPECT_EQ(judge(story.events).outcome, Outcome::undecided);
    story.host(Call::EndOfRun, {.detail = static_cast<std::uint32_t>(RunEnd::step_budget)});
    EXPECT_EQ(judge(story.events).outcome, Outcome::undecided);
}

TEST(Judge, GoesOnAfterItWasAskedForAVerdict) {
    Story story;
    story.guest(3);
    Judge judge;
    judge.begin({});
    for (const Event& event : story.events) {
        judge.fold(event);
        EXPECT_EQ(judge.verdict().outcome, Outcome::undecided);
    }
    judge.fold({.call = Call::Quiescent});
    judge.fold({.call = Call::EndOfRun});
    EXPECT_EQ(judge.verdict().outcome, Outcome::conforms) << told(judge.verdict());
}

TEST(Judge, NamesTheGuiltyModuleOfSeveral) {
    Story story;
    story.pause();
    story.module = 1;
    story.attach(ExtensionClass::unknown);
    story.restart();
    story.reference_port(3, status::failure);
    story.ends();
    const Verdict verdict = judge(story.events);
    ASSERT_EQ(verdict.violations.size(), 1U) << told(verdict);
    EXPECT_EQ(verdict.violations[0].module, 1);
}

/// The switch cannot delete a port while an extension keeps it in FilterDetach. Whether that waits
/// for ever is not known before the switch is active; so nobody is accused.
TEST(Judge, DoesNotAccuseTheSwitchOfWhatAnExtensionKeepsItFrom) {
    for (const bool comes_back : {true, false}) {
        Story story = Story::before_activation();
        story.port_created(3);
        story.port_torn_down(3);
        story.pause();
        story.enter(Call::FilterDetach);
        if (comes_back) story.leave(Call::FilterDetach);
        story.ends();
        const Verdict verdict = judge(story.events);
        EXPECT_EQ(told(verdict).find("PORT-10") != std::string::npos, comes_back) << told(verdict);
    }
}

/// What has not been restarted yet may wait for that before it decides about an adapter.
TEST(Judge, DoesNotDecideWhatIsHeldBeforeTheFirstRestart) {
    for (const bool restarted : {true, false}) {
        Story story = Story::before_attach();
        story.host(Call::SwitchActivated);
        story.attach();
        if (restarted) story.restart();
        story.deliver(story.issue(oid::port_create, {3}));
        story.ends();
        const Verdict verdict = judge(story.events);
        EXPECT_EQ(told(verdict).find("OID-03") != std::string::npos, restarted) << told(verdict);
    }
}

TEST(Judge, TellsSinceWhen) {
    Story story;
    story.guest(3);
    story.nic_disconnected({3});
    story.reference_nic({3}, status::failure);
    const Verdict verdict = judge(story.events);
    ASSERT_EQ(verdict.violations.size(), 1U);
    const Event& since = story.events[verdict.violations[0].since];
    EXPECT_EQ(since.oid, oid::nic_disconnect);
    EXPECT_EQ(verdict.violations[0].subject.port, 3U);
}

/// Small numbers, so that events meet each other's objects; now and then a wild one.
Event any_event(std::mt19937& random) {
    const auto wild  = [&] { return static_cast<std::uint32_t>(random()); };
    const auto below = [&](std::uint32_t end) { return wild() % end; };
    Event      event;
    event.call       = static_cast<Call>(below(static_cast<std::uint32_t>(call_count) + 1));
    event.phase      = static_cast<Phase>(below(16) == 0 ? below(256) : below(2));
    event.module     = static_cast<ModuleId>(below(8) == 0 ? below(256) : below(3));
    event.irql       = static_cast<std::uint8_t>(below(3));
    event.task       = static_cast<std::uint16_t>(below(64) == 0 ? below(65536) : below(3));
    event.object     = below(24);
    event.parent     = below(3) == 0 ? below(24) : 0;
    event.port       = below(4);
    event.nic        = static_cast<NicIndex>(below(3));
    event.other_port = below(4);
    event.count      = static_cast<std::uint16_t>(below(3));
    event.place      = static_cast<std::uint16_t>(below(3));
    event.oid        = below(8) == 0 ? wild() : oid::property_add + below(oid::span);
    event.status     = below(3) == 0 ? wild() : (below(2) == 0 ? status::success : status::pending);
    event.flags      = below(2) == 0 ? wild() : 0;
    event.detail     = below(4);
    return event;
}

TEST(Judge, TakesAnyEvent) {
    std::mt19937 random(20121026);
    Judge        judge;
    for (int run = 0; run < 300; ++run) {
        judge.begin({.whole = run % 2 == 0});
        for (int count = 0; count < 1000; ++count)
            judge.fold(any_event(random));
        const Verdict& verdict = judge.verdict();
        EXPECT_EQ(verdict.events, 1000U);
        EXPECT_LE(verdict.violations.size(), 1000U);
    }
}

}  // namespace
}  // namespace interlock::model
