// The recorder above and below each of our extensions: its recordings and the harness's own trace
// tell the same of the recorder's edges, and of the suspect's; and nobody is accused by them.
// INTERLOCK_RUNS=10000 makes it a long run; INTERLOCK_SEED says where to begin.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "harness/extensions/recorder/recording.h"
#include "harness/trace/event_fields.hpp"
#include "harness/trace/judging_sink.hpp"
#include "harness/trace/ordered_sink.hpp"
#include "harness/trace/recording.hpp"
#include "harness/trace/trace_file.hpp"
#include "model/call_traits.hpp"
#include "model/constants.hpp"
#include "props/on_stage.hpp"
#include "props/recorder_tape.hpp"

namespace interlock::props {
namespace {

constexpr std::uint64_t runs_usual   = 150;
constexpr int           failures_max = 3;

using harness::Step;
using harness::Trace;
using harness::Verb;
using model::Call;
using model::Event;
using model::Phase;

/// An event as one of the two told it, and what tells whose it is.
struct Told {
    Event           event;   // What both can know of it.
    std::uint64_t   thread;  // As PsGetCurrentThreadId says it.
    model::ObjectId object, parent;
};
using Tale = std::vector<Told>;

/// What the recorder cannot know is left out; docs/recorder.md says why.
Event as_recorded(Event event) {
    const bool packets = model::carries_list(event.call);
    if (packets) event.detail &= 0x1'FFFF;  // No marks.
    if (!packets) event.flags &= 0x7F;      // No numbers, and not whether it was moved.
    const bool pends = event.phase == Phase::leave && event.status == model::status::pending;
    if (pends) event.detail = 0;  // It may be answered, and gone, already.
    event.module = 0;
    event.object = event.parent = event.digest = event.step = 0;
    event.task = event.locks = 0;
    event.time_100ns         = 0;
    return event;
}

Told told_of(const Event& event, std::uint64_t thread) {
    return {as_recorded(event), thread, event.object, event.parent};
}

/// Of what the harness saw, what happened at that module's edges and has a place in a recording.
Tale by_harness(std::span<const Event> trace, model::ModuleId module,
                const std::set<std::string>& unseen) {
    Tale tale;
    for (const Event& event : trace) {
        if (event.module != module || unseen.contains(std::string(name(event.call)))) continue;
        tale.push_back(told_of(event, (std::uint64_t{event.task} + 1) * 4));
    }
    return tale;
}

Tale by_recorder(const Trace& trace, const std::string& recording) {
    Tale        tale;
    const char* at = recording.data() + RECORDING_SIZE;
    for (const Event& event : trace.events) {
        RECORDING_RECORD record;
        std::memcpy(&record, at, sizeof record);
        at += sizeof record;
        tale.push_back(told_of(event, record.Thread));
    }
    return tale;
}

std::map<std::uint64_t, Tale> by_thread(const Tale& tale) {
    std::map<std::uint64_t, Tale> threads;
    for (const Told& one : tale)
        threads[one.thread].push_back(one);
    return threads;
}

std::string text_of(const Told* one) {
    if (one == nullptr) return "nothing";
    std::string text{name(one->event.call)};
    text += one->event.phase == Phase::leave ? " returns" : "";
    harness::visit_fields(one->event, [&](std::string_view field, auto value, std::uint64_t usual) {
        if (value != usual) text += " " + std::string(field) + "=" + std::to_string(value);
    });
    return text + " object=" + std::to_string(one->object) + " of " + std::to_string(one->parent) +
           " thread=" + std::to_string(one->thread);
}

/// Compares two tales, and learns from them which object of a recording is which of the run's.
class Comparison {
public:
    /// @return what is different first; empty: nothing is.
    std::string first_difference(const Tale& run, const Tale& recorded) {
        for (std::size_t place = 0; place < std::max(run.size(), recorded.size()); ++place) {
            const Told* const one   = place < run.size() ? &run[place] : nullptr;
            const Told* const other = place < recorded.size() ? &recorded[place] : nullptr;
            if (one != nullptr && other != nullptr && is_same(*one, *other)) continue;
            return "event " + std::to_string(place) + "\n  run:      " + text_of(one) +
                   "\n  recorded: " + text_of(other);
        }
        return {};
    }

