#include "harness/trace/trace_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>

#include "harness/scenario/chance.hpp"
#include "harness/trace/any_event.hpp"
#include "harness/trace/json_line.hpp"
#include "harness/trace/trace_lines.hpp"

namespace interlock::harness {
namespace {

using model::Call;
using model::Event;

constexpr std::string_view head_line =
    "{\"interlock\":\"trace\",\"version\":1,\"ndis\":640,\"whole\":true,\"extensions\":[]}\n";

Trace parsed(std::string_view text) {
    const auto result = parse_trace(text, "a.trace");
    if (const auto* bad = std::get_if<InputError>(&result)) {
        ADD_FAILURE() << to_string(*bad);
        return {};
    }
    return std::get<Trace>(result);
}

std::string whole_refused(std::string_view text) {
    const auto  result = parse_trace(text, "a.trace");
    const auto* bad    = std::get_if<InputError>(&result);
    return bad == nullptr ? "accepted" : to_string(*bad);
}

std::string refused(std::string_view lines) {
    return whole_refused(std::string(head_line) + std::string(lines));
}

TEST(TraceFile, IsReadableLines) {
    const std::vector<Event> events{
        {.call = Call::FilterAttach, .module = 0, .detail = 3},
        {.call   = Call::FilterAttach,
         .phase  = model::Phase::leave,
         .module = 0,
         .status = 0xC000009A},
        {.call = Call::EndOfRun, .time_100ns = ~std::uint64_t{0}},
    };
    const TraceHead   head{.ndis = 630, .whole = false, .extensions = {"forwarder", "a \"b\"\\\n"}};
    const std::string text = to_json_lines({head, events, {}});
    EXPECT_EQ(text,
              "{\"interlock\":\"trace\",\"version\":1,\"ndis\":630,\"whole\":false,"
              "\"extensions\":[\"forwarder\",\"a \\\"b\\\"\\\\\\u000a\"]}\n"
              "{\"call\":\"FilterAttach\",\"module\":0,\"detail\":3}\n"
              "{\"call\":\"FilterAttach\",\"phase\":\"leave\",\"module\":0,\"status\":3221225626}\n"
              "{\"call\":\"EndOfRun\",\"time_100ns\":18446744073709551615}\n"
              "{\"end\":3}\n");
    EXPECT_EQ(parsed(text), (Trace{head, events, {}}));
}

TEST(TraceFile, GivesBackEveryEventExactly) {
    Chance             chance(1);
    std::vector<Event> events;
    for (int event = 0; event < 2000; ++event)
        events.push_back(any_event(chance));
    const Trace trace = parsed(to_json_lines({{}, events, {}}));
    EXPECT_EQ(trace.events, events);
    EXPECT_EQ(trace.head, TraceHead{});
}

TEST(TraceFile, KeepsFiles) {
    const std::string file = testing::TempDir() + "interlock_trace_file_test.trace";
    const TraceHead   head{.extensions = {"x"}};
    ASSERT_FALSE(write_trace(file, {head, std::vector<Event>(3), {}}));
    EXPECT_EQ(std::get<Trace>(read_trace(file)), (Trace{head, std::vector<Event>(3), {}}));
    std::remove(file.c_str());
    EXPECT_EQ(to_string(std::get<InputError>(read_trace(file))),
              file + ": cannot be read: No such file or directory; expected a trace");
}

TEST(TraceFile, TakesJsonAsOthersWriteIt) {
    const Trace trace = parsed(
        "{ \"interlock\" : \"trace\", \"version\" : 1, \"extensions\" : [ \"\\u00e4\\t\", \"b\" ] "
        "}\r\n"
        "{ \"call\" : \"FilterPause\", \"phase\" : \"enter\", \"cpu\" : 0 }\r\n"
        "{ \"end\" : 1 }");
    EXPECT_THAT(trace.head.extensions, testing::ElementsAre("\xC3\xA4\t", "b"));
    EXPECT_THAT(trace.events, testing::ElementsAre(Event{.call = Call::FilterPause}));
}

TEST(TraceFile, NoticesThatAFileWasCutShort) {
    const std::vector<Event> events(3, Event{.call = Call::Quiescent, .object = 77});
    const std::string        whole    = to_json_lines({{}, events, {}});
    std::size_t              accepted = 0;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        if (whole_refused(whole.substr(0, size)) == "accepted") ++accepted;
    }
    EXPECT_EQ(accepted, 1U) << "Only the last line's end may be missing.";

