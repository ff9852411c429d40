// Two recordings, made above and below a suspect, joined: of the suspect's edges they tell what the
// harness saw; a good one is not accused, and a faulty one is, by its name, where each recording by
// itself cannot say who it was. INTERLOCK_RUNS=10000 makes it a long run.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "harness/trace/joining.hpp"
#include "harness/trace/ordered_sink.hpp"
#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "model/call_traits.hpp"
#include "model/constants.hpp"
#include "props/on_stage.hpp"
#include "props/recorder_tape.hpp"

namespace interlock::props {
namespace {

constexpr std::uint64_t   runs_usual   = 20;
constexpr int             failures_max = 3;
constexpr model::ModuleId suspect      = 1;

using harness::Trace;
using model::Call;
using model::Event;
using model::Phase;

/// Calls at the edges of a suspect that its neighbours see.
bool is_between(Call call) {
    using enum Call;
    return call == FilterStatus || call == NdisFIndicateStatus || call == FilterNetPnPEvent ||
           call == NdisFNetPnPEvent || call == FilterOidRequest || call == NdisFOidRequest ||
           call == FilterOidRequestComplete || call == NdisFOidRequestComplete ||
           (model::carries_list(call) && call != UpdateNetBufferListDestinations &&
            call != ReportFilteredNetBufferLists);
}

/// What both can know of it.
Event as_both_see_it(Event event) {
    const bool packets = model::carries_list(event.call);
    if (packets) event.detail &= 0x1'FFFF;  // No marks.
    if (!packets) event.flags &= 0x7F;      // No numbers, and not whether it was moved.
    if (event.phase == Phase::leave) {  // Whoever returns says a result; what else, each its own.
        event.port = event.other_port = event.oid = 0;
        event.nic = event.other_nic = 0;
        event.flags = event.detail = 0;
        const bool result =
            event.call == Call::FilterOidRequest || event.call == Call::NdisFOidRequest;
        if (!result) event.status = 0;
    }
    event.object = event.parent = event.digest = event.step = 0;
    event.task = event.locks = 0;
    event.irql = event.cpu = 0;
    event.time_100ns       = 0;
    return event;
}

/// What happened at the suspect's edges, by who did it.
std::map<std::uint16_t, std::vector<Event>> by_task(std::span<const Event> trace) {
    std::map<std::uint16_t, std::vector<Event>> tasks;
    for (const Event& event : trace)
        if (event.module == suspect && is_between(event.call))
            tasks[event.task].push_back(as_both_see_it(event));
    return tasks;
}

/// The tasks of a recording have other numbers: all that they did, in some order.
std::vector<std::vector<Event>> sorted(std::map<std::uint16_t, std::vector<Event>> tasks) {
    std::vector<std::vector<Event>> all;
    for (auto& [task, events] : tasks)
        all.push_back(std::move(events));
    const auto key = [](const std::vector<Event>& events) {
        return std::string(reinterpret_cast<const char*>(events.data()),
                           events.size() * sizeof(Event));
    };
    std::ranges::sort(all, {}, key);
    return all;
}

std::vector<std::string> accused_by(const Trace& trace, std::string& told) {
    harness::OrderedSink judging;
    give(trace, judging);
    std::vector<std::string> names;
    for (const model::Violation& violation : judging.verdict().violations) {
        if (violation.severity != model::Severity::violation) continue;
        const bool host = violation.guilty == model::Party::host;
        names.push_back(host ? "the switch" : trace.head.extensions.at(violation.module));
        told += names.back() + ": " + std::string(model::rules()[violation.rule].id) + " at " +
                std::to_string(violation.at) + " " + std::string(violation.what) + "\n";
    }
    return names;
}

Trace read(const std::string& recording) {
    return std::get<Trace>(harness::parse_trace(recording, "recording"));
}

std::string in_words(const std::string& bytes) {
    Event event;
    std::memcpy(&event, bytes.data(), sizeof event);
    std::string text;
    harness::add_event_line(text, event);
    return text;
}

/// What only one of them has; empty: nothing.
std::string first_difference(const std::multiset<std::string>& run,
                             const std::multiset<std::string>& joined) {
    std::vector<std::string> only_run, only_joined;
    std::ranges::set_difference(run, joined, std::back_inserter(only_run));
    std::ranges::set_difference(joined, run, std::back_inserter(only_joined));
    std::string text;
    if (!only_run.empty()) text += "run: " + in_words(only_run.front());
    if (!only_joined.empty()) text += "joined: " + in_words(only_joined.front());
    return text;
}

class Joined : public testing::TestWithParam<std::string> {
protected:
    /// Calls `look(performance, joined)` for each run of which the recorders were read.
    template <typename Look>
    void for_each_run(Look look, std::optional<harness::ScheduleKind> schedule = {}) {
        const auto          stage = open_stage(stack, telling(tape));
        const std::uint64_t first = first_seed();
        const std::uint64_t last  = first + runs_wanted(runs_usual);
        std::cout << "seeds " << first << " to " << last - 1 << "\n";
        for (std::uint64_t seed = first; seed < last && failures < failures_max; ++seed) {
            SCOPED_TRACE("seed " + std::to_string(seed));
            tape.clear();
            auto scenario           = with_reads(scenario_of(seed, Stack{GetParam()}), 2);
            scenario.schedule       = schedule.value_or(scenario.schedule);
            const auto& performance = play(*stage, scenario);
            if (tape.recordings.size() != 2) continue;
            ++runs;
            look(performance, joined());
            failures += HasFailure();
        }
    }