    std::map<model::ObjectId, model::ObjectId> in_run;  // By the recording's.

private:
    /// A cancellation names a RequestId: whose it is just then, two may see differently.
    static bool names_none(const Told& one) {
        return one.object == 0 && (one.event.call == Call::FilterCancelOidRequest ||
                                   one.event.call == Call::NdisFCancelOidRequest);
    }

    bool is_same(const Told& run, const Told& recorded) {
        if (names_none(run) || names_none(recorded))
            return run.event == recorded.event && run.thread == recorded.thread;
        return run.event == recorded.event && run.thread == recorded.thread &&
               names(run.object, recorded.object) &&
               (recorded.parent == 0 || names(run.parent, recorded.parent));
    }

    bool names(model::ObjectId run, model::ObjectId recorded) {
        if (run == 0 || recorded == 0) return run == recorded;
        return in_run.try_emplace(recorded, run).first->second == run;
    }
};

/// Each thread's own order, which is all that a recorder on several CPUs can promise; and for the
/// plainest schedule the order of all.
std::string difference(const Tale& run, const Tale& recorded, bool plain, Comparison& comparison) {
    if (plain) return comparison.first_difference(run, recorded);
    auto       threads = by_thread(recorded);
    const auto in_run  = by_thread(run);
    for (const auto& [thread, tale] : in_run) {
        const auto found = comparison.first_difference(tale, threads[thread]);
        if (!found.empty()) return "thread " + std::to_string(thread) + ", " + found;
    }
    return threads.size() == in_run.size() ? "" : "the recording has threads that the run has not";
}

/// What the neighbour sees of a call: what is passed on by one is given to the other.
constexpr std::pair<Call, Call> mirrored[] = {
    {Call::FilterOidRequest, Call::NdisFOidRequest},
    {Call::FilterOidRequestComplete, Call::NdisFOidRequestComplete},
    {Call::FilterSendNetBufferLists, Call::NdisFSendNetBufferLists},
    {Call::FilterSendNetBufferListsComplete, Call::NdisFSendNetBufferListsComplete},
    {Call::FilterReceiveNetBufferLists, Call::NdisFIndicateReceiveNetBufferLists},
    {Call::FilterReturnNetBufferLists, Call::NdisFReturnNetBufferLists},
    {Call::FilterStatus, Call::NdisFIndicateStatus},
    {Call::FilterNetPnPEvent, Call::NdisFNetPnPEvent},
};

/// At which edge of a module a call happens, and what its neighbour there sees.
struct Mirror {
    Call seen;
    bool above = false;
};
std::optional<Mirror> mirror_of(Call call) {
    for (const auto& [given, passed_on] : mirrored) {
        const bool down = given == Call::FilterOidRequest ||
                          given == Call::FilterSendNetBufferLists ||
                          given == Call::FilterReturnNetBufferLists;
        if (call == given) return Mirror{passed_on, down};
        if (call == passed_on) return Mirror{given, !down};
    }
    return {};
}

std::string key_of(Event event, model::ObjectId object) {
    event.irql = event.cpu = 0;
    const Told told{event, 0, object, 0};
    return text_of(&told);
}

/// Who is paused is not given packets: NDIS hands back what is indicated to it.
class AboveTheSuspect {
public:
    /// Whether NDIS stands in for it at that event of the suspect's.
    bool is_passed_over_at(const Event& event) const {
        return paused && event.module == 1 &&
               (event.call == Call::NdisFIndicateReceiveNetBufferLists ||
                event.call == Call::FilterReturnNetBufferLists);
    }