    const std::string cut =
        "a.trace:4: the trace ends after 2 events, without its last line; expected "
        "{\"end\":<number of events>}; the run was cut short, or the file was";
    const std::size_t two_events =
        head_line.size() + 2 * (whole.size() - head_line.size() - 10) / 3;
    EXPECT_EQ(whole_refused(whole.substr(0, two_events + 7)), cut);
}

TEST(TraceFile, SaysWhereAndWhatIsWrongAndWhatWasExpected) {
    EXPECT_EQ(refused("{\"call\":\"FilterAtach\"}\n"),
              "a.trace:2: 'FilterAtach' is no call; did you mean 'FilterAttach'?");
    EXPECT_EQ(refused("{\"call\":\"FilterPause\",\"modul\":1}\n"),
              "a.trace:2: 'modul' is no field of an event; did you mean 'module'?");
    EXPECT_EQ(refused("{\"call\":\"FilterPause\",\"cpu\":256}\n"),
              "a.trace:2: the value of 'cpu' cannot be; expected a whole number of at most 255");
    EXPECT_EQ(
        refused("{\"call\":\"FilterPause\",\"cpu\":-1}\n"),
        "a.trace:2: the line is no JSON object of the form of a trace; expected a whole number, "
        "a string, true, false or '[' at column 29");
    EXPECT_EQ(refused("{\"call\":\"FilterPause\",\"cpu\":1,\"cpu\":1}\n"),
              "a.trace:2: 'cpu' stands twice; expected it once");
    EXPECT_EQ(refused("{\"call\":\"FilterPause\",\"phase\":\"left\"}\n"),
              "a.trace:2: the value of 'phase' cannot be; expected \"enter\" or \"leave\"");
    EXPECT_EQ(refused("{\"cpu\":1}\n"),
              "a.trace:2: the event does not begin with its call; expected "
              "{\"call\":\"FilterAttach\",…}");
    EXPECT_EQ(refused("{}\n"), refused("{\"cpu\":1}\n"));
    EXPECT_EQ(refused("{\"call\":\"FilterPause\"}\n{\"end\":2}\n"),
              "a.trace:3: the trace has 1 events; expected 2, as its last line says");
    EXPECT_EQ(refused("{\"end\":0}\n{\"end\":0}\n"),
              "a.trace:3: there is something behind the last line; expected nothing");
    EXPECT_EQ(refused("{\"end\":0}\nx"),
              "a.trace:3: there is something behind the last line; expected nothing");
}

TEST(TraceFile, RefusesWhatIsNoTrace) {
    EXPECT_EQ(whole_refused(""),
              "a.trace:1: there is no trace; expected {\"interlock\":\"trace\",\"version\":1,…}");
    EXPECT_EQ(whole_refused("interlock scenario 1\n"),
              "a.trace:1: the first line is 'interlock scenario 1'; expected "
              "{\"interlock\":\"trace\",\"version\":1,…}");
    EXPECT_EQ(whole_refused("{\"interlock\":\"report\",\"version\":1}\n"),
              "a.trace:1: the value of 'interlock' cannot be; expected \"trace\"");
    EXPECT_EQ(
        whole_refused("{\"interlock\":\"trace\",\"version\":7}\n"),
        "a.trace:1: this is version 7; expected version 1; take the release of interlock that "
        "wrote the file");
    EXPECT_EQ(whole_refused("{\"interlock\":\"trace\",\"version\":1,\"nds\":1}\n"),
              "a.trace:1: 'nds' is no field of the first line; expected 'ndis', 'whole', "
              "'extensions', 'clock', 'unseen', 'order' and 'skew_100ns'");
}

TEST(TraceFile, SaysWhatOfTheOrderIsCertain) {
    const auto order_of = [](std::string_view fields) {
        return parsed("{\"interlock\":\"trace\",\"version\":1" + std::string(fields) +
                      "}\n{\"end\":0}\n")
            .head.order;
    };
    EXPECT_FALSE(order_of(""));
    EXPECT_EQ(order_of(",\"order\":[],\"skew_100ns\":7"), model::PartialOrder{.skew_100ns = 7});
    EXPECT_EQ(order_of(",\"skew_100ns\":7,\"order\":[\"object\"]"),
              (model::PartialOrder{.by_object = true, .skew_100ns = 7}));
    EXPECT_EQ(whole_refused("{\"interlock\":\"trace\",\"version\":1,\"order\":[\"time\"]}\n"),
              "a.trace:1: the value of 'order' cannot be; expected a list of \"cpu\" and "
              "\"object\"");
}

TEST(TraceFile, RefusesGarbageWithoutHarm) {
    Chance            chance(2);
    const std::string whole = to_json_lines(
        {{.extensions = {"a", "b"}}, std::vector<Event>(5, Event{.oid = 3, .step = 4}), {}});
    for (int round = 0; round < 20000; ++round) {
        std::string changed = whole;
        for (std::uint32_t change = chance.between(1, 4); change > 0; --change)
            changed[chance.below(changed.size())] = static_cast<char>(chance.next());
        const auto result = parse_trace(changed, "a.trace");
        if (const auto* bad = std::get_if<InputError>(&result)) {
            EXPECT_GT(bad->line, 0U);
            EXPECT_FALSE(bad->wrong.empty() || bad->expected.empty());
        }
    }
}

std::string json_fault(std::string_view line) {
    std::vector<JsonField> fields;
    return parse_json_line(line, fields).value_or("none");
}

TEST(JsonLine, SaysWhatItExpectedAndWhere) {
    EXPECT_EQ(json_fault(""), "'{' at column 1");
    EXPECT_EQ(json_fault("{\"a\""), "':' at column 5");
    EXPECT_EQ(json_fault("{\"a\":1"), "',' or '}' at column 7");
    EXPECT_EQ(json_fault("{\"a\":1}}"), "the end of the line at column 8");
    EXPECT_EQ(json_fault("{\"a\":[\"b\""), "',' or ']' at column 10");
    EXPECT_EQ(json_fault("{\"a\":\"\\x\"}"), "an escape such as '\\n' at column 8");
    EXPECT_EQ(json_fault("{\"a\":\"\\u12\"}"), "four hexadecimal digits at column 9");
    EXPECT_EQ(json_fault("{\"a\":\"\\ud800\"}"), "a character of the first plane at column 9");
    EXPECT_EQ(json_fault("{\"a\":18446744073709551616}"), "a number below 2^64 at column 6");
    EXPECT_EQ(json_fault("{\"a\":\"b"), "'\"' at column 8");
    EXPECT_EQ(json_fault("{\"a\":[],\"b\":true,\"c\":false}"), "none");
}

}  // namespace
}  // namespace interlock::harness