    Trace joined() {
        std::istringstream   above(tape.recordings["recorder_above"]);
        std::istringstream   below(tape.recordings["recorder_below"]);
        harness::TraceKeeper keeper;
        const auto           bad =
            harness::join_recordings({above, "above"}, {below, "below"}, GetParam(), keeper);
        EXPECT_FALSE(bad) << to_string(*bad);
        return keeper.kept;
    }

    const Stack   stack{"recorder_above", GetParam(), "recorder_below"};
    Tape          tape;
    std::uint64_t runs     = 0;
    int           failures = 0;
};

using JoinedGood   = Joined;
using JoinedFaulty = Joined;

TEST_P(JoinedGood, TellsWhatTheHarnessSawOfTheSuspect) {
    std::uint64_t events = 0;
    for_each_run([&](const auto& performance, const Trace& joined) {
        const auto  in_run = sorted(by_task(performance.trace));
        std::string told;
        for (const auto& task : in_run)
            events += task.size();
        // One task of a run may be several in a recording: it came again much later.
        std::size_t                of_run = 0, of_joined = 0;
        std::multiset<std::string> run_events, joined_events;
        const auto                 add = [](const auto& tasks, std::multiset<std::string>& to) {
            for (const auto& task : tasks)
                for (const Event& event : task)
                    to.emplace(reinterpret_cast<const char*>(&event), sizeof event);
        };
        add(in_run, run_events);
        add(sorted(by_task(joined.events)), joined_events);
        of_run    = run_events.size();
        of_joined = joined_events.size();
        EXPECT_EQ(of_run, of_joined);
        EXPECT_EQ(first_difference(run_events, joined_events), "");
        EXPECT_TRUE(accused_by(joined, told).empty()) << told;
    });
    std::cout << GetParam() << ": " << runs << " runs, " << events
              << " events at the suspect's edges\n";
    EXPECT_GT(events, 100U);
}

/// Time stands still in these runs, so that within the skew all may have been otherwise. By the
/// plainest schedule each record is written when it happens: that order is certain.
Trace in_order(Trace trace) {
    trace.head.order.reset();
    return trace;
}

TEST_P(JoinedFaulty, IsAccusedByItsName) {
    std::uint64_t by_name = 0, others = 0, alone = 0;
    for_each_run(
        [&](const auto& performance, const Trace& joined) {
            const auto* first = first_violation(performance);
            std::string told;
            const auto  names = accused_by(in_order(joined), told);
            const bool  named = std::ranges::find(names, GetParam()) != names.end();
            by_name += named;
            others += !names.empty() && !named;
            EXPECT_TRUE(!named || first != nullptr) << told;
            for (const auto& [name, recording] : tape.recordings) {
                std::string of_one;
                const auto  by_one = accused_by(in_order(read(recording)), of_one);
                alone += std::ranges::find(by_one, GetParam()) != by_one.end();
            }
        },
        harness::ScheduleKind::round_robin);
    std::cout << GetParam() << ": accused by its name in " << by_name << " of " << runs
              << " runs; only others in " << others << "\n";
    EXPECT_GT(by_name, 0U);
    EXPECT_EQ(alone, 0U);
}

INSTANTIATE_TEST_SUITE_P(OurOwn, JoinedGood,
                         testing::Values("capture", "pass_through", "vlan_acl", "broadcast_pacer",
                                         "forwarder", "cloner"),
                         [](const auto& about) { return about.param; });

INSTANTIATE_TEST_SUITE_P(Flaws, JoinedFaulty,
                         testing::Values("faulty_connect_refused", "faulty_create_swallowed"),
                         [](const auto& about) { return about.param; });

}  // namespace
}  // namespace interlock::props