    void take(const Event& event) {
        if (event.module != 0) return;
        if (event.call == Call::FilterPause && event.phase == Phase::leave) paused = true;
        if (event.call == Call::FilterRestart) paused = false;
    }

private:
    bool paused = false;
};

/// What its neighbours saw of the suspect.
Tale of_the_suspect(std::span<const Event> trace, const std::set<std::string>& unseen) {
    std::vector<Event> seen;
    AboveTheSuspect    above;
    for (const Event& event : trace) {
        if (!above.is_passed_over_at(event)) seen.push_back(event);
        above.take(event);
    }
    return by_harness(seen, 1, unseen);
}

/// What happened at one edge of the suspect that its neighbour's recording does not have.
std::string not_recorded(const Tale& suspect, const Tale& recorded, bool above,
                         const Comparison& comparison, std::uint64_t& found) {
    std::multiset<std::string> there;
    for (const Told& one : recorded) {
        if (one.event.phase != Phase::enter) continue;
        const auto object = comparison.in_run.find(one.object);
        there.insert(key_of(one.event, object == comparison.in_run.end() ? 0 : object->second));
    }
    for (const Told& one : suspect) {
        const auto mirror = mirror_of(one.event.call);
        if (one.event.phase != Phase::enter || !mirror || mirror->above != above) continue;
        Event event     = one.event;
        event.call      = mirror->seen;
        const auto seen = there.find(key_of(event, one.object));
        if (seen == there.end()) return text_of(&one);
        there.erase(seen);
        ++found;
    }
    return {};
}

/// Where the order of the recording is legal, no other need be looked for.
std::string accusations(const Trace& trace) {
    harness::JudgingSink as_recorded;
    give(trace, as_recorded);
    if (as_recorded.judge.broken() == 0) return {};
    harness::OrderedSink judging;
    give(trace, judging);
    std::string text;
    for (const model::Violation& violation : judging.verdict().violations) {
        text += std::string(model::rules()[violation.rule].id) + " at " +
                std::to_string(violation.at) + ": " + std::string(violation.what) + "\n";
    }
    return text;
}

Trace read(const std::string& recording) {
    auto        result = harness::parse_trace(recording, "recording");
    const auto* bad    = std::get_if<harness::InputError>(&result);
    EXPECT_EQ(bad, nullptr) << to_string(*bad);
    return bad == nullptr ? std::move(std::get<Trace>(result)) : Trace();
}

std::set<std::string> unseen_in(const Trace& trace) {
    return {trace.head.unseen.begin(), trace.head.unseen.end()};
}

class RecorderOf : public testing::TestWithParam<std::string> {
protected:
    /// Everything about one run. @return whether the recorders were read.
    bool compare(const harness::Scenario& scenario) {
        tape.clear();
        const auto& performance = play(*stage, with_reads(scenario, 2));
        if (tape.recordings.size() != 2) return false;
        compare_with(performance.trace, scenario);
        return true;
    }

    void compare_with(std::span<const Event> trace, const harness::Scenario& scenario) {
        const bool plain = scenario.schedule == harness::ScheduleKind::round_robin;
        for (const bool above : {true, false}) {
            const auto& recording = tape.recordings[above ? "recorder_above" : "recorder_below"];
            const Trace recorded  = read(recording);
            const auto  unseen    = unseen_in(recorded);
            Comparison  comparison;
            const Tale  tale = by_recorder(recorded, recording);
            events += tale.size();
            plain_events += plain ? tale.size() : 0;
            EXPECT_EQ(difference(by_harness(trace, above ? 0 : 2, unseen), tale, plain, comparison),
                      "");
            EXPECT_EQ(
                not_recorded(of_the_suspect(trace, unseen), tale, above, comparison, mirrored), "");
            EXPECT_EQ(accusations(recorded), "");
        }
    }

    const Stack                     stack{"recorder_above", GetParam(), "recorder_below"};
    Tape                            tape;
    std::unique_ptr<harness::Stage> stage  = open_stage(stack, telling(tape));
    std::uint64_t                   events = 0, plain_events = 0, mirrored = 0;
};

TEST_P(RecorderOf, TellsWhatTheHarnessSaw) {
    const std::uint64_t first = first_seed();
    const std::uint64_t last  = first + runs_wanted(runs_usual);
    std::uint64_t       runs = 0, unread = 0;
    int                 failures = 0;
    std::cout << "seeds " << first << " to " << last - 1 << "\n";
    for (std::uint64_t seed = first; seed < last && failures < failures_max; ++seed) {
        harness::Scenario scenario = scenario_of(seed, Stack{GetParam()});
        if (seed % 2 == 0) scenario.schedule = harness::ScheduleKind::round_robin;
        SCOPED_TRACE("seed " + std::to_string(seed));
        (compare(scenario) ? runs : unread) += 1;
        failures += HasFailure();
    }
    std::cout << name_of(stack) << ": " << runs << " runs, " << events << " events, "
              << plain_events << " of them in one order; " << mirrored
              << " seen at the suspect's edges; " << unread << " runs were not read\n";
    EXPECT_GT(plain_events, 0U);
    EXPECT_GT(events, plain_events);
    EXPECT_GT(mirrored, 0U);
    EXPECT_LT(unread, runs);
}

/// Reads between the steps, from a ring that is much too small.
harness::Scenario with_reads_between(const harness::Scenario& scenario) {
    constexpr std::size_t steps_per_read = 5;
    harness::Scenario     changed        = scenario;
    const Step            read{.verb = Verb::read, .handle = 1, .output = tape_read_bytes};
    changed.steps = {{.verb = Verb::open, .handle = 1, .device = 1}};
    for (std::size_t place = 0; place < scenario.steps.size(); ++place) {
        changed.steps.push_back(scenario.steps[place]);
        if (place % steps_per_read == 0) changed.steps.push_back(read);
    }
    changed.steps.push_back({.verb = Verb::pause});
    changed.steps.push_back({.verb = Verb::detach});
    changed.steps.insert(changed.steps.end(), 2, read);  // The second takes what was lost last.
    return changed;
}

/// Where the ring overran there is a hole, as wide as what is missing, and nobody is accused.
TEST(Recorder, CountsWhatItHadNoRoomFor) {
    Tape          tape;
    const auto    stage = open_stage(Stack{"recorder_small", "forwarder"}, telling(tape));
    std::uint64_t runs = 0, holes = 0, lost = 0, kept = 0;
    for (std::uint64_t seed = first_seed(); runs < runs_wanted(runs_usual); ++seed) {
        tape.clear();
        const auto    scenario    = with_reads_between(scenario_of(seed, Stack{"forwarder"}));
        const auto&   performance = play(*stage, scenario);
        const Trace   recorded    = read(tape.recordings["recorder_small"]);
        const auto    unseen      = unseen_in(recorded);
        std::uint64_t missing     = 0;
        for (const harness::Hole& hole : recorded.holes)
            missing += hole.lost;
        EXPECT_EQ(by_harness(performance.trace, 0, unseen).size(), recorded.events.size() + missing)
            << "seed " << seed;
        EXPECT_EQ(accusations(recorded), "") << "seed " << seed;
        ++runs;
        holes += recorded.holes.size();
        lost += missing;
        kept += recorded.events.size();
    }
    std::cout << runs << " runs: " << kept << " events kept, " << lost << " lost in " << holes
              << " holes\n";
    EXPECT_GT(holes, 2 * runs);
    EXPECT_GT(lost, 0U);
}

INSTANTIATE_TEST_SUITE_P(OurOwn, RecorderOf,
                         testing::Values("capture", "pass_through", "vlan_acl", "broadcast_pacer",
                                         "forwarder", "cloner"),
                         [](const auto& about) { return about.param; });

}  // namespace
}  // namespace interlock::props
